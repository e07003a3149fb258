#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <utility>

#include "fcgi/descriptor.h"

namespace rosterd::fcgi {

/// How a helper process learns that it is to end.
class HelperLife {
 public:
  /// `ending` is readable when it is to end.
  explicit HelperLife(Descriptor ending) : ending_(std::move(ending)) {}

  /// Waits so long, or until the process is to end: then false, at once. Zero only asks.
  bool Wait(std::chrono::milliseconds longest) const;

 private:
  Descriptor ending_;
};

/// A process of the program's own that the master keeps running beside the workers. `run` is called
/// in a forked child and returns when HelperLife::Wait says so. It may throw and it may crash: then
/// it is started again, with a growing pause of up to five seconds when it dies young.
struct Helper {
  std::string name;  ///< for the log, and the process's name
  std::function<void(const HelperLife& life)> run;
};

}  // namespace rosterd::fcgi
