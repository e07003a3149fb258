#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/e2e/http.h"
#include "tests/e2e/json.h"
#include "tests/e2e/stack.h"

namespace rosterd::testing {

/// Somebody who registered, with the first token.
struct AppUser {
  std::string id;
  std::string email;
  std::string token;
};

/// The stack of all tests here, started at its first use and ended with the program.
const Stack& CocoaStack();

/// A request to the name under which the dialect owns the root; `body` is JSON when it is not
/// empty, `token` goes into the header user-token when it is not.
HttpRequest CocoaRequest(const std::string& method, const std::string& path,
                         const std::string& body = "", const std::string& token = "");
HttpResponse Cocoa(const std::string& method, const std::string& path, const std::string& body = "",
                   const std::string& token = "");

/// Registers Vera Orlova under an address that nobody has.
AppUser Join();

/// True for {"error":true,"reason":"…"} with this status, its type, and no redirect.
::testing::AssertionResult IsRefusal(const HttpResponse& response, int status);

/// A PNG of one pixel.
std::string Png();

}  // namespace rosterd::testing
