#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "db/audit.h"
#include "db/credentials.h"
#include "directory/credentials.h"
#include "directory/password.h"
#include "directory/persons.h"
#include "directory/secrets.h"
#include "directory/sign_in.h"
#include "directory/throttle.h"
#include "tests/support/test_database.h"

namespace rosterd::directory {

inline constexpr std::string_view kMd5OfCustomer = "91ec1f9324753048c0096d036a694f86";
inline constexpr std::string_view kBcryptOfSecret1 =
    "$2y$10$hAzBbrWa7YBcL1VR7OwRiOPrv92gLe/8HzR2U6NAPoHBFv.KYANa2";

/// The schema of this test program, without a row in the tables of the directory. Emptying it takes
/// milliseconds, migrating another one more than a second.
inline rosterd::testing::TestDatabase& EmptiedDatabase() {
  static rosterd::testing::TestDatabase database;
  for (const char* table : {"credentials", "users", "audit", "throttle", "mail_outbox"}) {
    database.Execute(std::string("DELETE FROM ") + table);
  }
  return database;
}

/// A whole directory on an empty schema of the shared test server; one at a time.
class World {
 public:
  explicit World(config::Directory settings = {})
      : database(EmptiedDatabase()),
        connection(database.Settings()),
        persons(connection, settings, epoch),
        credentials(connection, epoch),
        passwords(CheapHashes(), slots),
        sign_in(connection, passwords, throttle) {
    InitialiseSecrets();
  }

  /// The id of a new person; its password is none.
  UserId Add(std::string username, std::optional<std::string> email = std::nullopt) {
    NewPerson person;
    person.person.username = std::move(username);
    person.person.email = std::move(email);
    const auto id = persons.Create(actor, std::move(person));
    if (!id) throw std::runtime_error("the person of the test was refused");
    return *id;
  }

  db::Person Find(UserId id) {
    using Found = std::optional<db::Person>;
    const auto found = connection.Read([&](db::Session& session) -> db::StoreResult<Found> {
      return db::PersonStore::Find(session, id);
    });
    return found.value().value();
  }

  /// "action fields" of what the audit holds about a person, oldest first.
  std::vector<std::string> AuditOf(UserId id) {
    std::vector<std::string> lines;
    for (const db::AuditRow& row : AuditRows(id)) {
      lines.insert(lines.begin(), row.action + " " + row.fields);
    }
    return lines;
  }

  std::vector<db::AuditRow> AuditRows(UserId id) {
    using Rows = std::vector<db::AuditRow>;
    const auto rows = connection.Read([&](db::Session& session) -> db::StoreResult<Rows> {
      return db::AuditStore::List(session, id, std::nullopt, 100);
    });
    return rows.value();
  }

  uint64_t Issue(UserId user, std::string kind, std::string secret = "secret") {
    Credentials::Request request;
    request.dialect = "test";
    request.kind = std::move(kind);
    request.user = user;
    const auto issued = credentials.Issue(actor, request, std::move(secret));
    if (!issued) throw std::runtime_error("the credential of the test was refused");
    return issued->id;
  }

  /// The kinds of a person's live credentials, oldest first.
  std::vector<std::string> LiveKinds(UserId user) {
    using List = std::vector<db::Credential>;
    const auto live = connection.Read([&](db::Session& session) -> db::StoreResult<List> {
      return db::CredentialStore::OfUser(session, user, "", "", db::Now());
    });
    std::vector<std::string> kinds;
    for (const db::Credential& credential : live.value()) kinds.push_back(credential.kind);
    return kinds;
  }

  /// Sets something of a person as an edit does.
  template <typename Change>
  Outcome<db::Person> Edit(UserId id, Change change) {
    return persons.Update(
        actor, id,
        [&](db::Session&, db::Person& person, EditExtras& extras) -> Outcome<std::monostate> {
          change(person, extras);
          return std::monostate();
        });
  }

  rosterd::testing::TestDatabase& database;
  db::Connection connection;
  CredentialEpoch epoch;
  HashSlots slots;
  Throttle throttle{true};
  Persons persons;
  Credentials credentials;
  Passwords passwords;
  SignIn sign_in;
  Actor actor{"test", {}, "key:17", "127.0.0.1", "request-1"};

 private:
  static config::Password CheapHashes() {
    config::Password settings;
    settings.memory = 1U << 20U;
    settings.iterations = 1;
    return settings;
  }
};

/// Succeeds when an outcome is a refusal of this kind.
template <typename T>
::testing::AssertionResult IsRefusal(const Outcome<T>& outcome, Refusal::Kind kind) {
  if (outcome) return ::testing::AssertionFailure() << "it was not refused";
  if (outcome.error() == kind) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << "refused as " << static_cast<int>(outcome.error().kind);
}

}  // namespace rosterd::directory
