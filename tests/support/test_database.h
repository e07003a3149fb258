#pragma once

#include <filesystem>
#include <string>

#include "config/settings.h"
#include "db/connection.h"
#include "tests/support/mariadb_server.h"

namespace rosterd::testing {

/// A fresh schema on a private server, dropped at the end.
class TestDatabase {
 public:
  enum class Schema { kMigrated, kEmpty };

  /// With all migrations of the source tree applied, or with nothing in it.
  explicit TestDatabase(Schema schema = Schema::kMigrated,
                        MariadbServer& server = MariadbServer::Shared());
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  /// For db::Connection and whatever else is told where the database is.
  const config::Database& Settings() const { return settings_; }
  MariadbServer& Server() { return server_; }

  /// Runs one statement in the schema, as root; throws when it fails. What it writes is written
  /// past the program, so the version of the lists and the tallies are made to follow. "DELETE FROM
  /// users" throws when the program had not kept the tallies until then.
  void Execute(const std::string& sql);
  /// How many cells of the tallies are not what COUNT(*) says; they are corrected.
  uint64_t CorrectTallies();
  /// The first column of the first row of a query as root; empty when there is none.
  std::string Ask(const std::string& sql);

 private:
  MariadbServer& server_;
  bool migrated_ = false;
  config::Database settings_;
  db::Connection connection_;
};

/// The migrations of the source tree.
std::filesystem::path MigrationsFolder();

}  // namespace rosterd::testing
