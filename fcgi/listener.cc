#include "fcgi/listener.h"

#include <fcntl.h>
#include <grp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "config/log.h"

namespace rosterd::fcgi {
namespace {

std::string ErrorText(int number) { return std::generic_category().message(number); }

// Whoever may write to a FastCGI socket can crash a worker (libfcgi), so never on a network.
bool LooksLikeNetwork(const std::string& path) {
  const size_t slash = path.find('/');
  return slash == std::string::npos || path.find(':') < slash;
}

sockaddr_un AddressOf(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    throw ListenError(path + ": a socket path may have at most " +
                      std::to_string(sizeof address.sun_path - 1) + " bytes; choose a shorter one");
  }
  std::copy(path.begin(), path.end(), std::begin(address.sun_path));
  return address;
}

const sockaddr* AsSockaddr(const sockaddr_un& address) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): how the socket API wants it
  return reinterpret_cast<const sockaddr*>(&address);
}

Descriptor NewSocket() {
  Descriptor made(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!made.IsOpen()) throw ListenError("cannot make a unix socket: " + ErrorText(errno));
  return made;
}

// Makes way for a new socket at `path`: removes the file of a dead listener and nothing else.
void ClearPath(const std::string& path, const sockaddr_un& address) {
  struct stat file {};
  if (::lstat(path.c_str(), &file) != 0) return;
  if (!S_ISSOCK(file.st_mode)) {
    throw ListenError(path + ": is there and is no socket; remove it or choose another path");
  }
  const Descriptor probe = NewSocket();
  const bool connected = ::connect(probe.Number(), AsSockaddr(address), sizeof address) == 0;
  if (connected || errno == EAGAIN) {
    throw ListenError(path +
                      ": another process is listening there; stop it (`ss -xlp` names it) or "
                      "choose another path");
  }
  if (errno != ECONNREFUSED && errno != ENOENT) {
    throw ListenError(path + ": " + ErrorText(errno) + "; remove it or choose another path");
  }
  ::unlink(path.c_str());
}

void GiveToGroup(const std::string& path, const std::string& name) {
  if (name.empty()) return;
  const group* const entry = ::getgrnam(name.c_str());
  if (entry == nullptr) {
    Log(Priority::kWarning,
        path + ": there is no group \"" + name + "\", its group stays as it is");
    return;
  }
  if (::chown(path.c_str(), static_cast<uid_t>(-1), entry->gr_gid) != 0) {
    Log(Priority::kWarning, path + ": cannot give it to group \"" + name +
                                "\": " + ErrorText(errno) + "; its group stays as it is");
  }
}

}  // namespace

Listener::Listener(const Pool& pool, const ServerOptions& options,
                   const std::vector<InheritedSocket>& inherited) {
  for (const InheritedSocket& socket : inherited) {
    if (socket.name != pool.name && !IsListenerAt(socket.descriptor, pool.socket)) continue;
    descriptor_ = Descriptor(::fcntl(socket.descriptor, F_DUPFD_CLOEXEC, 0));
    if (!descriptor_.IsOpen() || ::fcntl(Number(), F_SETFL, O_NONBLOCK) != 0) {
      throw ListenError("the socket that systemd gave for pool " + pool.name +
                        " cannot be used: " + ErrorText(errno));
    }
    return;
  }
  Bind(pool, options);
}

void Listener::Bind(const Pool& pool, const ServerOptions& options) {
  const std::string& path = pool.socket;
  if (LooksLikeNetwork(path)) {
    throw ListenError("\"" + path +
                      "\": FastCGI is spoken on unix sockets only, never on a network; " +
                      "give the path of a socket, such as /run/rosterd/" + pool.name + ".sock");
  }
  const sockaddr_un address = AddressOf(path);
  descriptor_ = NewSocket();
  ClearPath(path, address);
  if (::bind(Number(), AsSockaddr(address), sizeof address) != 0) {
    throw ListenError(path + ": cannot bind: " + ErrorText(errno) +
                      "; the folder must be there and writable for this user");
  }
  // Connecting is refused until listen(), so nobody slips in under the first mode.
  GiveToGroup(path, options.socket_group);
  if (::chmod(path.c_str(), static_cast<mode_t>(options.socket_mode)) != 0 ||
      ::listen(Number(), options.backlog) != 0) {
    const std::string why = ErrorText(errno);
    ::unlink(path.c_str());
    throw ListenError(path + ": cannot listen: " + why);
  }
  struct stat file {};
  if (::stat(path.c_str(), &file) == 0) {
    device_ = file.st_dev;
    file_ = file.st_ino;
  }
  path_ = path;
  ours_ = true;
}

ino_t Listener::Inode() const {
  struct stat socket {};
  return ::fstat(Number(), &socket) == 0 ? socket.st_ino : 0;
}

void Listener::Remove() {
  if (path_.empty()) return;
  struct stat file {};
  const bool there = ::lstat(path_.c_str(), &file) == 0;
  if (there && file.st_dev == device_ && file.st_ino == file_) ::unlink(path_.c_str());
  path_.clear();
}

}  // namespace rosterd::fcgi
