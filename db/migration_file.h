#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "db/result.h"

namespace rosterd::db {

/// One statement of a migration, without its ';', and the line that it starts on.
struct MigrationStatement {
  std::string sql;
  int line = 0;
};

/// A file NNNN_name.sql.
struct MigrationFile {
  int version = 0;
  std::string name;    ///< of the file
  std::string sha256;  ///< of its bytes, 64 hex digits
  std::vector<MigrationStatement> statements;
};

/// The migrations of a folder by version; other files are left alone. Refused, in one line: a
/// folder or file that cannot be read, two files of one version, a statement without an end.
Result<std::vector<MigrationFile>, std::string> ReadMigrations(const std::filesystem::path& folder);

/// Splits at ';' at the end of a line; lines that begin with "--" are comments. The error is the
/// line of a statement that has no end.
Result<std::vector<MigrationStatement>, int> SplitStatements(std::string_view text);

}  // namespace rosterd::db
