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
  int slow_workers = 0;                        ///< 0 = 2 x cores, at least 4
  int slow_nice = 19;                          ///< 0 to 19
  int backlog = 4096;
  size_t max_body = 16U << 20U;  ///< bytes; a dialect's own limit is below
  std::chrono::seconds request_timeout{30};
  std::chrono::seconds drain_timeout{15};
  uint64_t max_requests = 0;        ///< of one worker; 0 = no limit
  size_t max_memory = 256U << 20U;  ///< bytes of one worker; 0 = no limit
  std::string key_file =
      "/etc/rosterd/keys/server.key";  ///< 32 random bytes or more, made by `rosterctl keys init`
  std::string log_level = "info";      ///< error, warning, notice, info, debug
  std::string photo_directory =
      "/var/lib/rosterd/photos";  ///< uploaded pictures; nginx serves its user_photos/

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
  int trash_days = 0;           ///< deleted persons are purged after so many days; 0 = never
  int min_password_length = 5;  ///< characters, where a dialect's contract asks for no more

  bool operator==(const Directory&) const = default;
};

/// Section `password`: how new passwords are hashed (argon2id), and how many at once.
struct Password {
  size_t memory = 19U << 20U;  ///< bytes, argon2id m
  int iterations = 2;          ///< argon2id t
  int concurrent_hashes = 0;   ///< at the same time, all workers together; 0 = one per core
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

/// Section `mail`: how mail leaves (DESIGN.md section 2, rule 10).
struct Mail {
  std::string from = "rosterd@localhost";         ///< address of the sender
  std::string sendmail = "/usr/sbin/sendmail";    ///< called with -t -i
  std::string smtp;                               ///< HOST:PORT; empty = by sendmail
  std::string templates = "/etc/rosterd/mail";    ///< folder of the texts
  std::chrono::seconds retry_delay{60};           ///< after the first failure; doubles
  std::chrono::seconds give_up_after{5 * 86400};  ///< a mail that could not be sent for so long

  bool operator==(const Mail&) const = default;
};

/// Section `bedita`: contracts/bedita.md section 20.
// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding): in the order of the shipped file
struct Bedita {
  bool enabled = true;
  std::string public_base_url;  ///< scheme, host, port; empty = as the request says
  std::string version = "4.13.1";
  std::string project_name = "rosterd";
  bool block_anonymous_apps = true;
  bool block_anonymous_users = false;
  std::vector<std::string> anonymous_fields;  ///< what anonymous readers see; empty = everything
  bool anonymous_writes = false;
  std::vector<std::string> writers{"admin"};  ///< names of roles, or "any"
  bool status_needs_key = true;
  bool manager_support = true;
  bool numeric_user_ids = false;
  std::vector<std::string> required_user_fields{"username"};
  int page_size = 20;
  int max_page_size = 100;
  std::string new_user_status = "draft";
  bool login_draft = false;
  std::string status_level = "off";  ///< on, draft, off (off = everything is shown)
  std::vector<std::string> languages;
  std::string default_lang;
  std::string password_rule;  ///< regular expression; empty = none
  std::string password_message = "Invalid password";
  std::string legacy_salt;  ///< of imported md5 passwords
  std::string jwt_algorithm = "HS256";
  std::string jwt_secret;  ///< or, for RS256, the PEM text of the private key; empty = made
                           ///< from the server key
  std::chrono::seconds jwt_duration{1200};
  std::chrono::seconds jwt_renew_duration{30 * 86400};  ///< 0 = for ever
  bool jwt_query_token = false;
  bool jwt_revoke_on_password_change = true;
  bool change_hides_unknown = true;
  std::vector<std::string> link_allow;  ///< beginnings of URLs, or "*"
  bool signup_enabled = true;
  bool signup_require_email = true;
  bool signup_require_password = true;
  bool signup_require_activation = true;
  std::string signup_activation_url;
  std::vector<std::string> signup_roles;
  std::vector<std::string> signup_default_roles;
  std::vector<std::string> cors_allow_origin;
  std::vector<std::string> cors_allow_methods{"GET", "POST", "PATCH", "DELETE"};
  std::vector<std::string> cors_allow_headers{"Accept", "Authorization", "Content-Type",
                                              "X-Api-Key"};
  bool cors_allow_credentials = false;
  std::vector<std::string> cors_expose_headers;
  std::chrono::seconds cors_max_age{0};
  int sign_in_failures_per_address = 100;
  int requests_per_address = 20;  ///< sign-ups and password changes asked for in an hour
  int requests_per_contact = 5;
  size_t max_body = 1U << 20U;

  bool operator==(const Bedita&) const = default;
};

/// Section `brightact`: contracts/brightact.md.
struct Brightact {
  bool enabled = true;
  std::string timezone = "UTC";  ///< of the times shown, a name of the tz database
  size_t max_body = 1U << 20U;
  int key_failures_per_address = 20;  ///< in ten minutes
  int resets_per_key = 10;            ///< in ten minutes

  bool operator==(const Brightact&) const = default;
};

/// Section `cocoaheads`: contracts/cocoaheads.md.
struct Cocoaheads {
  bool enabled = true;
  std::vector<std::string> app_token;  ///< accepted application tokens; empty = none is asked for
  int token_idle_days = 0;             ///< 0 = tokens never expire
  int tokens_per_user = 20;
  std::string public_url;  ///< scheme, host, port of photos' addresses; empty = as the request says
  bool app_facade = false;
  int sign_ups_per_address = 30;  ///< in an hour
  size_t max_photo = 10U << 20U;
  size_t max_body = 16U << 20U;

  bool operator==(const Cocoaheads&) const = default;
};

/// Section `timeslot`: contracts/timeslot.md section 14.
// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding): in the order of the shipped file
struct Timeslot {
  bool enabled = true;
  std::string other_user_fields = "reduced";  ///< reduced, seed
  bool require_old_password = false;
  int tokens_per_user = 1;
  std::string signature_timestamp = "unix";  ///< unix, compact
  bool signature_requires_token = false;
  std::string reset_mode = "link";  ///< link, temporary, off
  std::string public_url;           ///< of the page behind the mailed link; empty = server's
  int list_limit = 500;             ///< 0 = none
  bool tag_replaced_images = false;
  std::string cloudinary_cloud_name;
  std::string cloudinary_api_key;
  std::string cloudinary_api_secret;
  int sign_ups_per_address = 30;    ///< in an hour
  int resets_per_address = 20;      ///< in an hour
  int resets_per_account = 5;       ///< in an hour
  int signatures_per_address = 60;  ///< in an hour
  size_t max_body = 64U << 10U;

  bool operator==(const Timeslot&) const = default;
};

/// Everything that rosterd.yaml says.
struct Settings {
  Server server;
  Database database;
  Directory directory;
  Password password;
  Throttle throttle;
  Mail mail;
  Cscart cscart;
  Bedita bedita;
  Brightact brightact;
  Cocoaheads cocoaheads;
  Timeslot timeslot;

  bool operator==(const Settings&) const = default;
};

}  // namespace rosterd::config
