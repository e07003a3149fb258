#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace rosterd::config {

/// Section `server`: the processes.
struct Server {
  std::string run_directory = "/run/rosterd";  ///< holds read.sock, write.sock, slow.sock
  std::string socket_group = "www-data";       ///< who may connect; empty = our own group
  int read_workers = 0;                        ///< 0 = 2 x cores
  int write_workers = 0;                       ///< 0 = 4 x cores
  int slow_workers = 2;
  int backlog = 4096;
  size_t max_body = 16U << 20U;  ///< bytes; a dialect's own limit is below
  std::chrono::seconds request_timeout{30};
  std::chrono::seconds drain_timeout{15};
  uint64_t max_requests = 0;        ///< of one worker; 0 = no limit
  size_t max_memory = 256U << 20U;  ///< bytes of one worker; 0 = no limit
  std::string key_file =
      "/etc/rosterd/keys/server.key";  ///< 32 random bytes or more, made by `rosterctl keys init`
  std::string log_level = "info";      ///< error, warning, notice, info, debug

  bool operator==(const Server&) const = default;
};

/// Section `database`.
struct Database {
  std::string defaults_file =
      "/etc/rosterd/db.cnf";  ///< user, password, TLS, read by the client library
  std::string defaults_group = "rosterd";
  std::vector<std::string> hosts;  ///< "host", "host:port" or "/path/of.sock", tried in order;
                                   ///< empty = as the defaults file says
  std::string name = "rosterd";
  std::chrono::seconds connect_timeout{3};
  std::chrono::seconds read_timeout{10};
  std::chrono::seconds write_timeout{10};
  std::string migrations = "/usr/share/rosterd/schema";

  bool operator==(const Database&) const = default;
};

/// Section `directory`: the rules that hold in all dialects.
struct Directory {
  bool reserve_deleted_names = false;
  int trash_days = 0;  ///< deleted persons are purged after so many days; 0 = never

  bool operator==(const Directory&) const = default;
};

/// Section `password`: how new passwords are hashed (argon2id), and how many at once.
struct Password {
  size_t memory = 19U << 20U;  ///< bytes, argon2id m
  int iterations = 2;          ///< argon2id t
  int concurrent_hashes = 0;   ///< at the same time, all workers together; 0 = one per two cores
  std::chrono::milliseconds max_wait{2000};  ///< for a turn; the excess gets 503 with Retry-After
  std::string legacy_md5_salt;               ///< site salt in front of the password of imported
                                             ///< md5(salt+password) hashes

  bool operator==(const Password&) const = default;
};

/// Section `throttle`.
struct Throttle {
  bool enabled = true;
  int sign_in_failures_per_account = 10;
  int sign_in_failures_per_address = 20;
  std::chrono::seconds sign_in_window{600};

  bool operator==(const Throttle&) const = default;
};

/// Section `cscart`: contracts/cscart.md section 21.
// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding): in the order of the shipped file
struct Cscart {
  bool enabled = true;
  std::string edition = "ultimate";  ///< ultimate, multivendor, single
  bool share_users = true;           ///< off: e-mails are unique per store for customers
  int items_per_page = 10;
  int max_items_per_page = 0;           ///< 0 = none
  std::string unversioned_api = "2.0";  ///< 1.0 or 2.0
  bool https_only = false;
  bool allow_customer = false;
  std::string vendor_users_api = "off";   ///< off, scoped
  int missing_user_status = 404;          ///< 404 or 400
  std::vector<std::string> extra_fields;  ///< of phone, last_login, points
  int min_password_length = 5;
  std::string storefront_url = "http://localhost";
  std::string banner_name = "CS-Cart";
  std::string banner_version = "4.3.10";
  std::string table_prefix = "cscart_";
  size_t max_body = 1U << 20U;
  bool patch = false;  ///< PATCH /users/:id works like PUT
  std::chrono::seconds auth_token_ttl{604800};
  std::chrono::seconds login_key_ttl{900};

  bool operator==(const Cscart&) const = default;
};

/// Everything that rosterd.yaml says.
struct Settings {
  Server server;
  Database database;
  Directory directory;
  Password password;
  Throttle throttle;
  Cscart cscart;

  bool operator==(const Settings&) const = default;
};

}  // namespace rosterd::config
