#include "db/cscart/user_filter.h"

#include <bit>

#include "db/search_grams.h"
#include "db/search_texts.h"

// NOLINTBEGIN(modernize-avoid-c-arrays): pieces of SQL are literals, as StatementBuilder takes
// them.
namespace rosterd::db::cscart {
namespace {

using Text = std::optional<std::string>;

/// Conditions joined by AND or by OR, written one after the other.
class Conditions {
 public:
  explicit Conditions(bool any) : any_(any) {}

  /// The builder to write the next condition into.
  StatementBuilder& Next() {
    if (!builder_.Empty()) any_ ? builder_.Add(" OR ") : builder_.Add(" AND ");
    return builder_;
  }
  bool Empty() const { return builder_.Empty(); }
  const StatementBuilder& Builder() const { return builder_; }

 private:
  bool any_;
  StatementBuilder builder_;
};

void AddNames(Conditions& conditions, const UserFilter& filter) {
  if (filter.two_names) {
    const std::string one = ContainsPattern(filter.two_names->first);
    const std::string two = ContainsPattern(filter.two_names->second);
    conditions.Next()
        .Add("((u.first_name LIKE ")
        .Value(one)
        .Add(" AND u.last_name LIKE ")
        .Value(two)
        .Add(") OR (u.first_name LIKE ")
        .Value(two)
        .Add(" AND u.last_name LIKE ")
        .Value(one)
        .Add("))");
  }
  if (filter.name) {
    const std::string pattern = ContainsPattern(*filter.name);
    conditions.Next()
        .Add("(u.first_name LIKE ")
        .Value(pattern)
        .Add(" OR u.last_name LIKE ")
        .Value(pattern)
        .Add(")");
  }
}

template <size_t size>
void AddContains(Conditions& conditions, const char (&column)[size], const Text& text) {
  if (text) conditions.Next().Add(column).Add(" LIKE ").Value(ContainsPattern(*text));
}

template <size_t first_size, size_t second_size>
void AddEither(Conditions& conditions, const char (&first)[first_size],
               const char (&second)[second_size], const Text& text) {
  if (!text) return;
  const std::string pattern = ContainsPattern(*text);
  conditions.Next()
      .Add("(")
      .Add(first)
      .Add(" LIKE ")
      .Value(pattern)
      .Add(" OR ")
      .Add(second)
      .Add(" LIKE ")
      .Value(pattern)
      .Add(")");
}

void AddStateCode(Conditions& conditions, const UserFilter& filter) {
  if (!filter.state_code) return;
  conditions.Next()
      .Add("(p.b_state = ")
      .Value(*filter.state_code)
      .Add(" OR p.s_state = ")
      .Value(*filter.state_code)
      .Add(")");
}

// What is contained in the columns of one profile.
Conditions OfProfile(const UserFilter& filter) {
  Conditions profile(filter.compact);
  AddEither(profile, "p.b_address", "p.s_address", filter.address);
  AddEither(profile, "p.b_zipcode", "p.s_zipcode", filter.zipcode);
  AddEither(profile, "p.b_country", "p.s_country", filter.country);
  AddEither(profile, "p.b_state", "p.s_state", filter.state);
  AddEither(profile, "p.b_city", "p.s_city", filter.city);
  return profile;
}

void AddHasProfile(Conditions& conditions, const Conditions& profile, bool person_by_person) {
  if (profile.Empty()) return;
  if (person_by_person) {
    conditions.Next()
        .Add("(SELECT 1 FROM cscart_profiles p WHERE p.user_id = u.id AND (")
        .Append(profile.Builder())
        .Add(") LIMIT 1) = 1");
    return;
  }
  conditions.Next()
      .Add("u.id IN (SELECT p.user_id FROM cscart_profiles p WHERE ")
      .Append(profile.Builder())
      .Add(")");
}

void AddFreeTexts(Conditions& conditions, const UserFilter& filter) {
  AddNames(conditions, filter);
  AddContains(conditions, "u.username", filter.user_login);
  AddContains(conditions, "u.email", filter.email);
  AddContains(conditions, "u.company", filter.company);
}

// With `compact` one of them is enough; otherwise all hold, those of addresses in one profile.
void AddTexts(Conditions& all, const UserFilter& filter, bool person_by_person) {
  Conditions profile = OfProfile(filter);
  if (!filter.compact) {
    AddFreeTexts(all, filter);
    AddStateCode(profile, filter);
    return AddHasProfile(all, profile, person_by_person);
  }
  Conditions any(/*any=*/true);
  AddFreeTexts(any, filter);
  AddHasProfile(any, profile, person_by_person);
  if (!any.Empty()) all.Next().Add("(").Append(any.Builder()).Add(")");
  Conditions state(/*any=*/false);
  AddStateCode(state, filter);
  AddHasProfile(all, state, person_by_person);
}

void AddSight(Conditions& all, const Sight& sight) {
  if (sight.company) all.Next().Add("u.cscart_company_id = ").Value(*sight.company);
  if (sight.customers_and) {
    all.Next().Add("(u.cscart_user_type = 'C' OR u.id = ").Value(*sight.customers_and).Add(")");
  }
}

// The last id again, up to a power of two: so lists of all lengths share a few held statements.
std::vector<uint64_t> Padded(std::vector<uint64_t> ids) {
  ids.resize(std::bit_ceil(ids.size()), ids.back());
  return ids;
}

void AddIds(Conditions& all, const UserFilter& filter) {
  if (filter.ids && !filter.ids->empty()) {
    all.Next().Add("u.id IN (").Values(Padded(*filter.ids)).Add(")");
  }
  if (!filter.without_ids.empty()) {
    all.Next().Add("u.id NOT IN (").Values(Padded(filter.without_ids)).Add(")");
  }
  for (const uint64_t company : filter.companies) {
    all.Next().Add("u.cscart_company_id = ").Value(company);
  }
}

void AddTypes(Conditions& all, const UserFilter& filter) {
  if (filter.user_type) all.Next().Add("u.cscart_user_type = ").Value(*filter.user_type);
  if (filter.user_types && !filter.user_types->empty()) {
    all.Next().Add("u.cscart_user_type IN (").Values(*filter.user_types).Add(")");
  }
  if (!filter.without_user_types.empty()) {
    all.Next().Add("u.cscart_user_type NOT IN (").Values(filter.without_user_types).Add(")");
  }
}

void AddFlags(Conditions& all, const UserFilter& filter) {
  if (filter.status) all.Next().Add("u.cscart_status = ").Value(*filter.status);
  if (filter.is_root) all.Next().Add("u.cscart_is_root = ").Value(*filter.is_root ? 1 : 0);
  if (filter.tax_exempt) all.Next().Add("u.cscart_tax_exempt = ").Value(*filter.tax_exempt);
}

void AddUsergroup(Conditions& all, const UserFilter& filter) {
  if (!filter.usergroup_id) return;
  if (*filter.usergroup_id == 0) {
    all.Next().Add(
        "NOT EXISTS (SELECT 1 FROM cscart_usergroup_links l"
        " WHERE l.user_id = u.id AND l.status = 'A')");
    return;
  }
  all.Next()
      .Add("u.id IN (SELECT l.user_id FROM cscart_usergroup_links l WHERE l.usergroup_id = ")
      .Value(*filter.usergroup_id)
      .Add(" AND l.status = 'A')");
}

void AddPhone(Conditions& all, const UserFilter& filter) {
  if (!filter.phone_digits) return;
  const std::string pattern = ContainsPattern(*filter.phone_digits);
  all.Next()
      .Add("(REGEXP_REPLACE(u.phone, '[^0-9]', '') LIKE ")
      .Value(pattern)
      .Add(
          " OR u.id IN (SELECT p.user_id FROM cscart_profiles p"
          " WHERE REGEXP_REPLACE(p.b_phone, '[^0-9]', '') LIKE ")
      .Value(pattern)
      .Add(" OR REGEXP_REPLACE(p.s_phone, '[^0-9]', '') LIKE ")
      .Value(pattern)
      .Add("))");
}

/// Of a person's profiles or links of groups.
void AddWindow(StatementBuilder& builder, const UserFilter& filter) {
  builder.Add("updated_at >= ").Value(Time(std::chrono::seconds(filter.updated_from.value_or(0))));
  if (!filter.updated_to) return;
  builder.Add(" AND updated_at < ").Value(Time(std::chrono::seconds(*filter.updated_to + 1)));
}

/// The same of the person's row, in whole seconds, over the index of the order.
void AddRowWindow(StatementBuilder& builder, const UserFilter& filter) {
  builder.Add("w.bedita_modified >= ").Value(filter.updated_from.value_or(0));
  if (filter.updated_to) builder.Add(" AND w.bedita_modified <= ").Value(*filter.updated_to);
}

void AddUpdatedPerson(StatementBuilder& builder, const UserFilter& filter) {
  builder.Add("(u.bedita_modified BETWEEN ")
      .Value(filter.updated_from.value_or(0))
      .Add(" AND ")
      .Value(filter.updated_to.value_or(kLastMoment))
      .Add(" OR (SELECT 1 FROM cscart_profiles p WHERE p.user_id = u.id AND ");
  AddWindow(builder, filter);
  builder.Add(
      " LIMIT 1) = 1 OR (SELECT 1 FROM cscart_usergroup_links l WHERE l.user_id = u.id AND ");
  AddWindow(builder, filter);
  builder.Add(" LIMIT 1) = 1)");
}

// A person changed when its row, one of its profiles or one of its group links did. Each is found
// by its index; joined by OR they would be looked for in every person.
void AddUpdated(Conditions& all, const UserFilter& filter, bool person_by_person) {
  if (!filter.updated_from && !filter.updated_to) return;
  StatementBuilder& builder = all.Next();
  if (person_by_person) return AddUpdatedPerson(builder, filter);
  builder.Add(
      "u.id IN (SELECT x.id FROM (SELECT w.id FROM users w WHERE w.deleted_at IS NULL AND ");
  AddRowWindow(builder, filter);
  builder.Add(" UNION SELECT user_id FROM cscart_profiles WHERE ");
  AddWindow(builder, filter);
  builder.Add(" UNION SELECT user_id FROM cscart_usergroup_links WHERE ");
  AddWindow(builder, filter);
  builder.Add(") x)");
}

void AddFound(Conditions& all, const UserFilter& filter) {
  if (!filter.found || filter.found->empty()) return;
  all.Next()
      .Add("u.id IN (SELECT f.listed FROM JSON_TABLE(")
      .Value(JsonList(*filter.found))
      .Add(", '$[*]' COLUMNS (listed BIGINT UNSIGNED PATH '$')) f)");
}

bool IsEmptyList(const UserFilter& filter) {
  return filter.nothing || (filter.found && filter.found->empty()) ||
         (filter.ids && filter.ids->empty()) || (filter.user_types && filter.user_types->empty());
}

}  // namespace

StatementBuilder WhereClause(const UserFilter& filter, bool person_by_person) {
  Conditions all(/*any=*/false);
  all.Next().Add("u.deleted_at IS NULL");
  if (IsEmptyList(filter)) all.Next().Add("1 = 0");
  AddSight(all, filter.sight);
  AddFound(all, filter);
  AddIds(all, filter);
  AddTypes(all, filter);
  AddFlags(all, filter);
  AddUsergroup(all, filter);
  AddTexts(all, filter, person_by_person);
  AddPhone(all, filter);
  AddUpdated(all, filter, person_by_person);
  StatementBuilder where;
  where.Add(" WHERE ").Append(all.Builder());
  return where;
}

// Persons, profiles, groups and links of groups all move the version; what was found by a search
// holds for one request.
bool IsLasting(const UserFilter& filter) { return !filter.found; }

SearchTerms TermsOf(const UserFilter& filter) {
  std::vector<std::string> texts;
  for (const Text& text :
       {filter.name, filter.user_login, filter.email, filter.company, filter.address,
        filter.zipcode, filter.country, filter.state, filter.city}) {
    if (text) texts.push_back(*text);
  }
  if (filter.two_names) {
    texts.push_back(filter.two_names->first + kTextEnd + filter.two_names->second);
  }
  SearchTerms terms;
  if (filter.compact) {
    terms.RequireAnyOf(texts);
  } else {
    for (const std::string& text : texts) terms.Require(text);
  }
  if (filter.phone_digits) terms.Require(*filter.phone_digits);
  return terms;
}

}  // namespace rosterd::db::cscart
// NOLINTEND(modernize-avoid-c-arrays)
