#include "db/bedita/list_order.h"

#include <algorithm>
#include <array>
#include <optional>

namespace rosterd::db::bedita {
namespace {

/// An index that gives an order of all living users, in one direction; in the other one but for
/// equal rows.
struct OrderIndex {
  size_t attribute;
  Literal source;
  bool descending = false;
};

#define ROSTERD_BY(index) " FROM users u FORCE INDEX (" index ")"

// The other attributes are sorted each time: there are too many for an index each.
constexpr std::array<OrderIndex, 10> kIndexes = {{
    {kId, ROSTERD_BY("bedita_by_id")},
    {user::kStatus, ROSTERD_BY("bedita_by_status")},
    {user::kName, ROSTERD_BY("by_first_name")},
    {user::kSurname, ROSTERD_BY("bedita_by_surname")},
    {user::kEmail, ROSTERD_BY("cscart_by_email")},
    {user::kPhone, ROSTERD_BY("by_phone")},
    {user::kUsername, ROSTERD_BY("cscart_by_username")},
    {user::kCreated, ROSTERD_BY("cscart_by_date_down"), true},
    {user::kModified, ROSTERD_BY("bedita_by_modified_down"), true},
    {user::kLastLogin, ROSTERD_BY("bedita_by_last_login_down"), true},
}};

constexpr Literal kByStatus = ROSTERD_BY("bedita_by_status");
constexpr Literal kByBlocked = ROSTERD_BY("bedita_by_blocked");

#undef ROSTERD_BY

/// A sign-in, failed or not, moves these without moving the version of the lists.
bool MovesAlone(size_t attribute) {
  constexpr std::array<size_t, 3> kMoving = {user::kLastLogin, user::kLastLoginErr,
                                             user::kNumLoginErr};
  return std::ranges::find(kMoving, attribute) != kMoving.end();
}

bool FiltersNothing(const ListFilter& filter) {
  return !filter.nothing && !filter.trash && filter.level == Level::kAll &&
         filter.conditions.empty() && filter.words.empty() && !filter.with_roles && !filter.of_role;
}

/// An index over the one filtered column and the id; none when the filter is another one.
Literal IndexOfFilter(const ListFilter& filter) {
  ListFilter rest = filter;
  rest.level = Level::kAll;
  if (filter.level == Level::kOn && FiltersNothing(rest)) return kByStatus;
  if (filter.level != Level::kAll || filter.conditions.size() != 1) return {};
  rest.conditions.clear();
  const Condition& condition = filter.conditions.front();
  const bool one = condition.compare == Compare::kEqual && condition.values.size() == 1;
  if (!one || !FiltersNothing(rest)) return {};
  if (condition.attribute == user::kStatus) return kByStatus;
  return condition.attribute == user::kBlocked ? kByBlocked : Literal();
}

bool IsLasting(const ListFilter& filter, const ListOrder& order) {
  if (MovesAlone(order.attribute) || filter.found) return false;
  return std::ranges::none_of(filter.conditions, [](const Condition& condition) {
    return MovesAlone(condition.attribute);
  });
}

std::vector<SortColumn> OrderOf(const Resource& resource, const ListOrder& order, Literal id) {
  if (order.attribute == kId) return {{id, order.descending}};
  const Attribute& attribute = resource.attributes[order.attribute];
  return {{attribute.sorted.text.empty() ? attribute.shown : attribute.sorted, order.descending},
          {id}};
}

}  // namespace

OrderedList UserList(const ListFilter& filter, const ListOrder& order) {
  OrderedList list;
  list.where = WhereClause(Users(), filter).Builder();
  list.order = OrderOf(Users(), order, "u.id");
  list.lasting = IsLasting(filter, order);
  const auto* index = std::ranges::find(kIndexes, order.attribute, &OrderIndex::attribute);
  if (index != kIndexes.end() && FiltersNothing(filter)) {
    list.source = index->source;
    list.indexed = true;
    list.mirrored = list.order.size() > 1 && index->descending != order.descending;
  } else if (order.attribute == kId && !IndexOfFilter(filter).text.empty()) {
    list.source = IndexOfFilter(filter);
    list.indexed = true;
  }
  return list;
}

StatementBuilder RoleOrder(const ListOrder& order) {
  return OrderBy(OrderOf(Roles(), order, "r.id"));
}

}  // namespace rosterd::db::bedita
