#pragma once

#include <functional>
#include <string>
#include <variant>

#include "db/connection.h"
#include "tests/support/test_database.h"

namespace rosterd::db {

using Nothing = StoreResult<std::monostate>;

/// Runs `work` as a transaction that succeeds unless a statement of it fails.
inline Nothing Do(Connection& connection, const std::function<void(Session&)>& work) {
  return connection.Transaction([&](Session& session) -> Nothing {
    work(session);
    return std::monostate{};
  });
}

/// The first column of the first row of a query, as a unit of work that reads.
inline StoreResult<std::string> Ask(Connection& connection, std::string_view sql) {
  return connection.Read([&](Session& session) -> StoreResult<std::string> {
    Rows rows = session.Query(sql);
    return rows.Next() ? rows.Text(0) : std::string();
  });
}

/// A schema with one table of two rows, (1, '') and (2, ''), and a connection to it.
struct Notes {
  Notes() {
    database.Execute("CREATE TABLE notes (id BIGINT UNSIGNED PRIMARY KEY, text VARCHAR(20) NULL)");
    database.Execute("INSERT INTO notes VALUES (1, ''), (2, '')");
  }
  std::string TextOf(int id) {
    return database.Ask("SELECT text FROM notes WHERE id = " + std::to_string(id));
  }
  testing::TestDatabase database{testing::TestDatabase::Schema::kEmpty};
  Connection connection{database.Settings()};
};

inline constexpr std::string_view kWrite = "UPDATE notes SET text = ? WHERE id = ?";

}  // namespace rosterd::db
