#pragma once

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
#include "handlers/dialect.h"
#include "tests/support/test_database.h"

namespace rosterd::cscart {

/// One request of a test.
struct Ask {
  std::string target;  ///< path and query
  std::string method = "GET";
  std::string login = "admin@example.com:admin-key";
  std::string body = {};
  std::string content_type = {};
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string address = "192.0.2.1";
  bool https = false;
};

/// What came back, a streamed body collected.
struct Reply {
  int status = 0;
  std::string body;
  std::string route;
  uint64_t person = 0;
  fcgi::Response response;

  std::string Header(std::string_view name) const;
  fcgi::Value Json() const;
};

/// The dialect on a database of its own with a few users:
///   1 root admin, 2 restricted admin, 3 and 4 customers of store 1, 5 a disabled customer of store
///   2, 6 vendor of 2, 7 a hidden customer of a company that is not there, 8 pending without an
///   e-mail address, 9 blocked, 10 deleted, 11 admin of store 2.
/// The key of each is its login and "-key".
class World {
 public:
  explicit World(const config::Cscart& settings = {});

  /// One for all cases that only read.
  static World& Shared();

  Reply Send(const Ask& ask);
  Reply Get(const std::string& target) { return Send({.target = target}); }
  /// The ids that GET /users with this query lists, in its order.
  std::vector<uint64_t> List(const std::string& query);
  /// The same, by id.
  std::vector<uint64_t> Ids(const std::string& query) { return List("sort_by=id&" + query); }
  /// Statements sent to the database by the last request.
  uint64_t LastStatements() const { return last_statements_; }
  void Execute(const std::string& sql) { database_.Execute(sql); }
  std::string AskDatabase(const std::string& sql) { return database_.Ask(sql); }
  db::Connection& Connection() { return connection_; }
  directory::CredentialEpoch& Epoch() { return epoch_; }
  std::vector<std::string>& Events() { return events_; }

 private:
  static config::Settings With(const config::Cscart& settings);
  void Fill();

  testing::TestDatabase database_;
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
  std::vector<std::string> events_;
  std::unique_ptr<Dialect> dialect_;
  uint64_t last_statements_ = 0;
};

/// The ids of the objects of a JSON list of users.
std::vector<uint64_t> UserIds(const fcgi::Value* users);

}  // namespace rosterd::cscart
