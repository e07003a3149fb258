#pragma once

#include <string>

#include "tests/e2e/http.h"
#include "tests/e2e/json.h"
#include "tests/e2e/stack.h"

namespace rosterd::testing {

/// The stack of all tests here, started at its first use and ended with the program.
const Stack& SlotStack();

/// A request to the name under which the dialect owns the root; `body` is JSON when it is not
/// empty, `token` goes into Authorization when it is not.
HttpRequest SlotRequest(const std::string& method, const std::string& path,
                        const std::string& body = "", const std::string& token = "");
HttpResponse Slot(const std::string& method, const std::string& path, const std::string& body = "",
                  const std::string& token = "");

}  // namespace rosterd::testing
