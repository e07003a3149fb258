#include "db/migrator.h"

#include <algorithm>
#include <array>
#include <map>

#include "db/failure.h"
#include "db/link.h"
#include "db/migration_file.h"

namespace rosterd::db {
namespace {

constexpr int kLockWait = 60;  // seconds

constexpr std::string_view kCreateTable =
    "CREATE TABLE IF NOT EXISTS schema_version ("
    " version INT UNSIGNED NOT NULL,"
    " name VARCHAR(255) NOT NULL,"
    " sha256 CHAR(64) NOT NULL,"
    " applied_at DATETIME(6) NOT NULL,"
    " PRIMARY KEY (version)"
    ") ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci";

constexpr std::string_view kTakeLock = "SELECT GET_LOCK('rosterd.migrate', ?)";
constexpr std::string_view kFreeLock = "DO RELEASE_LOCK('rosterd.migrate')";
constexpr std::string_view kLimitLocks = "SET lock_wait_timeout = 60";

constexpr std::string_view kApplied =
    "SELECT version, sha256 FROM schema_version ORDER BY version LIMIT 10000";
constexpr std::string_view kRecord =
    "INSERT INTO schema_version (version, name, sha256, applied_at) VALUES (?, ?, ?, ?)";

constexpr std::string_view kHasTable =
    "SELECT COUNT(*) FROM information_schema.tables"
    " WHERE table_schema = DATABASE() AND table_name = 'schema_version'";
constexpr std::string_view kVersion = "SELECT MAX(version) FROM schema_version";

// Column, key or foreign key of an ALTER TABLE is already there, or already gone.
constexpr std::array<unsigned, 4> kAlreadyDone = {1060, 1061, 1091, 1826};

using Applied = std::map<int, std::string>;  // version → SHA-256

std::string OneLine(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

// The first host that answers. The text of the last failure when none does.
Result<std::unique_ptr<Link>, std::string> Connect(const config::Database& settings, Meter& meter) {
  std::vector<std::string> hosts = settings.hosts;
  if (hosts.empty()) hosts.emplace_back();
  std::string complaint;
  for (const std::string& host : hosts) {
    try {
      return std::make_unique<Link>(settings, host, Link::Purpose::kMigration, meter);
    } catch (const Failure& failure) {
      complaint = failure.what();
    }
  }
  return "cannot connect to database " + settings.name + ": " + OneLine(complaint);
}

bool TakeLock(Link& link) {
  Rows rows = link.Query(kTakeLock, kLockWait);
  return rows.Next() && rows.Flag(0);
}

Applied ReadApplied(Link& link) {
  Applied applied;
  Rows rows = link.Query(kApplied);
  while (rows.Next()) applied.emplace(static_cast<int>(rows.Number(0)), rows.Text(1));
  return applied;
}

int Highest(const Applied& applied) { return applied.empty() ? 0 : applied.rbegin()->first; }

bool IsAlreadyDone(const MigrationStatement& statement, unsigned code) {
  return statement.sql.starts_with("ALTER TABLE") &&
         std::ranges::find(kAlreadyDone, code) != kAlreadyDone.end();
}

Result<void, std::string> Apply(Link& link, const MigrationFile& file) {
  for (const MigrationStatement& statement : file.statements) {
    try {
      link.ExecuteText(statement.sql);
    } catch (const Failure& failure) {
      if (IsAlreadyDone(statement, failure.Code())) continue;
      return file.name + ":" + std::to_string(statement.line) + ": " + OneLine(failure.what());
    }
  }
  link.Execute(kRecord, file.version, file.name, file.sha256, Now());
  return {};
}

Result<Migrated, std::string> ApplyMissing(Link& link, const std::vector<MigrationFile>& files) {
  link.ExecuteText(kCreateTable);
  Applied applied = ReadApplied(link);
  for (const MigrationFile& file : files) {
    const auto found = applied.find(file.version);
    if (found != applied.end() && found->second != file.sha256) {
      return file.name + ": was changed after it had been applied";
    }
  }
  const int from = Highest(applied);
  for (const MigrationFile& file : files) {
    if (applied.contains(file.version)) continue;
    const auto done = Apply(link, file);
    if (!done) return done.error();
    applied.emplace(file.version, file.sha256);
  }
  return Migrated{from, Highest(applied)};
}

Result<Migrated, std::string> MigrateLocked(Link& link, const std::vector<MigrationFile>& files) {
  link.ExecuteText(kLimitLocks);
  if (!TakeLock(link)) {
    return "another migration is running: no lock after " + std::to_string(kLockWait) + " seconds";
  }
  auto migrated = ApplyMissing(link, files);
  link.ExecuteText(kFreeLock);
  return migrated;
}

}  // namespace

Result<Migrated, std::string> Migrate(const config::Database& settings) {
  const auto files = ReadMigrations(settings.migrations);
  if (!files) return files.error();
  if (files->empty()) return settings.migrations + ": holds no migration";

  Meter meter;
  auto link = Connect(settings, meter);
  if (!link) return link.error();
  try {
    return MigrateLocked(**link, *files);
  } catch (const Failure& failure) {
    return OneLine(failure.what());
  }
}

StoreResult<int> SchemaVersion(Connection& connection) {
  return connection.Read([](Session& session) -> StoreResult<int> {
    Rows tables = session.Query(kHasTable);
    if (!tables.Next() || !tables.Flag(0)) return 0;
    Rows rows = session.Query(kVersion);
    return rows.Next() ? static_cast<int>(rows.Number(0)) : 0;
  });
}

}  // namespace rosterd::db
