#include "tests/fcgi/test_nginx.h"

#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>

#include "tests/fcgi/waiting.h"

namespace rosterd::fcgi::testing {
namespace {

std::string Configuration(const Folder& folder, const std::string& fastcgi_socket) {
  std::string text = ::geteuid() == 0 ? "user root;\n" : "";
  text += "daemon off; worker_processes 2; pid " + folder / "nginx.pid" + ";\n";
  text += "error_log " + folder / "nginx.log" + ";\n";
  text +=
      "events { worker_connections 1024; }\nhttp {\naccess_log off; keepalive_requests 1000000;\n";
  for (const char* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
    text += std::string(kind) + "_temp_path " + folder / kind + ";\n";
  }
  text += "upstream workers { server unix:" + fastcgi_socket +
          "; keepalive 128; keepalive_requests 1000000; }\n";
  text += "server { listen unix:" + folder / "http.sock" + ";\nlocation / {\n";
  for (const char* param :
       {"REQUEST_METHOD $request_method", "REQUEST_URI $request_uri", "CONTENT_TYPE $content_type",
        "CONTENT_LENGTH $content_length", "REMOTE_ADDR $remote_addr", "REQUEST_ID $request_id",
        "ROSTERD_DIALECT test"}) {
    text += std::string("fastcgi_param ") + param + ";\n";
  }
  return text + "fastcgi_keep_conn on; fastcgi_pass workers;\n} } }\n";
}

bool StartsWithStatus(const std::string& text) { return text.starts_with("HTTP/1.1 "); }

// Takes whole chunks off `text` into `body`; true at the last one.
bool TakeChunks(std::string& text, std::string& body) {
  while (true) {
    const size_t line = text.find("\r\n");
    if (line == std::string::npos) return false;
    const size_t size = std::strtoul(text.c_str(), nullptr, 16);
    if (text.size() < line + 2 + size + 2) return false;
    body.append(text, line + 2, size);
    text.erase(0, line + 2 + size + 2);
    if (size == 0) return true;
  }
}

}  // namespace

TestNginx::TestNginx(const Folder& folder, const std::string& fastcgi_socket)
    : socket_(folder / "http.sock"), error_log_(folder / "nginx.log") {
  const std::string file = folder / "nginx.conf";
  std::ofstream(file) << Configuration(folder, fastcgi_socket);
  pid_ = ::fork();
  if (pid_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    ::execlp("nginx", "nginx", "-e", error_log_.c_str(), "-c", file.c_str(), nullptr);
    ::_exit(127);
  }
  Eventually([&] { return HttpClient(socket_).Fetch("/up").status == 200; });
}

TestNginx::~TestNginx() {
  ::kill(pid_, SIGTERM);
  ::waitpid(pid_, nullptr, 0);
}

HttpClient::HttpClient(const std::string& socket)
    : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::copy(socket.begin(), socket.end(), std::begin(address.sun_path));
  const timeval patience{.tv_sec = 20, .tv_usec = 0};
  ::setsockopt(socket_.Number(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): how the socket API wants it
  const auto* const where = reinterpret_cast<const sockaddr*>(&address);
  if (::connect(socket_.Number(), where, sizeof address) != 0) socket_ = Descriptor();
}

bool HttpClient::Send(const std::string& uri, const std::string& body, const std::string& method) {
  std::string text = method.empty() ? (body.empty() ? "GET " : "POST ") : method + ' ';
  text += uri + " HTTP/1.1\r\nHost: test\r\n";
  if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  text += "\r\n" + body;
  return ::send(socket_.Number(), text.data(), text.size(), MSG_NOSIGNAL) ==
         static_cast<ssize_t>(text.size());
}

bool HttpClient::ReadMore() {
  std::array<char, 65536> piece{};
  const ssize_t size = ::recv(socket_.Number(), piece.data(), piece.size(), 0);
  if (size <= 0) return false;
  pending_.append(piece.data(), static_cast<size_t>(size));
  return true;
}

HttpAnswer HttpClient::Receive() {
  HttpAnswer answer;
  size_t blank = 0;
  while ((blank = pending_.find("\r\n\r\n")) == std::string::npos) {
    if (!ReadMore()) return answer;
  }
  if (!StartsWithStatus(pending_)) return answer;
  answer.status = static_cast<int>(std::strtol(pending_.c_str() + 9, nullptr, 10));
  answer.headers = pending_.substr(0, blank + 2);
  pending_.erase(0, blank + 4);
  if (answer.headers.find("chunked") != std::string::npos) {
    while (!(answer.whole = TakeChunks(pending_, answer.body))) {
      if (!ReadMore()) return answer;
    }
    return answer;
  }
  const size_t length = answer.headers.find("Content-Length: ");
  const size_t size = length == std::string::npos
                          ? 0
                          : std::strtoul(answer.headers.c_str() + length + 16, nullptr, 10);
  while (pending_.size() < size) {
    if (!ReadMore()) return answer;
  }
  answer.body = pending_.substr(0, size);
  pending_.erase(0, size);
  answer.whole = true;
  return answer;
}

}  // namespace rosterd::fcgi::testing
