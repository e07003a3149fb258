#include "tests/bench/limits/database.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace limits {
namespace {

[[noreturn]] void Give(const char* what) {
  std::fprintf(stderr, "%s\n", what);
  std::exit(1);
}

void Check(MYSQL_STMT* statement, int failed) {
  if (failed != 0) Give(mysql_stmt_error(statement));
}

MYSQL_BIND TextParameter(const std::string& value) {
  MYSQL_BIND bind{};
  bind.buffer_type = MYSQL_TYPE_STRING;
  bind.buffer = const_cast<char*>(value.data());
  bind.buffer_length = value.size();
  return bind;
}

}  // namespace

Database::Database(const std::string& socket, const std::string& name)
    : connection_(mysql_init(nullptr)) {
  mysql_options(connection_, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  if (mysql_real_connect(connection_, nullptr, nullptr, nullptr, name.c_str(), 0, socket.c_str(),
                         0) == nullptr) {
    Give(mysql_error(connection_));
  }
}

Database::~Database() { mysql_close(connection_); }

MYSQL_STMT* Database::Prepare(std::string_view sql) {
  MYSQL_STMT* statement = mysql_stmt_init(connection_);
  Check(statement, mysql_stmt_prepare(statement, sql.data(), sql.size()));
  return statement;
}

void Database::Execute(MYSQL_STMT* statement, std::span<const std::string> values) {
  std::vector<MYSQL_BIND> binds;
  for (const std::string& value : values) binds.push_back(TextParameter(value));
  Check(statement, mysql_stmt_bind_param(statement, binds.data()));
  Check(statement, mysql_stmt_execute(statement));
}

Row::Row(MYSQL_STMT* select)
    : select_(select), cells_(mysql_stmt_field_count(select)), binds_(cells_.size(), MYSQL_BIND{}) {
  for (size_t i = 0; i < cells_.size(); ++i) {
    binds_[i].buffer_type = MYSQL_TYPE_STRING;
    binds_[i].buffer = cells_[i].bytes;
    binds_[i].buffer_length = sizeof cells_[i].bytes;
    binds_[i].length = &cells_[i].length;
    binds_[i].is_null = &cells_[i].is_null;
  }
  Check(select_, mysql_stmt_bind_result(select_, binds_.data()));
}

bool Row::Fetch(uint64_t id) {
  MYSQL_BIND parameter{};
  parameter.buffer_type = MYSQL_TYPE_LONGLONG;
  parameter.buffer = &id;
  parameter.is_unsigned = 1;
  Check(select_, mysql_stmt_bind_param(select_, &parameter));
  Check(select_, mysql_stmt_execute(select_));
  const int outcome = mysql_stmt_fetch(select_);
  if (outcome == 1) Give(mysql_stmt_error(select_));
  mysql_stmt_free_result(select_);
  return outcome != MYSQL_NO_DATA;
}

std::string_view Row::Text(size_t column) const {
  const Cell& cell = cells_[column];
  if (cell.is_null != 0) return {};
  return {cell.bytes, std::min<size_t>(cell.length, sizeof cell.bytes)};
}

}  // namespace limits
