#include "tests/e2e/timeslot/timeslot.h"

#include "tests/e2e/shared_stack.h"

namespace rosterd::testing {

const Stack& SlotStack() { return StackOfProgram({.settings = {"throttle.enabled=off"}}); }

HttpRequest SlotRequest(const std::string& method, const std::string& path, const std::string& body,
                        const std::string& token) {
  HttpRequest request;
  request.method = method;
  request.url = SlotStack().Http() + path;
  request.headers = {SlotStack().HostHeader("timeslot")};
  if (!token.empty()) request.headers.push_back("Authorization: Token token=" + token);
  if (!body.empty()) {
    request.headers.emplace_back("Content-Type: application/json");
    request.body = body;
  }
  return request;
}

HttpResponse Slot(const std::string& method, const std::string& path, const std::string& body,
                  const std::string& token) {
  return Send(SlotRequest(method, path, body, token));
}

}  // namespace rosterd::testing
