#include "db/cscart/user_order.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "db/cscart/company_order.h"
#include "db/cscart/user_count.h"
#include "db/cscart/user_filter.h"

namespace rosterd::db::cscart {
namespace {

constexpr std::string_view kManyChanged =
    "SELECT id FROM users WHERE deleted_at IS NULL AND bedita_modified BETWEEN ? AND ?"
    " LIMIT 1 OFFSET ?";

constexpr std::string_view kHasMany =
    "SELECT user_id FROM cscart_usergroup_links WHERE usergroup_id = ? AND status = 'A'"
    " LIMIT 1 OFFSET ?";

/// An index that gives an order, in one direction; in the other one but for equal rows.
struct OrderIndex {
  Literal source;  ///< " FROM users u …"
  bool descending = false;
};

#define ROSTERD_BY(index) " FROM users u FORCE INDEX (" index ")"

struct OrderRule {
  UserOrder order;
  std::array<Literal, 2> columns;
  OrderIndex index;  ///< of all persons
};

// Moments are ordered by their whole seconds, which is what lists show, over the columns and the
// indexes that other lists have for it.
constexpr std::array<OrderRule, 11> kRules = {{
    {UserOrder::kId, {}, {ROSTERD_BY("bedita_by_id")}},
    {UserOrder::kUsername, {"u.username"}, {ROSTERD_BY("cscart_by_username")}},
    {UserOrder::kEmail, {"u.email"}, {ROSTERD_BY("cscart_by_email")}},
    {UserOrder::kName, {"u.first_name", "u.last_name"}, {ROSTERD_BY("by_name")}},
    {UserOrder::kDate, {"u.cscart_timestamp"}, {ROSTERD_BY("cscart_by_date_down"), true}},
    {UserOrder::kType, {"u.cscart_user_type"}, {ROSTERD_BY("cscart_order_type")}},
    {UserOrder::kStatus, {"u.cscart_status"}, {ROSTERD_BY("cscart_order_status")}},
    {UserOrder::kCompany, {"c.name"}, {}},
    {UserOrder::kPhone, {"u.phone"}, {ROSTERD_BY("by_phone")}},
    {UserOrder::kLastLogin,
     {"u.bedita_last_login"},
     {ROSTERD_BY("bedita_by_last_login_down"), true}},
    {UserOrder::kUpdated, {"u.bedita_modified"}, {ROSTERD_BY("bedita_by_modified_down"), true}},
}};

constexpr bool AreInOrder() {
  for (size_t i = 0; i < kRules.size(); ++i) {
    if (static_cast<size_t>(kRules.at(i).order) != i) return false;
  }
  return true;
}
static_assert(AreInOrder());

bool FiltersNothing(const UserFilter& filter) {
  static const std::string kNoFilter(WhereClause({}).Sql());
  return WhereClause(filter).Sql() == kNoFilter;
}

/// The filter without what may be common, which no index over `users` has.
UserFilter WithoutCommon(UserFilter filter) {
  filter.usergroup_id.reset();
  for (auto* text : {&filter.address, &filter.zipcode, &filter.country, &filter.state, &filter.city,
                     &filter.state_code}) {
    text->reset();
  }
  filter.updated_from.reset();
  filter.updated_to.reset();
  return filter;
}

bool AsksForProfiles(const UserFilter& filter) {
  return filter.address || filter.zipcode || filter.country || filter.state || filter.city ||
         filter.state_code;
}

/// An index over one filtered column and the name.
Literal NameIndex(const UserFilter& filter) {
  UserFilter rest = filter;
  if (filter.user_type) {
    rest.user_type.reset();
    return FiltersNothing(rest) ? Literal(ROSTERD_BY("cscart_by_type")) : Literal();
  }
  if (filter.status) {
    rest.status.reset();
    return FiltersNothing(rest) ? Literal(ROSTERD_BY("cscart_by_status")) : Literal();
  }
  rest.sight.company.reset();
  rest.companies.clear();
  return FiltersNothing(rest) ? Literal(ROSTERD_BY("cscart_by_company")) : Literal();
}

constexpr Literal kAllPersons = ROSTERD_BY("PRIMARY");

#undef ROSTERD_BY

/// The index that gives a filtered list in an order, where the server is to be told: over a million
/// rows it would rather sort them.
std::optional<OrderIndex> IndexOf(const UserFilter& filter, UserOrder order) {
  OrderIndex index = kRules.at(static_cast<size_t>(order)).index;
  if (!FiltersNothing(filter)) {
    index.source = order == UserOrder::kName ? NameIndex(filter) : Literal();
  }
  if (index.source.text.empty()) return std::nullopt;
  return index;
}

std::vector<SortColumn> Order(const UserSort& sort) {
  std::vector<SortColumn> order;
  for (const Literal column : kRules.at(static_cast<size_t>(sort.by)).columns) {
    if (!column.text.empty()) order.push_back({column, sort.descending});
  }
  order.push_back({"u.id", sort.descending && order.empty()});
  return order;
}

/// More than so many have the filter's address or group, or were changed in its window of time.
bool AreMany(Session& session, const UserFilter& filter, uint64_t many) {
  if (AsksForProfiles(filter)) return CountUsers(session, filter) > many;
  if (filter.usergroup_id.value_or(0) != 0) {
    return session.Query(kHasMany, *filter.usergroup_id, many).Next();
  }
  if (!filter.updated_from && !filter.updated_to) return false;
  return session
      .Query(kManyChanged, filter.updated_from.value_or(0), filter.updated_to.value_or(kLastMoment),
             many)
      .Next();
}

// Sign-ins do not move the version.
bool IsLasting(const UserSort& sort) { return sort.by != UserOrder::kLastLogin; }

}  // namespace

OrderedList ListOf(const UserFilter& filter, const UserSort& sort, Way way) {
  const bool is_common = way == Way::kOrder;
  const UserFilter indexed = is_common ? WithoutCommon(filter) : filter;
  OrderedList list;
  if (way == Way::kPersons) list.source = kAllPersons;
  list.where = WhereClause(filter, is_common);
  list.order = Order(sort);
  list.lasting = IsLasting(filter) && IsLasting(sort);
  if (sort.by == UserOrder::kCompany) {
    list.source = " FROM users u LEFT JOIN cscart_companies c ON c.id = u.cscart_company_id";
    if (FiltersNothing(filter)) {
      list.find = [down = sort.descending](Session& session, uint64_t limit, uint64_t offset) {
        return PageByCompany(session, down, limit, offset);
      };
    }
  }
  if (const auto index = IndexOf(indexed, sort.by)) {
    list.source = index->source;
    list.indexed = !is_common;
    list.mirrored = list.order.size() > 1 && index->descending != sort.descending;
  }
  return list;
}

Way WayTo(Session& session, const UserFilter& filter, UserOrder order, uint64_t last) {
  if (filter.found) return Way::kUsual;
  // Of a million persons so many are passed on the way; to sort one costs three times as much as to
  // pass a person.
  const auto many = static_cast<uint64_t>(std::sqrt(static_cast<double>(last) * 1'000'000 / 3));
  if (filter.tax_exempt && order != UserOrder::kCompany) {
    return CountUsers(session, filter) > many ? Way::kUsual : Way::kPersons;
  }
  const bool may_be_common = IndexOf(WithoutCommon(filter), order).has_value();
  return may_be_common && AreMany(session, filter, many) ? Way::kOrder : Way::kUsual;
}

}  // namespace rosterd::db::cscart
