#pragma once

#include <chrono>
#include <thread>

namespace rosterd::fcgi::testing {

/// True as soon as `condition()` is; false when it is not within `patience`.
template <typename Condition>
bool Eventually(Condition condition, std::chrono::seconds patience = std::chrono::seconds(20)) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

}  // namespace rosterd::fcgi::testing
