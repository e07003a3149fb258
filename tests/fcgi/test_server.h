#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "fcgi/server.h"

namespace rosterd::fcgi::testing {

/// A folder of its own under /tmp, removed with all that is in it.
class Folder {
 public:
  Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();

  std::string operator/(const std::string& name) const { return path_ + '/' + name; }

 private:
  std::string path_;
};

/// The options of one pool "test" with two workers on `socket`, and short timeouts.
ServerOptions TestOptions(const std::string& socket);

/// RunServer with a TestApplication in a child process, its stderr in a file. Ends with TERM.
class TestServer {
 public:
  struct Setting {
    ServerHooks hooks = {};               ///< make_application is a TestApplication when empty
    std::function<void()> in_child = {};  ///< before RunServer, for the environment
    std::string answers_at = {};  ///< the socket to wait for, when it is not that of the options
  };

  TestServer(const Folder& folder, const ServerOptions& options)
      : TestServer(folder, options, {}) {}
  TestServer(const Folder& folder, const ServerOptions& options, const Setting& setting);
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;
  ~TestServer();

  int Pid() const { return pid_; }
  void Signal(int number) const;
  /// Its exit status when it ends by itself, -N when signal N ended it, nothing when it goes on.
  std::optional<int> WaitForEnd();
  /// What it has written to stderr.
  std::string LogText() const;
  /// The processes that it has forked and that live, without helpers, which have their own names.
  std::vector<int> Workers() const;

 private:
  int pid_;
  std::string log_;
};

/// The content of a file, empty when there is none.
std::string ReadFile(const std::string& path);

}  // namespace rosterd::fcgi::testing
