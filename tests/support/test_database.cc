#include "tests/support/test_database.h"

#include <atomic>
#include <stdexcept>

#include "db/migrator.h"
#include "db/tally.h"

namespace rosterd::testing {
namespace {

std::string NextName() {
  static std::atomic<int> number{0};
  return "test_" + std::to_string(++number);
}

config::Database SettingsOf(const MariadbServer& server, const std::string& name) {
  config::Database settings;
  settings.defaults_file = server.DefaultsFile();
  settings.defaults_group = "rosterd";
  settings.hosts = {server.Socket()};
  settings.name = name;
  settings.migrations = MigrationsFolder();
  return settings;
}

// Runs a statement and gives the first column of its first row, if it has rows.
std::string Run(db::Connection& connection, const std::string& sql, bool has_rows) {
  const auto answer = connection.Read([&](db::Session& session) -> db::StoreResult<std::string> {
    if (!has_rows) {
      session.Execute(sql);
      return std::string();
    }
    db::Rows rows = session.Query(sql);
    return rows.Next() ? rows.Text(0) : std::string();
  });
  if (answer) return *answer;
  throw std::runtime_error("store error " + std::to_string(static_cast<int>(answer.error())) +
                           " of: " + sql);
}

/// Whether a statement may move persons from one cell of the tallies to another.
bool MovesPersons(const std::string& sql) {
  if (sql.find(" users") == std::string::npos) return false;
  if (!sql.starts_with("UPDATE")) return true;
  for (const char* column :
       {"status", "blocked", "deleted_at", "user_type", "company_id", "locked"}) {
    if (sql.find(column) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TestDatabase::TestDatabase(Schema schema, MariadbServer& server)
    : server_(server), settings_(SettingsOf(server, NextName())), connection_(settings_) {
  db::Connection creator(SettingsOf(server, "mysql"));
  Run(creator,
      "CREATE DATABASE " + settings_.name +
          " DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci",
      /*has_rows=*/false);
  if (schema == Schema::kEmpty) return;
  const auto migrated = db::Migrate(settings_);
  if (!migrated) throw std::runtime_error(migrated.error());
  migrated_ = true;
}

TestDatabase::~TestDatabase() {
  try {
    Execute("DROP DATABASE " + settings_.name);
  } catch (
      const std::exception&) {  // NOLINT(bugprone-empty-catch): the test has stopped the server
  }
}

void TestDatabase::Execute(const std::string& sql) {
  // Suites empty the schema between their tests: what the last one did is looked at here.
  if (migrated_ && sql == "DELETE FROM users" && CorrectTallies() != 0) {
    throw std::runtime_error("the test before this one left tallies that COUNT(*) contradicts");
  }
  Run(connection_, sql, /*has_rows=*/false);
  const bool writes =
      sql.starts_with("INSERT") || sql.starts_with("UPDATE") || sql.starts_with("DELETE");
  if (!migrated_ || !writes) return;
  if (MovesPersons(sql)) CorrectTallies();
  Run(connection_,
      "INSERT INTO tallies VALUES ('version', '', 99, 1)"
      " ON DUPLICATE KEY UPDATE amount = amount + 1",
      /*has_rows=*/false);
}

uint64_t TestDatabase::CorrectTallies() {
  const auto wrong = db::Tallies::Recount(settings_);
  if (!wrong) throw std::runtime_error("the tallies cannot be counted");
  return *wrong;
}

std::string TestDatabase::Ask(const std::string& sql) {
  return Run(connection_, sql, /*has_rows=*/true);
}

std::filesystem::path MigrationsFolder() {
  return std::filesystem::path(ROSTERD_SOURCE_DIR) / "db" / "migrations";
}

}  // namespace rosterd::testing
