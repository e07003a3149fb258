#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/bedita/attributes.h"
#include "db/connection.h"

namespace rosterd::db::bedita {

/// Stands for the id where the position of an attribute is asked for.
inline constexpr size_t kId = SIZE_MAX;

enum class Compare {
  kEqual,  ///< with several values: one of them
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kNull,
  kNotNull,
};

/// One attribute compared with values that are written as the store has them: words of the status,
/// "2026-03-01 12:08:02", "1". No value at all is met by nobody.
struct Condition {
  size_t attribute = kId;
  Compare compare = Compare::kEqual;
  std::vector<std::string> values;
};

/// Roles by id or by name.
struct RoleNames {
  std::vector<uint64_t> ids;
  std::vector<std::string> names;
};

/// Which statuses are shown at all.
enum class Level { kAll, kDraft, kOn };

/// Which users or roles a list holds; everything in it must be met.
struct ListFilter {
  bool nothing = false;  ///< a condition that nobody meets
  bool trash = false;    ///< users: deleted ones that are not locked, in place of the living
  Level level = Level::kAll;
  std::vector<Condition> conditions;
  std::vector<std::string> words;               ///< each is contained in the searched texts
  Choice searched;                              ///< those texts
  std::optional<std::vector<uint64_t>> found;   ///< set by Narrow: nobody else is meant
  std::optional<RoleNames> with_roles;          ///< users that have one of these
  std::optional<uint64_t> of_role;              ///< users that have this one
  std::optional<uint64_t> of_user;              ///< roles of this user
  std::vector<std::vector<uint64_t>> of_users;  ///< roles of one of these users; of each list
};

/// The order of a list; equal ones by id.
struct ListOrder {
  size_t attribute = kId;
  bool descending = false;
};

/// A text put together from constants and the values for its placeholders.
class Clause {
 public:
  Clause& Add(Literal literal) {
    builder_.Add(literal);
    return *this;
  }
  /// Appends "?" and its value.
  Clause& Value(Parameter value);
  /// Appends "(?,?,?)" and the values; at least one.
  template <typename Item>
  Clause& Values(const std::vector<Item>& values) {
    builder_.Add("(");
    for (size_t i = 0; i < values.size(); ++i) {
      if (i > 0) builder_.Add(",");
      Value(values[i]);
    }
    builder_.Add(")");
    return *this;
  }
  Clause& Append(const Clause& other);
  Clause& Append(const StatementBuilder& other);

  Rows Query(Session& session) const { return builder_.Query(session); }
  Changed Execute(Session& session) const { return builder_.Execute(session); }
  std::string_view Sql() const { return builder_.Sql(); }
  const StatementBuilder& Builder() const { return builder_; }

 private:
  StatementBuilder builder_;
};

/// The same filter, limited to whom the search index finds where it helps. It holds for what a
/// request reads now.
ListFilter Narrow(Session& session, const Resource& resource, ListFilter filter);

/// " WHERE …" over `users u` or `bedita_roles r`.
Clause WhereClause(const Resource& resource, const ListFilter& filter);
/// Met by the user with this unique name: its own, or "user-<id>" when it has none.
Clause UnameCondition(std::string_view uname);

/// The pattern of "contains" for LIKE, where "_" keeps meaning any one character.
std::string SearchPattern(std::string_view word);

}  // namespace rosterd::db::bedita
