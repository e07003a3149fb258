#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <stdexcept>

#include "tests/e2e/http.h"

namespace rosterd::testing {

using Clock = std::chrono::steady_clock;

RawConnection::RawConnection(int port)
    : descriptor_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    close(descriptor_);
    throw std::runtime_error("nobody listens on port " + std::to_string(port));
  }
}

RawConnection::~RawConnection() { close(descriptor_); }

bool RawConnection::Send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawConnection::Finish() const { shutdown(descriptor_, SHUT_WR); }

std::string RawConnection::Read(std::size_t most, std::chrono::milliseconds timeout) const {
  pollfd waiting{.fd = descriptor_, .events = POLLIN, .revents = 0};
  if (poll(&waiting, 1, static_cast<int>(timeout.count())) <= 0) return "";
  std::string bytes(most, '\0');
  const ssize_t received = recv(descriptor_, bytes.data(), bytes.size(), 0);
  bytes.resize(received > 0 ? static_cast<std::size_t>(received) : 0);
  return bytes;
}

std::string RawConnection::ReadAll(std::chrono::milliseconds timeout) const {
  constexpr std::size_t kPiece = 65536;
  const auto deadline = Clock::now() + timeout;
  std::string all;
  while (true) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) return all;
    const std::string piece = Read(kPiece, left);
    if (piece.empty()) return all;
    all += piece;
  }
}

HttpResponse SendRaw(int port, std::string_view bytes) {
  const RawConnection connection(port);
  connection.Send(bytes);
  return ParseResponse(connection.ReadAll());
}

std::string Base64(std::string_view text) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string result;
  for (std::size_t at = 0; at < text.size(); at += 3) {
    const auto byte = [&](std::size_t offset) -> unsigned {
      return at + offset < text.size() ? static_cast<unsigned char>(text[at + offset]) : 0U;
    };
    const unsigned bits = byte(0) << 16U | byte(1) << 8U | byte(2);
    result += kLetters[bits >> 18U];
    result += kLetters[bits >> 12U & 63U];
    result += at + 1 < text.size() ? kLetters[bits >> 6U & 63U] : '=';
    result += at + 2 < text.size() ? kLetters[bits & 63U] : '=';
  }
  return result;
}

}  // namespace rosterd::testing
