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

namespace rosterd::timeslot {

/// One request of a test.
struct Ask {
  std::string target;  ///< path and query
  std::string method = "GET";
  std::string token = "mira-token";  ///< "" = no Authorization header
  std::string body = {};
  std::string content_type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string address = "192.0.2.1";
  bool https = true;
};

/// What came back.
struct Reply {
  int status = 0;
  std::string body;
  fcgi::Response response;

  std::string Header(std::string_view name) const;
  /// The body as JSON; throws when it is none.
  fcgi::Value Json() const;
  /// The JSON spelling of one member of the body, "none" when it has none: for short assertions.
  std::string operator[](std::string_view key) const;
};

/// The dialect on an empty schema of the shared test server; one at a time. Persons (the token of
/// each is its name and "-token"; the password of all is "s3cret-tea"):
///    217  seed, as on the published page (its token is 9D6fucJrGle3yY2WSfeNCE9xD8k)
///   4680  jonas, 4702 ada, 4711 mira, 4712 paul (a telephone number and no e-mail address)
///   4800  gone (deleted), 4801 blocked, 4802 shopper (made by another dialect)
/// mira and jonas are friends (mira asked), ada asked mira; mira is in groups 31 and 44.
/// Host is api.example.net.
class World {
 public:
  explicit World(const config::Timeslot& settings = {});
  explicit World(const config::Settings& settings);

  /// One for all cases that only read, on a schema of its own.
  static World& Shared();

  Reply Send(const Ask& ask);
  Reply Get(const std::string& target, const std::string& token = "mira-token") {
    return Send({.target = target, .token = token});
  }
  Reply Post(const std::string& target, const std::string& json,
             const std::string& token = "mira-token") {
    return Send({.target = target, .method = "POST", .token = token, .body = json});
  }
  Reply Patch(const std::string& json, const std::string& token = "mira-token") {
    return Send({.target = "/v1/users", .method = "PATCH", .token = token, .body = json});
  }
  Reply Form(const std::string& method, const std::string& target, const std::string& body,
             const std::string& token = "mira-token") {
    return Send({.target = target,
                 .method = method,
                 .token = token,
                 .body = body,
                 .content_type = "application/x-www-form-urlencoded"});
  }

  void Execute(const std::string& sql) { database_.Execute(sql); }
  std::string AskDatabase(const std::string& sql) { return database_.Ask(sql); }
  /// For further connections.
  const config::Database& DatabaseSettings() const { return database_.Settings(); }
  Dialect& Api() { return *dialect_; }
  const Services& Parts() const { return *services_; }
  directory::Persons& Persons() { return persons_; }
  db::Connection& Connection() { return connection_; }
  std::vector<std::string>& Events() { return events_; }

 private:
  World(const config::Settings& settings, testing::TestDatabase& database);
  void Fill();

  testing::TestDatabase& database_;
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
};

}  // namespace rosterd::timeslot
