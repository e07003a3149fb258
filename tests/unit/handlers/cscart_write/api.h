#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "config/settings.h"
#include "db/connection.h"
#include "directory/credentials.h"
#include "directory/epoch.h"
#include "directory/hash_slots.h"
#include "directory/password.h"
#include "directory/persons.h"
#include "directory/sign_in.h"
#include "directory/throttle.h"
#include "fcgi/value.h"
#include "handlers/dialect.h"
#include "tests/support/test_database.h"

namespace rosterd::testing {

/// What the dialect answered.
struct Reply {
  int status = 0;
  std::string body;
  std::string content_type;
  std::string retry_after;
  fcgi::Value json;

  /// A text member of the body; empty when it is none.
  std::string Text(std::string_view name) const;
  /// A number member of the body, as it was written; empty when it is none.
  std::string Number(std::string_view name) const;
};

/// Who asks: an e-mail address with its API key.
struct Login {
  std::string email;
  std::string key;
};

/// What one worker process has: a connection, and the dialect on it.
class Worker {
 public:
  explicit Worker(const config::Settings& settings);

  Reply Send(const Login& login, std::string method, std::string path, std::string body = "",
             std::string content_type = "application/json");
  directory::Persons& Persons() { return persons_; }
  directory::Credentials& Credentials() { return credentials_; }

 private:
  config::Settings settings_;
  std::string server_key_ = std::string(32, 'k');
  directory::CredentialEpoch epoch_;
  directory::HashSlots slots_;
  db::Connection connection_;
  directory::Persons persons_;
  directory::Credentials credentials_;
  directory::Passwords passwords_;
  directory::Throttle throttle_{true};
  directory::SignIn sign_in_;
  std::unique_ptr<Dialect> dialect_;
};

/// The CS-Cart dialect on a real database: one database for the program, emptied for each Api,
/// which starts with the stores 1 and 2 and one root administrator.
class Api {
 public:
  using Change = std::function<void(config::Cscart&)>;
  /// With the settings that `change` makes of the defaults.
  explicit Api(const Change& change = {});

  Reply Send(const Login& login, std::string method, std::string path, std::string body = "",
             std::string content_type = "application/json") {
    return worker_.Send(login, std::move(method), std::move(path), std::move(body),
                        std::move(content_type));
  }
  Reply Post(std::string path, std::string body) {
    return Send(root_, "POST", std::move(path), std::move(body));
  }
  Reply Put(std::string path, std::string body) {
    return Send(root_, "PUT", std::move(path), std::move(body));
  }
  Reply Delete(std::string path) { return Send(root_, "DELETE", std::move(path)); }
  Reply Get(std::string path) { return Send(root_, "GET", std::move(path)); }

  /// Creates a user as root; its id. Fails the test when that is refused.
  std::string Add(const std::string& body);
  /// Creates a user with an API key, of this type and company.
  Login AddCaller(const std::string& email, const std::string& type, const std::string& company);
  /// The id of the account with this e-mail address.
  std::string IdOf(const std::string& email);
  /// Puts an administrator into a new group with these privileges ("\"view_users\""); its id.
  std::string Restrict(const std::string& user_id, const std::string& privileges);
  /// Path of one user: "/api/2.0/users/58".
  static std::string User(const std::string& id) { return "/api/2.0/users/" + id; }

  std::string Ask(const std::string& sql) { return Database().Ask(sql); }
  void Execute(const std::string& sql) { Database().Execute(sql); }
  /// How many cells of the tallies are wrong; they are corrected.
  uint64_t WrongTallies() { return Database().CorrectTallies(); }
  const Login& Root() const { return root_; }
  const std::string& RootId() const { return root_id_; }
  /// Another worker on the same database.
  std::unique_ptr<Worker> NewWorker() const { return std::make_unique<Worker>(settings_); }

 private:
  static TestDatabase& Database();
  void Empty();
  void Seed();

  config::Settings settings_;
  Worker worker_;
  Login root_{"root@shop.example", "Root0000000000000000000000000000"};
  std::string root_id_;
};

}  // namespace rosterd::testing
