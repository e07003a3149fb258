#include "fcgi/signals.h"

#include <sys/signalfd.h>

#include <csignal>

namespace rosterd::fcgi {

Descriptor WatchSignals(std::initializer_list<int> numbers) {
  sigset_t ours;
  ::sigemptyset(&ours);
  for (const int number : numbers) ::sigaddset(&ours, number);
  ::sigprocmask(SIG_BLOCK, &ours, nullptr);
  return Descriptor(::signalfd(-1, &ours, SFD_NONBLOCK | SFD_CLOEXEC));
}

}  // namespace rosterd::fcgi
