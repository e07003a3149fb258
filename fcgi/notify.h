#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace rosterd::fcgi {

/// A listening socket that systemd handed over (FileDescriptorName= and the descriptor).
struct InheritedSocket {
  std::string name;
  int descriptor;
};

/// The sockets of sd_listen_fds(3), once: the environment variables are gone afterwards. None
/// without systemd, or when the library was not there at build time.
std::vector<InheritedSocket> TakeInheritedSockets();

/// True when the descriptor is a listening unix stream socket bound to `path`.
bool IsListenerAt(int descriptor, const std::string& path);

/// Tells systemd, as sd_notify(3): "READY=1", "STATUS=…". Does nothing without systemd.
void Notify(const std::string& message);

/// How often systemd wants to hear "WATCHDOG=1" (WATCHDOG_USEC, halved); zero when it does not.
std::chrono::microseconds WatchdogInterval();

}  // namespace rosterd::fcgi
