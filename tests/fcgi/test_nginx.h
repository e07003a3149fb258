#pragma once

#include <string>

#include "fcgi/descriptor.h"
#include "tests/fcgi/test_server.h"

namespace rosterd::fcgi::testing {

/// nginx with kept connections to a FastCGI socket, itself listening on a unix socket.
class TestNginx {
 public:
  TestNginx(const Folder& folder, const std::string& fastcgi_socket);
  TestNginx(const TestNginx&) = delete;
  TestNginx& operator=(const TestNginx&) = delete;
  ~TestNginx();

  const std::string& Socket() const { return socket_; }
  std::string ErrorLog() const { return ReadFile(error_log_); }

 private:
  std::string socket_;
  std::string error_log_;
  int pid_;
};

struct HttpAnswer {
  int status = 0;  ///< 0 when there was none
  std::string headers;
  std::string body;
  bool whole = false;  ///< the length, or the chunks, came to their end
};

/// One kept HTTP/1.1 connection over a unix socket.
class HttpClient {
 public:
  explicit HttpClient(const std::string& socket);

  /// Sends a request; a body makes it a POST.
  bool Send(const std::string& uri, const std::string& body = "", const std::string& method = "");
  HttpAnswer Receive();
  HttpAnswer Fetch(const std::string& uri, const std::string& body = "") {
    return Send(uri, body) ? Receive() : HttpAnswer{};
  }

 private:
  bool ReadMore();

  Descriptor socket_;
  std::string pending_;
};

}  // namespace rosterd::fcgi::testing
