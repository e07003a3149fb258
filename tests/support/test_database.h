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

  /// Runs one statement in the schema, as root; throws when it fails.
  void Execute(const std::string& sql);
  /// The first column of the first row of a query as root; empty when there is none.
  std::string Ask(const std::string& sql);

 private:
  MariadbServer& server_;
  config::Database settings_;
  db::Connection connection_;
};

/// The migrations of the source tree.
std::filesystem::path MigrationsFolder();

}  // namespace rosterd::testing
