#include "tests/e2e/timeslot/timeslot.h"

#include <gtest/gtest.h>

#include <memory>

namespace rosterd::testing {
namespace {

class Ending final : public ::testing::Environment {
 public:
  void TearDown() override { Shared().reset(); }
  static std::unique_ptr<Stack>& Shared() {
    static std::unique_ptr<Stack> stack;
    return stack;
  }
};

// The framework ends it, and owns it.
const auto* const kEnding = ::testing::AddGlobalTestEnvironment(new Ending);

}  // namespace

const Stack& SlotStack() {
  auto& stack = Ending::Shared();
  if (!stack) {
    stack = std::make_unique<Stack>(StackOptions{.settings = {"throttle.enabled=off"}});
  }
  return *stack;
}

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
