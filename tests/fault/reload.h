#pragma once

#include <string>

#include "tests/e2e/stack.h"

namespace rosterd::testing {

/// Settings of the shared stack, changed as an operator does it: a file in conf.d, and SIGHUP. They
/// are as before, and all workers new once more, when this object ends.
class ChangedSettings {
 public:
  /// Each worker has the new settings when this returns.
  ChangedSettings(const Stack& stack, const std::string& yaml);
  ~ChangedSettings();
  ChangedSettings(const ChangedSettings&) = delete;
  ChangedSettings& operator=(const ChangedSettings&) = delete;

 private:
  const Stack& stack_;
};

/// Sends SIGHUP to the shared stack and waits until none of its present workers is left and the new
/// ones are all there.
bool Reload(const Stack& stack);

}  // namespace rosterd::testing
