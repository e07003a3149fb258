#include "fcgi/connection.h"

#include <algorithm>
#include <array>
#include <climits>
#include <string>

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

void Connection::Finish() { ::FCGX_Finish_r(&fastcgi_); }

void Connection::Abort() {
  fastcgi_.detached = 1;
  ::FCGX_Free(&fastcgi_, /*close=*/1);
}

}  // namespace rosterd::fcgi
