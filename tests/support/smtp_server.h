#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <mutex>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

namespace rosterd::testing {

/// Takes mail on a port of 127.0.0.1, one connection after the other, and keeps what clients say.
class SmtpServer {
 public:
  /// `to_recipients` answers RCPT.
  explicit SmtpServer(std::string to_recipients = "250 good")
      : to_recipients_(std::move(to_recipients)),
        listener_(Listen()),
        thread_([this] { Serve(); }) {}
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;
  ~SmtpServer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }

  int Port() const { return port_; }
  /// All lines of all clients so far.
  std::string Said() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return said_;
  }

 private:
  int Listen() {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    std::random_device random;
    // Below the range from which the system gives ports to connections of others.
    std::uniform_int_distribution<int> any(12000, 30000);
    for (int attempt = 0; attempt < 100; ++attempt) {
      port_ = any(random);
      sockaddr_in address{};
      address.sin_family = AF_INET;
      address.sin_port = htons(static_cast<uint16_t>(port_));
      address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      if (::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
          ::listen(listener, 8) == 0) {
        return listener;
      }
    }
    throw std::runtime_error("no free port");
  }

  void Serve() {
    int client = -1;
    while ((client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0) {
      Talk(client);
      ::close(client);
    }
  }

  void Talk(int client) {
    std::string heard;
    bool in_message = false;
    Say(client, "220 test");
    while (true) {
      const size_t end = heard.find("\r\n");
      if (end == std::string::npos) {
        std::array<char, 4096> piece{};
        const ssize_t size = ::recv(client, piece.data(), piece.size(), 0);
        if (size <= 0) return;
        heard.append(piece.data(), static_cast<size_t>(size));
        continue;
      }
      const std::string line = heard.substr(0, end);
      heard.erase(0, end + 2);
      {
        const std::lock_guard<std::mutex> lock(mutex_);
        said_ += line + "\r\n";
      }
      if (in_message && line != ".") continue;
      in_message = line == "DATA";
      Say(client, in_message                 ? "354 go on"
                  : line.starts_with("RCPT") ? to_recipients_
                                             : "250 good");
    }
  }

  static void Say(int client, std::string line) {
    line += "\r\n";
    ::send(client, line.data(), line.size(), MSG_NOSIGNAL);
  }

  std::string to_recipients_;
  int port_ = 0;
  int listener_;
  std::mutex mutex_;
  std::string said_;
  std::thread thread_;
};

}  // namespace rosterd::testing
