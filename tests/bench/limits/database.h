#pragma once

#include <mysql.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace limits {

/// One connection to the database over its unix socket, as root. Failures end the program: a limit
/// that fails says nothing.
class Database {
 public:
  Database(const std::string& socket, const std::string& name);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Prepares a statement; it is closed with the connection.
  MYSQL_STMT* Prepare(std::string_view sql);
  /// Runs a prepared statement with texts as its parameters.
  static void Execute(MYSQL_STMT* statement, std::span<const std::string> values);

 private:
  MYSQL* connection_;
};

/// The columns of a prepared select, bound once: all as text, at most 255 bytes of each.
class Row {
 public:
  explicit Row(MYSQL_STMT* select);

  /// Runs the select for one id; false when there is no row.
  bool Fetch(uint64_t id);
  size_t Columns() const { return cells_.size(); }
  std::string_view Text(size_t column) const;

 private:
  struct Cell {
    char bytes[256];
    unsigned long length;
    my_bool is_null;
  };

  MYSQL_STMT* select_;
  std::vector<Cell> cells_;
  std::vector<MYSQL_BIND> binds_;
};

}  // namespace limits
