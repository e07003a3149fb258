#include "fcgi/notify.h"

#include <sys/socket.h>
#include <sys/un.h>

#ifdef ROSTERD_SYSTEMD
#include <systemd/sd-daemon.h>

#include <cstdlib>
#endif

namespace rosterd::fcgi {

#ifdef ROSTERD_SYSTEMD

std::vector<InheritedSocket> TakeInheritedSockets() {
  char** names = nullptr;
  const int count = ::sd_listen_fds_with_names(/*unset_environment=*/1, &names);
  std::vector<InheritedSocket> sockets;
  for (int i = 0; i < count; ++i) {
    sockets.push_back({.name = names[i], .descriptor = SD_LISTEN_FDS_START + i});
    std::free(names[i]);  // NOLINT(cppcoreguidelines-no-malloc): the library's malloc
  }
  std::free(names);  // NOLINT(cppcoreguidelines-no-malloc): the library's malloc
  return sockets;
}

void Notify(const std::string& message) { ::sd_notify(/*unset_environment=*/0, message.c_str()); }

std::chrono::microseconds WatchdogInterval() {
  uint64_t usec = 0;
  if (::sd_watchdog_enabled(/*unset_environment=*/0, &usec) <= 0) return {};
  return std::chrono::microseconds(usec / 2);
}

#else

std::vector<InheritedSocket> TakeInheritedSockets() { return {}; }
void Notify(const std::string& /*message*/) {}
std::chrono::microseconds WatchdogInterval() { return {}; }

#endif

bool IsListenerAt(int descriptor, const std::string& path) {
  int listening = 0;
  socklen_t size = sizeof listening;
  if (::getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) != 0) return false;
  sockaddr_un address{};
  size = sizeof address;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): how the socket API wants it
  if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0) return false;
  return listening != 0 && address.sun_family == AF_UNIX && path == address.sun_path;
}

}  // namespace rosterd::fcgi
