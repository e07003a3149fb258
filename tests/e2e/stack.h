#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/e2e/command.h"
#include "tests/e2e/json.h"

namespace rosterd::testing {

/// How `./run` is called.
struct StackOptions {
  std::vector<std::string> settings;  ///< each SECTION.KEY=VALUE, given as --set
  int demo = 0;                       ///< persons loaded at the first start
  int workers = 2;                    ///< of each pool; 0 = as ./run chooses
};

/// The whole product as its user starts it: `./run --detach` with nginx, MariaDB and rosterd, on
/// free ports and with a state folder of its own below /tmp. It is stopped and removed with this
/// object, and also when the test program is killed. ROSTERD_BIN_DIR in the environment names the
/// folder of the programs; the build folder of the tests without it.
class Stack {
 public:
  /// Starts it; throws std::runtime_error with what ./run said when that fails.
  explicit Stack(StackOptions options = {});
  ~Stack();
  Stack(const Stack&) = delete;
  Stack& operator=(const Stack&) = delete;

  /// Starts it again after Stop(), on the same state and ports; throws as the constructor does.
  void Start();
  /// `./run --stop`.
  CommandResult Stop();

  /// `rosterctl` with the settings of this stack and --json.
  CommandResult Rosterctl(std::vector<std::string> words) const;
  /// A member of what rosterctl answers, e.g. the "id" of `user add`; throws when it failed.
  std::string RosterctlMember(std::vector<std::string> words, const std::string& member) const;
  /// What a SQL statement answers in the stack's database: lines of tab-separated columns.
  std::string Sql(const std::string& statement) const;

  const std::filesystem::path& State() const { return state_; }
  int HttpPort() const { return http_port_; }
  int HttpsPort() const { return https_port_; }
  std::string Http() const { return "http://127.0.0.1:" + std::to_string(http_port_); }
  std::string Https() const { return "https://127.0.0.1:" + std::to_string(https_port_); }
  /// The address of /healthz, /readyz and /metrics.
  const std::string& Ops() const { return ops_; }
  const std::string& CaFile() const { return ca_; }
  const std::string& MysqlSocket() const { return mysql_socket_; }
  pid_t MasterPid() const { return master_pid_; }
  pid_t NginxPid() const { return nginx_pid_; }
  pid_t MysqlPid() const { return mysql_pid_; }

  /// What ./run wrote to bootstrap.json.
  const Json& Bootstrap() const { return bootstrap_; }
  /// A member of a dialect there, e.g. ("bedita", "api_key") or ("timeslot",
  /// "cloudinary.api_secret"): its text, "" for null; throws when there is none.
  std::string Credential(std::string_view dialect, std::string_view member) const;
  /// The name under which a dialect owns the root alone, e.g. "bedita.localhost".
  std::string Host(std::string_view dialect) const { return Credential(dialect, "host"); }
  /// The header that asks for that name: "Host: bedita.localhost:8080".
  std::string HostHeader(std::string_view dialect) const;

  /// The root administrator of the CS-Cart dialect, its API key and the first store.
  const std::string& AdminEmail() const { return admin_email_; }
  const std::string& AdminKey() const { return admin_key_; }
  const std::string& CompanyId() const { return company_id_; }

 private:
  void ReadBootstrap();

  StackOptions options_;
  std::filesystem::path folder_;
  std::filesystem::path state_;
  int guard_ = -1;
  int http_port_ = 0;
  int https_port_ = 0;
  Json bootstrap_;
  std::string ops_;
  std::string ca_;
  std::string mysql_socket_;
  std::vector<std::string> rosterctl_;
  pid_t master_pid_ = 0;
  pid_t nginx_pid_ = 0;
  pid_t mysql_pid_ = 0;
  std::string admin_email_;
  std::string admin_key_;
  std::string company_id_;
};

/// Different ports of 127.0.0.1 that nobody used a moment ago.
std::vector<int> FreePorts(int count);

/// `./run` of the source tree with the programs under test.
CommandResult RunScript(std::vector<std::string> arguments);

}  // namespace rosterd::testing
