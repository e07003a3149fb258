#pragma once

#include <string>
#include <vector>

#include "db/connection.h"

namespace rosterd::db {

/// What `rosterctl migrate` did.
struct Migrated {
  int from = 0;
  int to = 0;
};

/// Applies the files NNNN_name.sql of a folder, in their order, that the database does not have
/// yet, each recorded in schema_version (with its SHA-256: a file changed after it was applied is
/// refused), all under GET_LOCK so that two hosts cannot migrate at once. Statements end with ';'
/// at the end of a line. MySQL commits DDL at once: a file that failed half-way is applied again
/// from its start, so every statement in it must bear that: CREATE … IF NOT EXISTS, and one ALTER
/// TABLE whose refusal because the column or key is already there (1060, 1061, 1826) or already
/// gone (1091) means that it is done. Refusals are one line of English, for the operator.
Result<Migrated, std::string> Migrate(const config::Database& settings);

/// The schema's version and the one that this program needs (kSchemaVersion), for `status` and
/// readiness. 0 for an empty database; kUnavailable when none answers.
StoreResult<int> SchemaVersion(Connection& connection);

/// The last migration that this program was written for. It serves on this and newer ones.
inline constexpr int kSchemaVersion = 13;

}  // namespace rosterd::db
