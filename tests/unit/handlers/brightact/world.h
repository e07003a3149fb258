#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/settings.h"
#include "db/connection.h"
#include "directory/credentials.h"
#include "directory/epoch.h"
#include "directory/hash_slots.h"
#include "directory/password.h"
#include "directory/persons.h"
#include "directory/sign_in.h"
#include "directory/throttle.h"
#include "fcgi/request.h"
#include "fcgi/response.h"
#include "handlers/dialect.h"
#include "tests/support/test_database.h"

namespace rosterd::brightact {

inline const std::string kAdminKey = "9f86d081884c7d659a2feaa0c55ad015";  ///< of user 1
inline const std::string kUserKey = "0123456789abcdef0123456789abcdef";   ///< of user 2

inline constexpr std::string_view kForm = "application/x-www-form-urlencoded";
inline constexpr std::string_view kJson = "application/json";

/// One request of a test.
struct Ask {
  std::string target;  ///< path and query; the key is put in front of the query
  std::string method = "GET";
  std::string key = kAdminKey;  ///< empty = none
  std::string body = {};
  std::string content_type = {};
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string address = "192.0.2.1";
};

/// What came back.
struct Reply {
  int status = 0;
  std::string body;  ///< a streamed one collected
  fcgi::Response response;

  std::string Header(std::string_view name) const;
};

/// What one worker process has: a connection, and the dialect on it.
class Worker {
 public:
  explicit Worker(const config::Settings& settings);

  Reply Send(const Ask& ask);
  directory::Persons& Persons() { return persons_; }
  directory::Credentials& Credentials() { return credentials_; }
  const directory::SignIn& SignIn() const { return sign_in_; }
  std::vector<std::string>& Events() { return events_; }
  /// True when this is the password of the user, who may sign in.
  bool Admits(uint64_t id, const std::string& password);

 private:
  config::Settings settings_;
  std::string server_key_ = std::string(32, 'k');
  directory::CredentialEpoch epoch_;
  directory::HashSlots slots_;
  db::Connection connection_;
  directory::Persons persons_;
  directory::Credentials credentials_;
  directory::Passwords passwords_;
  directory::Throttle throttle_;
  directory::SignIn sign_in_;
  std::vector<std::string> events_;
  std::unique_ptr<Dialect> dialect_;
};

/// The dialect on a real database: one for the program, emptied for each World, which starts with
/// the users 1 (an admin key) and 2 (a user key), both of 2026-01-05, and no organisation.
class World {
 public:
  using Change = std::function<void(config::Settings&)>;
  /// With the settings that `change` makes of the defaults.
  explicit World(const Change& change = {});

  Reply Send(const Ask& ask) { return worker_.Send(ask); }
  Reply Get(const std::string& target, const std::string& key = kAdminKey) {
    return Send({.target = target, .key = key});
  }
  Reply Post(const std::string& target, const std::string& form,
             const std::string& key = kAdminKey) {
    return SendForm("POST", target, form, key);
  }
  Reply Put(const std::string& target, const std::string& form,
            const std::string& key = kAdminKey) {
    return SendForm("PUT", target, form, key);
  }
  Reply Delete(const std::string& target, const std::string& key = kAdminKey) {
    return Send({.target = target, .method = "DELETE", .key = key});
  }

  /// Creates a user with the password "secret", with these fields beside the required ones ("" or
  /// "&org_id=4"); its id.
  std::string AddUser(const std::string& username, const std::string& more = "");
  /// Creates an organisation; its id.
  std::string AddOrg(const std::string& name);
  /// Gives a user one more API key.
  void AddKey(uint64_t user, const std::string& role, const std::string& key);

  std::string Ask(const std::string& sql) { return Database().Ask(sql); }
  void Execute(const std::string& sql) { Database().Execute(sql); }
  class Worker& Worker() {
    return worker_;
  }
  /// Another worker on the same database.
  std::unique_ptr<brightact::Worker> NewWorker() const {
    return std::make_unique<brightact::Worker>(settings_);
  }

 private:
  static testing::TestDatabase& Database();
  Reply SendForm(const std::string& method, const std::string& target, const std::string& form,
                 const std::string& key);
  void Empty();
  void Fill();

  config::Settings settings_;
  brightact::Worker worker_;
};

}  // namespace rosterd::brightact
