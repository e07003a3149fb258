#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/e2e/http.h"
#include "tests/e2e/json.h"
#include "tests/e2e/stack.h"

namespace rosterd::testing {

/// The stack with settings as shipped (but for the throttle, which is off), started at its first
/// use and ended with the program.
const Stack& BrightactStack();

/// The keys that ./run made.
const std::string& AdminKey();
const std::string& UserKey();

/// A request as the PHP SDK puts it on the wire: Host, Accept and, with a body, its length and
/// type. `target` is "user/13.json?key=…" behind /api/v1/. "Connection: close" is ours.
struct SdkRequest {
  std::string method;
  std::string target;
  std::string content_type = {};
  std::string body = {};
  std::vector<std::string> headers = {};
};
HttpResponse SendAsSdk(const SdkRequest& request, const Stack& stack = BrightactStack());

/// "13.json?key=…" of the admin key.
std::string WithKey(const std::string& path, const std::string& key = AdminKey());

/// The content type and body of a PHP array in CURLOPT_POSTFIELDS.
SdkRequest MultipartPost(const std::string& target,
                         const std::vector<std::pair<std::string, std::string>>& fields);

/// Creates a user and gives its id; throws unless it was answered.
std::string AddUser(const std::string& username);

/// A name that no other test has.
std::string NewName(std::string_view prefix);

}  // namespace rosterd::testing
