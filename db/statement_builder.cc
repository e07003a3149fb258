#include "db/connection.h"

namespace rosterd::db {

StatementBuilder& StatementBuilder::Value(Parameter value) {
  sql_ += '?';
  parameters_.push_back(std::move(value));
  return *this;
}

StatementBuilder& StatementBuilder::Values(std::span<const uint64_t> values) {
  for (size_t i = 0; i < values.size(); ++i) {
    if (i > 0) sql_ += ',';
    Value(values[i]);
  }
  return *this;
}

StatementBuilder& StatementBuilder::Values(std::span<const std::string> values) {
  for (size_t i = 0; i < values.size(); ++i) {
    if (i > 0) sql_ += ',';
    Value(values[i]);
  }
  return *this;
}

StatementBuilder& StatementBuilder::Append(const StatementBuilder& other) {
  sql_ += other.sql_;
  parameters_.insert(parameters_.end(), other.parameters_.begin(), other.parameters_.end());
  return *this;
}

std::string ContainsPattern(std::string_view text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + '%';
}

}  // namespace rosterd::db
