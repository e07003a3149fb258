#include "tests/e2e/shared_stack.h"

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

const Stack& StackOfProgram(const StackOptions& options) {
  auto& stack = Ending::Shared();
  if (!stack) stack = std::make_unique<Stack>(options);
  return *stack;
}

}  // namespace rosterd::testing
