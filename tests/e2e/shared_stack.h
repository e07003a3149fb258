#pragma once

#include "tests/e2e/stack.h"

namespace rosterd::testing {

/// The one stack that all cases of a program share: started at the first call, with its options,
/// and ended with the last case.
const Stack& StackOfProgram(const StackOptions& options);

}  // namespace rosterd::testing
