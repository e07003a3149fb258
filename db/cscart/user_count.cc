#include "db/cscart/user_count.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "db/changes.h"
#include "db/cscart/tallies.h"
#include "db/cscart/user_filter.h"
#include "db/list_count.h"

namespace rosterd::db::cscart {
namespace {

using Words = std::vector<std::string_view>;

constexpr std::string_view kCustomer = "C";
constexpr size_t kMostTypes = 4;  // there are no more; somebody may ask for others

/// What of a filter the tallies can answer.
struct Question {
  std::optional<std::string> company;
  std::optional<Words> standings;  ///< nothing: all
  std::optional<Words> types;      ///< nothing: all
};

bool AsksForTexts(const UserFilter& filter) {
  return filter.company || filter.name || filter.two_names || filter.user_login || filter.email ||
         filter.address || filter.zipcode || filter.country || filter.state || filter.city ||
         filter.state_code || filter.phone_digits;
}

bool AsksForMore(const UserFilter& filter) {
  return filter.nothing || filter.ids || !filter.without_ids.empty() || AsksForTexts(filter) ||
         filter.usergroup_id || !filter.without_user_types.empty() || filter.is_root ||
         filter.tax_exempt || filter.updated_from || filter.updated_to;
}

/// The company that sight and filter agree on; false when they do not.
bool ReadCompany(const UserFilter& filter, Question& question) {
  std::vector<uint64_t> companies = filter.companies;
  if (filter.sight.company) companies.push_back(*filter.sight.company);
  if (companies.empty()) return true;
  question.company = std::to_string(companies.front());
  return std::ranges::all_of(companies, [&](uint64_t id) { return id == companies.front(); });
}

bool ReadStatus(const UserFilter& filter, Question& question) {
  if (!filter.status) return true;
  if (*filter.status == "A") question.standings = {"active"};
  if (*filter.status == "P") question.standings = {"pending"};
  if (*filter.status == "D") question.standings = {"disabled", "blocked"};
  if (*filter.status == "H") question.standings = {"hidden"};
  return question.standings.has_value();
}

void KeepTypes(Question& question, const Words& types) {
  if (question.types) {
    std::erase_if(*question.types, [&](std::string_view type) {
      return std::ranges::find(types, type) == types.end();
    });
  } else {
    question.types = types;
  }
}

bool ReadTypes(const UserFilter& filter, Question& question) {
  if (filter.user_type) KeepTypes(question, {*filter.user_type});
  if (filter.user_types) {
    KeepTypes(question, Words(filter.user_types->begin(), filter.user_types->end()));
  }
  if (filter.sight.customers_and) KeepTypes(question, {kCustomer});
  return !question.types || question.types->size() <= kMostTypes;
}

std::optional<Question> Read(const UserFilter& filter) {
  Question question;
  const bool readable = !AsksForMore(filter) && ReadCompany(filter, question) &&
                        ReadStatus(filter, question) && ReadTypes(filter, question);
  if (!readable) return std::nullopt;
  return question;
}

void AddCells(TallySum& sum, const Question& question) {
  constexpr std::array<std::string_view, 5> kStandings = {"active", "pending", "disabled", "hidden",
                                                          "blocked"};
  const Words company = question.company ? Words{*question.company} : Words();
  if (!question.standings && !question.types) {
    sum.Under(company);
    return;
  }
  for (const std::string_view standing :
       question.standings.value_or(Words(kStandings.begin(), kStandings.end()))) {
    Words cell = company;
    cell.push_back(standing);
    if (!question.types) sum.Under(cell);
    for (const std::string_view type : question.types.value_or(Words())) {
      cell.push_back(type);
      sum.Cell(cell);
      cell.pop_back();
    }
  }
}

// Who sees the customers sees itself too, whatever it is, where the rest of the filter lets it.
StatementBuilder PlusOneself(const UserFilter& filter) {
  UserFilter oneself = filter;
  oneself.ids = {filter.sight.customers_and->value};
  oneself.without_user_types = {std::string(kCustomer)};
  StatementBuilder sql;
  sql.Add(" + (SELECT COUNT(*) FROM users u").Append(WhereClause(oneself)).Add(")");
  return sql;
}

/// A column: how many a filter lets through, added up; NULL while the tallies are not kept. Nothing
/// when the filter asks for more than company, status, type and sight.
std::optional<StatementBuilder> TalliedCount(const UserFilter& filter) {
  const auto question = Read(filter);
  if (!question) return std::nullopt;
  const bool everybody = !question->company && !question->standings && !question->types;
  TallySum sum(everybody ? kPersons : question->company ? kCompanyTally.name : kAccountTally.name);
  AddCells(sum, *question);
  StatementBuilder count = sum.Column();
  if (filter.sight.customers_and) count.Append(PlusOneself(filter));
  return count;
}

/// A user group and nothing else.
bool IsGroupAlone(const UserFilter& filter) {
  UserFilter rest = filter;
  rest.usergroup_id.reset();
  const bool anybody = !AsksForMore(rest) && !rest.status && !rest.user_type && !rest.user_types &&
                       rest.companies.empty() && !rest.sight.company && !rest.sight.customers_and;
  return anybody && filter.usergroup_id.value_or(0) != 0;
}

// All links, over their index, less those of the deleted, who are few: nine times as fast as to
// look at the row of each member.
StatementBuilder FromGroup(uint64_t group) {
  StatementBuilder from;
  from.Add(
      " FROM (SELECT (SELECT COUNT(*) FROM cscart_usergroup_links l WHERE l.status = 'A'"
      " AND l.usergroup_id = ");
  from.Value(group).Add(
      ") - (SELECT COUNT(*) FROM users d JOIN cscart_usergroup_links l ON l.user_id = d.id"
      " WHERE d.deleted_at IS NOT NULL AND l.status = 'A' AND l.usergroup_id = ");
  return from.Value(group).Add(") AS persons) members");
}

/// Who is counted where the tallies do not know. All that this filter can ask for moves the version
/// of the lists. Whom the search index found is counted soon, and would fill the memory.
class Counted {
 public:
  explicit Counted(const UserFilter& filter, bool person_by_person = false)
      : group_(IsGroupAlone(filter)), memorable_(!filter.found) {
    if (group_) {
      from_ = FromGroup(*filter.usergroup_id);
    } else {
      from_.Add(" FROM users u").Append(WhereClause(filter, person_by_person));
    }
  }

  ListCondition Condition() const {
    return {.sql = from_.Sql(),
            .parameters = from_.Parameters(),
            .memorable = memorable_,
            .number = group_ ? "persons" : "COUNT(*)"};
  }

 private:
  bool group_;
  bool memorable_;
  StatementBuilder from_;
};

// Then it is sooner found out of each person whether it is one of those than listed who they are.
bool DidMostChange(Session& session, const UserFilter& filter) {
  constexpr std::string_view kChanged =
      "SELECT COUNT(*), COALESCE(SUM(bedita_modified BETWEEN ? AND ?), 0) FROM users"
      " WHERE deleted_at IS NULL";
  if (!filter.updated_from && !filter.updated_to) return false;
  Rows rows = session.Query(kChanged, filter.updated_from.value_or(0),
                            filter.updated_to.value_or(kLastMoment));
  return rows.Next() && 2 * rows.Number(1) > rows.Number(0);
}

}  // namespace

StatementBuilder CountColumns(const UserFilter& filter) {
  StatementBuilder columns;
  const auto tallied = TalliedCount(filter);
  if (tallied) return columns.Add(", ").Append(*tallied).Add(", NULL");
  return columns.Add(", NULL, ").Add(Changes::kVersionColumn);
}

std::optional<uint64_t> ReadCount(Session& session, const UserFilter& filter, const Rows& rows,
                                  int first) {
  if (!rows.IsNull(first)) return rows.Number(first);
  if (rows.IsNull(first + 1)) return std::nullopt;
  const Counted counted(filter);
  return FindCount(session, counted.Condition(), rows.Number(first + 1));
}

uint64_t CountUsers(Session& session, const UserFilter& filter, bool forgotten) {
  const auto tallied = TalliedCount(filter);
  if (tallied) {
    StatementBuilder count;
    count.Add("SELECT ").Append(*tallied);
    Rows rows = count.Query(session);
    if (rows.Next() && !rows.IsNull(0)) return rows.Number(0);
  }
  const Counted counted(filter);
  const ListCondition condition = counted.Condition();
  if (!forgotten || tallied) {
    if (const auto known = RecallCount(session, condition)) return *known;
  }
  if (!DidMostChange(session, filter)) return CountRows(session, condition);
  const Counted one_by_one(filter, /*person_by_person=*/true);
  return CountRows(session, condition, one_by_one.Condition());
}

}  // namespace rosterd::db::cscart
