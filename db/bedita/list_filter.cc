#include "db/bedita/list_filter.h"

#include <algorithm>
#include <array>
#include <utility>

#include "db/ids.h"
#include "db/search_grams.h"
#include "db/search_index.h"
#include "db/search_texts.h"

namespace rosterd::db::bedita {
namespace {

bool IsUsers(const Resource& resource) { return &resource == &Users(); }

Literal IdColumn(const Resource& resource) {
  return IsUsers(resource) ? Literal("u.id") : Literal("r.id");
}

Literal Shown(const Resource& resource, size_t attribute) {
  return attribute == kId ? IdColumn(resource) : resource.attributes[attribute].shown;
}

Kind KindOf(const Resource& resource, size_t attribute) {
  return attribute == kId ? Kind::kNumber : resource.attributes[attribute].kind;
}

Literal Operator(Compare compare) {
  switch (compare) {
    case Compare::kNotEqual:
      return " <> ";
    case Compare::kLess:
      return " < ";
    case Compare::kLessEqual:
      return " <= ";
    case Compare::kGreater:
      return " > ";
    case Compare::kGreaterEqual:
      return " >= ";
    default:
      return " = ";
  }
}

/// Conditions joined by AND.
class Conditions {
 public:
  Clause& Next() {
    clause_.Add(any_ ? Literal(" AND ") : Literal(" WHERE "));
    any_ = true;
    return clause_;
  }
  const Clause& Whole() const { return clause_; }

 private:
  Clause clause_;
  bool any_ = false;
};

// Moments are shown in whole seconds, and compared so: what is stored may lie within the second.
void AddMoment(Clause& clause, const Attribute& attribute, Compare compare,
               const std::string& value) {
  if (!attribute.sorted.text.empty()) {
    // The whole seconds themselves, over the index of the order.
    clause.Add(attribute.sorted).Add(Operator(compare));
    clause.Add("TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', ").Value(value).Add(")");
    return;
  }
  const Literal column = attribute.shown;
  switch (compare) {
    case Compare::kEqual:
      clause.Add("(").Add(column).Add(" >= ").Value(value).Add(" AND ").Add(column);
      clause.Add(" < ").Value(value).Add(" + INTERVAL 1 SECOND)");
      return;
    case Compare::kNotEqual:
      clause.Add("(").Add(column).Add(" < ").Value(value).Add(" OR ").Add(column);
      clause.Add(" >= ").Value(value).Add(" + INTERVAL 1 SECOND)");
      return;
    case Compare::kLessEqual:
      clause.Add(column).Add(" < ").Value(value).Add(" + INTERVAL 1 SECOND");
      return;
    case Compare::kGreater:
      clause.Add(column).Add(" >= ").Value(value).Add(" + INTERVAL 1 SECOND");
      return;
    default:
      clause.Add(column).Add(Operator(compare)).Value(value);
      return;
  }
}

void AddMoments(Clause& clause, const Attribute& attribute, const Condition& condition) {
  clause.Add("(");
  for (size_t i = 0; i < condition.values.size(); ++i) {
    if (i > 0) clause.Add(" OR ");
    AddMoment(clause, attribute, condition.compare, condition.values[i]);
  }
  clause.Add(")");
}

/// A status, and as SQL has it.
struct StatusWord {
  std::string_view word;
  Literal sql;
};
constexpr std::array<StatusWord, 3> kStatusWords = {{
    {"on", "'on'"},
    {"draft", "'draft'"},
    {"off", "'off'"},
}};

bool Holds(Compare compare, std::string_view word, const std::vector<std::string>& values) {
  const auto order = [&](const std::string& value) {
    std::string lower = value;
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return word.compare(lower);
  };
  if (compare == Compare::kNull || values.empty()) return compare == Compare::kNotNull;
  const int first = order(values.front());
  switch (compare) {
    case Compare::kNotNull:
      return true;
    case Compare::kNotEqual:
      return first != 0;
    case Compare::kLess:
      return first < 0;
    case Compare::kLessEqual:
      return first <= 0;
    case Compare::kGreater:
      return first > 0;
    case Compare::kGreaterEqual:
      return first >= 0;
    default:
      return std::any_of(values.begin(), values.end(),
                         [&](const std::string& value) { return order(value) == 0; });
  }
}

// Words of clients never meet the column: there are three, so it is known which ones hold.
void AddStatuses(Clause& clause, const Condition& condition) {
  bool any = false;
  for (const StatusWord& status : kStatusWords) {
    if (!Holds(condition.compare, status.word, condition.values)) continue;
    clause.Add(any ? Literal(", ") : Literal("u.bedita_status IN (")).Add(status.sql);
    any = true;
  }
  clause.Add(any ? Literal(")") : Literal("FALSE"));
}

void AddCondition(Conditions& conditions, const Resource& resource, const Condition& condition) {
  const Literal column = Shown(resource, condition.attribute);
  Clause& clause = conditions.Next();
  if (KindOf(resource, condition.attribute) == Kind::kStatus) {
    AddStatuses(clause, condition);
  } else if (condition.compare == Compare::kNull) {
    clause.Add(column).Add(" IS NULL");
  } else if (condition.compare == Compare::kNotNull) {
    clause.Add(column).Add(" IS NOT NULL");
  } else if (condition.values.empty()) {
    clause.Add("FALSE");
  } else if (KindOf(resource, condition.attribute) == Kind::kDateTime) {
    AddMoments(clause, resource.attributes[condition.attribute], condition);
  } else if (condition.compare == Compare::kEqual && condition.values.size() > 1) {
    clause.Add(column).Add(" IN ").Values(condition.values);
  } else {
    clause.Add(column).Add(Operator(condition.compare)).Value(condition.values.front());
  }
}

void AddSearch(Conditions& conditions, const Resource& resource, const ListFilter& filter) {
  Clause joined;
  joined.Add("CONCAT_WS(' '");
  for (size_t i = 0; i < resource.attributes.size(); ++i) {
    if (filter.searched.test(i)) joined.Add(", ").Add(resource.attributes[i].shown);
  }
  joined.Add(") LIKE ");
  for (const std::string& word : filter.words) {
    conditions.Next().Append(joined).Value(SearchPattern(word));
  }
}

void AddFound(Conditions& conditions, const std::vector<uint64_t>& found) {
  Clause& clause = conditions.Next();
  if (found.empty()) {
    clause.Add("FALSE");
    return;
  }
  clause.Add("u.id IN (SELECT f.listed FROM JSON_TABLE(").Value(JsonList(found));
  clause.Add(", '$[*]' COLUMNS (listed BIGINT UNSIGNED PATH '$')) f)");
}

void AddRoles(Conditions& conditions, const RoleNames& roles) {
  Clause& clause = conditions.Next();
  if (roles.ids.empty() && roles.names.empty()) {
    clause.Add("FALSE");
    return;
  }
  clause.Add(
      "u.id IN (SELECT l.user_id FROM bedita_user_roles l WHERE l.role_id IN (SELECT x.id"
      " FROM bedita_roles x WHERE ");
  if (!roles.ids.empty()) clause.Add("x.id IN ").Values(roles.ids);
  if (!roles.ids.empty() && !roles.names.empty()) clause.Add(" OR ");
  if (!roles.names.empty()) clause.Add("x.name IN ").Values(roles.names);
  clause.Add("))");
}

void AddLevel(Conditions& conditions, Level level) {
  if (level == Level::kOn) conditions.Next().Add("u.bedita_status = 'on'");
  if (level == Level::kDraft) conditions.Next().Add("u.bedita_status IN ('on', 'draft')");
}

void AddUsers(Conditions& conditions, const ListFilter& filter) {
  if (filter.trash) {
    conditions.Next().Add("u.deleted_at IS NOT NULL AND LENGTH(u.username) > 0");
    conditions.Next().Add("u.bedita_locked = 0");
  } else {
    conditions.Next().Add("u.deleted_at IS NULL");
    AddLevel(conditions, filter.level);
  }
  if (filter.found) AddFound(conditions, *filter.found);
  if (filter.with_roles) AddRoles(conditions, *filter.with_roles);
  if (filter.of_role) {
    conditions.Next()
        .Add("u.id IN (SELECT l.user_id FROM bedita_user_roles l WHERE l.role_id = ")
        .Value(*filter.of_role)
        .Add(")");
  }
}

void AddRolesOf(Conditions& conditions, const ListFilter& filter) {
  if (filter.of_user) {
    conditions.Next()
        .Add("r.id IN (SELECT l.role_id FROM bedita_user_roles l WHERE l.user_id = ")
        .Value(*filter.of_user)
        .Add(")");
  }
  for (const std::vector<uint64_t>& users : filter.of_users) {
    conditions.Next()
        .Add(
            "r.id IN (SELECT l.role_id FROM bedita_user_roles l JOIN users u ON u.id = l.user_id"
            " WHERE u.deleted_at IS NULL AND l.user_id IN ")
        .Values(users)
        .Add(")");
  }
}

constexpr std::string_view kMadeName = "user-";

/// The id in "user-17", as persons of other dialects are called.
std::optional<uint64_t> IdInName(std::string_view name) {
  if (!name.starts_with(kMadeName)) return std::nullopt;
  name.remove_prefix(kMadeName.size());
  const auto id = name.starts_with('0') ? std::nullopt : ParseId(name);
  return id;
}

}  // namespace

Clause& Clause::Value(Parameter value) {
  builder_.Value(std::move(value));
  return *this;
}

Clause& Clause::Append(const Clause& other) {
  builder_.Append(other.builder_);
  return *this;
}

Clause& Clause::Append(const StatementBuilder& other) {
  builder_.Append(other);
  return *this;
}

// The unique names, which the trash is searched for too, are not indexed.
ListFilter Narrow(Session& session, const Resource& resource, ListFilter filter) {
  if (!IsUsers(resource) || filter.trash || filter.words.empty() || filter.found) return filter;
  SearchTerms terms(SearchTerms::In::kJoined);
  for (std::string word : filter.words) {
    std::ranges::replace(word, '_', kTextEnd);  // any one character
    terms.Require(word);
  }
  filter.found = SearchIndex::Find(session, terms);
  return filter;
}

Clause WhereClause(const Resource& resource, const ListFilter& filter) {
  Conditions conditions;
  if (IsUsers(resource)) {
    AddUsers(conditions, filter);
  } else {
    AddRolesOf(conditions, filter);
  }
  if (filter.nothing) conditions.Next().Add("FALSE");
  for (const Condition& condition : filter.conditions) {
    AddCondition(conditions, resource, condition);
  }
  if (!filter.words.empty()) AddSearch(conditions, resource, filter);
  return conditions.Whole();
}

Clause UnameCondition(std::string_view uname) {
  Clause clause;
  const bool ascii = std::all_of(uname.begin(), uname.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!ascii) return clause.Add("FALSE");
  const auto id = IdInName(uname);
  clause.Add(id ? Literal("(u.bedita_uname = ") : Literal("u.bedita_uname = ")).Value(uname);
  if (id) clause.Add(" OR u.id = ").Value(*id).Add(" AND u.bedita_uname IS NULL)");
  return clause;
}

std::string SearchPattern(std::string_view word) {
  std::string pattern = "%";
  for (const char c : word) {
    if (c == '%' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + '%';
}

}  // namespace rosterd::db::bedita
