#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/e2e/http.h"
#include "tests/e2e/json.h"
#include "tests/e2e/stack.h"

namespace rosterd::testing {

/// The stack with settings as shipped (but for the throttle, which is off), started at its first
/// use and ended with the program.
const Stack& BeditaStack();

/// One request as the PHP SDK sends it, to the name where the dialect owns the root alone.
struct BeditaRequest {
  std::string path;
  std::string method = "GET";
  std::string body = {};    ///< with Content-Type: application/json
  std::string bearer = {};  ///< "" = none
  std::string accept = "application/vnd.api+json";
  bool with_key = true;
  std::vector<std::string> headers = {};
};
HttpResponse SendBedita(const BeditaRequest& request, const Stack& stack = BeditaStack());

/// The two tokens of a user.
struct BeditaTokens {
  std::string jwt;
  std::string renew;
};
/// POST /auth; throws when it is refused.
BeditaTokens BeditaLogin(const std::string& username, const std::string& password,
                         const Stack& stack = BeditaStack());
/// Those of the administrator that ./run made.
BeditaTokens BeditaAdmin(const Stack& stack = BeditaStack());

/// A user with status on and this password; gives its id.
std::string AddBeditaUser(const std::string& username, const std::string& password);

/// `error.title` of an answer.
std::string TitleOf(const HttpResponse& response);

}  // namespace rosterd::testing
