#pragma once

#include <map>
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
#include "fcgi/value.h"
#include "handlers/bedita/session_tokens.h"
#include "handlers/dialect.h"
#include "tests/support/test_database.h"

namespace rosterd::bedita {

/// One request of a test.
struct Ask {
  std::string target = "/home";  ///< path and query
  std::string method = "GET";
  std::string body = {};
  std::string as = {};                              ///< username whose access token is sent
  std::string key = "manager-key";                  ///< of the application; "" = none
  std::string bearer = {};                          ///< a token, when it is not that of `as`
  std::string accept = "application/vnd.api+json";  ///< "" = none
  std::string content_type = "application/json";    ///< sent with a body alone
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string address = "192.0.2.1";
  std::string prefix = {};
};

/// What came back.
struct Reply {
  int status = 0;
  std::string body;
  std::string route;
  uint64_t person = 0;
  fcgi::Response response;

  std::string Header(std::string_view name) const;
  /// The body; throws when it is no JSON.
  fcgi::Value Json() const;
  /// `error.title` and `error.detail`; empty without them.
  std::string Title() const;
  std::string Detail() const;
  /// The text, the number or the boolean at "data/attributes/name", "data/0/id"; "null" for null,
  /// "" when there is nothing, or a list or map.
  std::string At(std::string_view path) const;
};

/// The dialect on a database of its own, at https://dir.example.org, with
///   roles 1 admin (priority 0), 2 manager (50), 3 editor (100);
///   users 1 bedita (locked, role 1), 2 mara (role 2), 3 edith (role 3), 4 paul (no role), 5 dora
///   (draft), 6 otto (off), 7 bert (blocked), 8 gone (in the trash, role 3), 9 a shop's customer
///   (ann@example.org, no columns of this dialect), 10 lock (locked), 11 trashed and locked;
///   the password of each is its username and "-password";
///   applications 1 manager (manager-key), 2 site (site-key, with the secret site-secret), 3 closed
///   (closed-key, disabled).
class World {
 public:
  /// The settings as shipped, but for cheap hashes and kSecret.
  static config::Settings Defaults();
  static constexpr std::string_view kSecret = "a secret of the tests, long enough";

  explicit World(const config::Settings& settings = Defaults());

  /// One for all cases that only read.
  static World& Shared();

  Reply Send(const Ask& ask);
  Reply Get(const std::string& target, const std::string& as = {}) {
    return Send({.target = target, .as = as});
  }
  /// What POST /auth gives for this user and its password; throws when it is refused.
  TokenPair Login(const std::string& username, const std::string& password = {});
  /// A token with these claims (JSON), signed with `secret`.
  static std::string Sign(const std::string& claims, std::string_view algorithm = "HS256",
                          std::string_view secret = kSecret);

  /// Statements sent to the database by the last request.
  uint64_t LastStatements() const { return last_statements_; }
  void Execute(const std::string& sql) { database_.Execute(sql); }
  std::string AskDatabase(const std::string& sql) { return database_.Ask(sql); }
  db::Connection& Connection() { return connection_; }
  testing::TestDatabase& Database() { return database_; }
  directory::Persons& Persons() { return persons_; }
  directory::CredentialEpoch& Epoch() { return epoch_; }
  std::vector<std::string>& Events() { return events_; }
  const Services& AllServices() const { return *services_; }

 private:
  void Fill();
  fcgi::Request ToRequest(const Ask& ask);

  testing::TestDatabase database_;
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
  std::unique_ptr<Services> services_;
  std::unique_ptr<Dialect> dialect_;
  std::map<std::string, TokenPair> tokens_;
  uint64_t last_statements_ = 0;
};

}  // namespace rosterd::bedita
