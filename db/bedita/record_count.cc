#include "db/bedita/record_count.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "db/bedita/tallies.h"
#include "db/changes.h"
#include "db/list_count.h"

namespace rosterd::db::bedita {
namespace {

bool IsUsers(const Resource& resource) { return &resource == &Users(); }

bool AsksForMore(const ListFilter& filter) {
  return filter.nothing || !filter.conditions.empty() || !filter.words.empty() ||
         filter.with_roles || filter.of_role;
}

StatementBuilder SumOf(const ListFilter& filter) {
  constexpr std::array<std::string_view, 1> kUnlocked = {"0"};
  constexpr std::array<std::string_view, 1> kOn = {"active"};
  constexpr std::array<std::string_view, 1> kDraft = {"pending"};
  if (filter.trash) return TallySum(kTrashTally.name).Cell(kUnlocked).Column();
  TallySum sum(kPersons);
  if (filter.level == Level::kAll) return sum.Under({}).Column();
  sum.Cell(kOn);
  if (filter.level == Level::kDraft) sum.Cell(kDraft);
  return sum.Column();
}

/// A column: how many a filter lets through, added up; NULL while the tallies are not kept. Nothing
/// when the filter asks for more than level and trash.
std::optional<StatementBuilder> TalliedCount(const Resource& resource, const ListFilter& filter) {
  if (!IsUsers(resource) || AsksForMore(filter)) return std::nullopt;
  return SumOf(filter);
}

// A sign-in writes these, and moves no version.
bool IsOfSignIns(size_t attribute) {
  return attribute == user::kLastLogin || attribute == user::kLastLoginErr ||
         attribute == user::kNumLoginErr;
}

// Whom the search index found is counted soon, and would fill the memory.
bool IsMemorable(const Resource& resource, const ListFilter& filter) {
  if (!IsUsers(resource)) return true;
  return !filter.found &&
         std::ranges::none_of(filter.conditions, IsOfSignIns, &Condition::attribute);
}

Clause From(const Resource& resource, const ListFilter& filter) {
  Clause from;
  from.Add(IsUsers(resource) ? Literal(" FROM users u") : Literal(" FROM bedita_roles r"));
  return from.Append(WhereClause(resource, filter));
}

}  // namespace

Clause CountColumns(const Resource& resource, const ListFilter& filter) {
  Clause columns;
  const auto tallied = TalliedCount(resource, filter);
  if (tallied) return columns.Add(", ").Append(*tallied).Add(", NULL");
  return columns.Add(", NULL, ").Add(Literal(Changes::kVersionColumn));
}

std::optional<uint64_t> ReadCount(Session& session, const Resource& resource,
                                  const ListFilter& filter, const Rows& rows, int first) {
  if (!rows.IsNull(first)) return rows.Number(first);
  if (rows.IsNull(first + 1)) return std::nullopt;
  const Clause from = From(resource, filter);
  return FindCount(session,
                   {from.Sql(), from.Builder().Parameters(), IsMemorable(resource, filter)},
                   rows.Number(first + 1));
}

uint64_t CountRecords(Session& session, const Resource& resource, const ListFilter& filter,
                      bool forgotten) {
  const auto tallied = TalliedCount(resource, filter);
  if (tallied) {
    Clause count;
    count.Add("SELECT ").Append(*tallied);
    Rows rows = count.Query(session);
    if (rows.Next() && !rows.IsNull(0)) return rows.Number(0);
  }
  const Clause from = From(resource, filter);
  const ListCondition condition{from.Sql(), from.Builder().Parameters(),
                                IsMemorable(resource, filter)};
  return forgotten && !tallied ? CountRows(session, condition) : RecallOrCount(session, condition);
}

}  // namespace rosterd::db::bedita
