#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace rosterd::testing {

/// A private MariaDB on a unix socket in a temporary directory of its own, without network. It ends
/// with the test program, also when that crashes. Its root has no password.
class MariadbServer {
 public:
  /// Makes a data directory and starts; throws std::runtime_error with the server's log when it
  /// does not answer.
  MariadbServer();
  ~MariadbServer();
  MariadbServer(const MariadbServer&) = delete;
  MariadbServer& operator=(const MariadbServer&) = delete;

  /// The one server of this test program, started at its first use.
  static MariadbServer& Shared();

  /// Waits until the server has ended in good order.
  void Stop();
  /// Ends it without warning.
  void Kill();
  /// Starts it again on its data; waits until it answers.
  void Start();

  std::string Socket() const { return directory_ / "mysql.sock"; }
  /// Holds root's account for the client library, in group [rosterd].
  std::string DefaultsFile() const { return directory_ / "db.cnf"; }
  const std::filesystem::path& Directory() const { return directory_; }
  pid_t Pid() const { return pid_; }

 private:
  void WriteDefaultsFile() const;
  bool Answers() const;
  void End(int signal);

  std::filesystem::path directory_;
  pid_t pid_ = 0;
};

}  // namespace rosterd::testing
