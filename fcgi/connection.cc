#include "fcgi/connection.h"

#include <fastcgi.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <string>
#include <utility>

#include "config/log.h"
#include "fcgi/params.h"

namespace rosterd::fcgi {
namespace {

size_t ReadBytes(FCGX_Stream* in, char* to, size_t size) {
  size_t done = 0;
  while (done < size) {
    const auto piece = static_cast<int>(std::min<size_t>(size - done, INT_MAX));
    const int count = ::FCGX_GetStr(to + done, piece, in);
    done += static_cast<size_t>(std::max(count, 0));
    if (count < piece) break;
  }
  return done;
}

// What is not read would be taken for the beginning of the next request.
size_t ReadAway(FCGX_Stream* in) {
  std::array<char, 8192> rest;  // NOLINT(cppcoreguidelines-pro-type-member-init): is overwritten
  size_t total = 0;
  for (size_t count = rest.size(); count == rest.size(); total += count) {
    count = ReadBytes(in, rest.data(), rest.size());
  }
  return total;
}

// Without padding: a multiple of eight bytes.
constexpr size_t kLongestRecord = 65528;

using Header = std::array<char, FCGI_HEADER_LEN>;

Header HeaderOf(int type, int request, size_t size) {
  const auto byte = [](size_t number) { return static_cast<char>(number & 0xffU); };
  const auto id = static_cast<size_t>(request);
  return {FCGI_VERSION_1,
          static_cast<char>(type),
          byte(id >> 8U),
          byte(id),
          byte(size >> 8U),
          byte(size),
          0,
          0};
}

/// The end of STDOUT, and of the request: status 0, complete.
std::string EndOf(int request) {
  constexpr size_t kStatusSize = 8;
  const Header output = HeaderOf(FCGI_STDOUT, request, 0);
  const Header end = HeaderOf(FCGI_END_REQUEST, request, kStatusSize);
  std::string records(output.data(), output.size());
  return records.append(end.data(), end.size()).append(kStatusSize, '\0');
}

/// False when the peer is gone, or does not read.
bool SendAll(int socket, std::array<std::string_view, 3> parts) {
  while (true) {
    std::array<iovec, 3> pieces{};
    size_t left = 0;
    for (size_t i = 0; i < parts.size(); ++i) {
      // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): the system only reads it
      pieces.at(i) = {const_cast<char*>(parts.at(i).data()), parts.at(i).size()};
      left += parts.at(i).size();
    }
    if (left == 0) return true;
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = pieces.size();
    const ssize_t sent = ::sendmsg(socket, &message, MSG_NOSIGNAL);
    if (sent < 0 && errno != EINTR) return false;
    auto gone = static_cast<size_t>(std::max<ssize_t>(sent, 0));
    for (std::string_view& part : parts) {
      const size_t size = std::min(gone, part.size());
      part.remove_prefix(size);
      gone -= size;
    }
  }
}

}  // namespace

void InitializeFastCgi() { ::FCGX_Init(); }

Connection::Connection(Descriptor connection) {
  ::FCGX_InitRequest(&fastcgi_, /*sock=*/-1, FCGI_FAIL_ACCEPT_ON_INTR);
  fastcgi_.ipcFd = connection.Release();
  // Otherwise FCGX_Accept_r closes the connection before it has read anything.
  fastcgi_.keepConnection = 1;
  // Otherwise closing waits up to two seconds for the peer.
  fastcgi_.detached = 1;
}

Connection::~Connection() { Abort(); }

std::optional<Incoming> Connection::Receive(const RequestLimits& limits) {
  // With no listening socket to fall back to, it fails when this connection gives no request.
  if (::FCGX_Accept_r(&fastcgi_) != 0) return std::nullopt;

  std::optional<Incoming> incoming = ReadRequest(limits);
  if (!incoming) Abort();
  return incoming;
}

std::optional<Incoming> Connection::ReadRequest(const RequestLimits& limits) const {
  Incoming incoming;
  const ParamsSummary params = ReadParams(fastcgi_.envp, limits.max_params, incoming.request);
  if (!params.acceptable) incoming.refusal = 400;

  size_t received = 0;
  if (params.content_length && *params.content_length <= limits.max_body) {
    incoming.request.body.resize(*params.content_length);
    received = ReadBytes(fastcgi_.in, incoming.request.body.data(), *params.content_length);
  } else if (params.content_length) {
    incoming.refusal = 413;
  }
  received += ReadAway(fastcgi_.in);

  // A signal or a vanished peer cuts the body short, possibly to a valid beginning of it.
  const bool cut = ::FCGX_GetError(fastcgi_.in) != 0;
  if (cut || (params.content_length && received != *params.content_length)) {
    Log(Priority::kDebug, "id=" + incoming.request.request_id + " dropped: its body is not whole");
    return std::nullopt;
  }
  if (incoming.refusal != 0) incoming.request.body.clear();
  return incoming;
}

// NOLINTNEXTLINE(readability-make-member-function-const): it changes what the peer sees
bool Connection::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto piece = static_cast<int>(std::min<size_t>(bytes.size(), INT_MAX));
    if (::FCGX_PutStr(bytes.data(), piece, fastcgi_.out) != piece) return false;
    bytes.remove_prefix(static_cast<size_t>(piece));
  }
  return true;
}

// libfcgi would write 8 kB at a time, and each wakes up the peer.
bool Connection::SendWhole(std::string_view bytes) {
  const int id = fastcgi_.requestId;
  const std::string end = EndOf(id);
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, kLongestRecord);
    bytes.remove_prefix(piece.size());
    const Header header = HeaderOf(FCGI_STDOUT, id, piece.size());
    const std::string_view last = bytes.empty() ? std::string_view(end) : std::string_view();
    if (!SendAll(fastcgi_.ipcFd, {{{header.data(), header.size()}, piece, last}})) return false;
  }
  whole_ = true;
  return true;
}

bool Connection::Hold(std::string_view bytes) {
  if (fastcgi_.keepConnection == 0 || bytes.size() > kLongestRecord) return false;
  const Header header = HeaderOf(FCGI_STDOUT, fastcgi_.requestId, bytes.size());
  const std::string end = EndOf(fastcgi_.requestId);
  held_.reserve(header.size() + bytes.size() + end.size());
  held_.append(header.data(), header.size()).append(bytes).append(end);
  ::FCGX_Free(&fastcgi_, /*close=*/0);
  return true;
}

bool Connection::SendHeld() {
  const std::string records = std::exchange(held_, {});
  if (SendAll(fastcgi_.ipcFd, {{records, {}, {}}})) return true;
  Abort();
  return false;
}

void Connection::Finish() {
  if (!std::exchange(whole_, false)) {
    ::FCGX_Finish_r(&fastcgi_);
    return;
  }
  // Nothing is left for libfcgi to send.
  ::FCGX_Free(&fastcgi_, /*close=*/fastcgi_.keepConnection ? 0 : 1);
}

void Connection::Abort() {
  fastcgi_.detached = 1;
  ::FCGX_Free(&fastcgi_, /*close=*/1);
}

}  // namespace rosterd::fcgi
