#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "config/settings.h"
#include "db/bedita/attributes.h"
#include "db/bedita/record_store.h"
#include "db/result.h"
#include "fcgi/value.h"
#include "handlers/bedita/problem.h"

namespace rosterd::bedita {

/// What a request wants to write of a user.
struct UserFields {
  /// By user::Index. Outside: whether it was sent; inside: the value as the store has it, nothing
  /// for null.
  std::array<std::optional<std::optional<std::string>>, db::bedita::user::kCount> values;
  std::optional<std::string> password;  ///< a new one, in plain; never empty
  std::optional<bool> blocked;          ///< of `meta`
  std::optional<bool> locked;           ///< of `meta`

  bool Sent(db::bedita::user::Index index) const { return values.at(index).has_value(); }
  /// The text that was sent; empty for null and when nothing was.
  std::string Text(db::bedita::user::Index index) const;
};

/// How attributes are read.
struct FieldRules {
  const config::Settings& settings;
  bool creating = false;
  /// The stored user: a value sent back as it is was allowed once, and is not checked again.
  const db::bedita::Record* stored = nullptr;
  /// Names that are treated as unknown.
  std::vector<std::string_view> ignored = {};
};

/// Reads `attributes`; unknown and read-only ones are ignored. 400 `Invalid data` with all broken
/// rules together, or the title of a reserved word or of the password policy. Contract: sections
/// 8.1, 8.3 and 8.4.
Result<UserFields, Problem> ReadUserFields(const fcgi::Value& attributes, const FieldRules& rules);

/// `meta.blocked` and `meta.locked`, which administrators write: 8.7.
std::optional<Problem> ReadUserMeta(const fcgi::Value& meta, UserFields& fields);

/// The JSON text of a value, as it came.
std::string ToJsonText(const fcgi::Value& value);

}  // namespace rosterd::bedita
