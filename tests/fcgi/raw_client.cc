#include "tests/fcgi/raw_client.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace rosterd::fcgi::testing {
namespace {

constexpr char kBegin = 1;
constexpr char kEnd = 3;
constexpr char kParams = 4;
constexpr char kStdin = 5;
constexpr char kStdout = 6;
constexpr size_t kHeaderSize = 8;

std::string Record(char type, std::string_view content) {
  std::string record = {1, type, 0, 1};
  record += static_cast<char>(content.size() >> 8U);
  record += static_cast<char>(content.size() & 0xffU);
  record += {0, 0};
  return record.append(content);
}

std::string Length(size_t size) {
  if (size < 128) return {static_cast<char>(size)};
  return {static_cast<char>(0x80U | (size >> 24U)), static_cast<char>(size >> 16U),
          static_cast<char>(size >> 8U), static_cast<char>(size)};
}

std::string InRecords(char type, std::string_view content) {
  constexpr size_t kPiece = 32768;
  std::string records;
  for (; !content.empty(); content.remove_prefix(std::min(kPiece, content.size()))) {
    records += Record(type, content.substr(0, kPiece));
  }
  return records;
}

size_t ContentSize(const std::string& record) {
  return (static_cast<size_t>(static_cast<unsigned char>(record[4])) << 8U) |
         static_cast<unsigned char>(record[5]);
}

void BePatient(const Descriptor& socket) {
  const timeval patience{.tv_sec = 10, .tv_usec = 0};
  ::setsockopt(socket.Number(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}

void SplitHead(RawAnswer& answer) {
  const size_t line = answer.text.find("\r\n");
  const size_t blank = answer.text.find("\r\n\r\n");
  if (blank == std::string::npos) return;
  answer.status_line = answer.text.substr(0, line);
  answer.headers = answer.text.substr(line, blank + 2 - line);
  answer.body = answer.text.substr(blank + 4);
}

}  // namespace

RawRequest Get(const std::string& uri) {
  return {.params = {{"REQUEST_METHOD", "GET"}, {"REQUEST_URI", uri}, {"CONTENT_LENGTH", ""}},
          .body = ""};
}

RawRequest Post(const std::string& uri, std::string body) {
  RawRequest request = Get(uri);
  request.params[0].second = "POST";
  request.params[2].second = std::to_string(body.size());
  request.body = std::move(body);
  return request;
}

std::string RecordsWithoutBody(const RawRequest& request) {
  std::string params;
  for (const auto& [name, value] : request.params) {
    params += Length(name.size());
    params += Length(value.size());
    params += name;
    params += value;
  }
  const std::string begin = {0, 1, static_cast<char>(request.keep), 0, 0, 0, 0, 0};
  return Record(kBegin, begin) + InRecords(kParams, params) + Record(kParams, "");
}

std::string BodyRecord(std::string_view body) { return Record(kStdin, body); }

std::string Records(const RawRequest& request) {
  return RecordsWithoutBody(request) + InRecords(kStdin, request.body) + Record(kStdin, "");
}

RawClient::RawClient(const std::string& socket)
    : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::copy(socket.begin(), socket.end(), std::begin(address.sun_path));
  BePatient(socket_);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): how the socket API wants it
  const auto* const where = reinterpret_cast<const sockaddr*>(&address);
  connected_ = ::connect(socket_.Number(), where, sizeof address) == 0;
}

RawClient::RawClient(Descriptor socket) : socket_(std::move(socket)), connected_(true) {
  BePatient(socket_);
}

bool RawClient::HasAnswer() const {
  pollfd poll{.fd = socket_.Number(), .events = POLLIN, .revents = 0};
  return ::poll(&poll, 1, 0) == 1;
}

bool RawClient::Send(const RawRequest& request) { return SendBytes(Records(request)); }

bool RawClient::SendBytes(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_.Number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0) return false;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

RawAnswer RawClient::Receive() {
  RawAnswer answer;
  std::array<char, 65536> piece{};
  while (!answer.complete) {
    const bool whole = pending_.size() >= kHeaderSize &&
                       pending_.size() >= kHeaderSize + ContentSize(pending_) +
                                              static_cast<unsigned char>(pending_[6]);
    if (!whole) {
      const ssize_t size = ::recv(socket_.Number(), piece.data(), piece.size(), 0);
      answer.closed = size == 0 || (size < 0 && errno == ECONNRESET);
      if (size <= 0) break;
      pending_.append(piece.data(), static_cast<size_t>(size));
      continue;
    }
    const size_t size = ContentSize(pending_);
    if (pending_[1] == kStdout) answer.text.append(pending_, kHeaderSize, size);
    answer.complete = pending_[1] == kEnd;
    pending_.erase(0, kHeaderSize + size + static_cast<unsigned char>(pending_[6]));
  }
  SplitHead(answer);
  return answer;
}

}  // namespace rosterd::fcgi::testing
