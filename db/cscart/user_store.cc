#include "db/cscart/user_store.h"

#include <algorithm>
#include <chrono>
#include <unordered_map>

#include "db/cscart/user_count.h"
#include "db/cscart/user_filter.h"
#include "db/cscart/user_order.h"
#include "db/list_count.h"
#include "db/person.h"
#include "db/remembered_page.h"

namespace rosterd::db::cscart {
namespace {

// The columns themselves: the server computes expressions and virtual columns anew each time.
#define ROSTERD_USUAL_COLUMNS                                                                  \
  "SELECT u.id, u.username, u.cscart_is_root, CAST(u.created_at AS CHAR), u.cscart_user_type," \
  " u.status, u.first_name, u.last_name, u.email, u.company, u.cscart_company_id, c.name,"     \
  " u.blocked"
constexpr int kUsualColumns = 13;

#define ROSTERD_USER_COLUMNS \
  ROSTERD_USUAL_COLUMNS ", u.phone, CAST(u.last_login_at AS CHAR), u.cscart_points"
constexpr int kUserColumns = kUsualColumns + 3;

constexpr std::string_view kFindUser = ROSTERD_USER_COLUMNS
    " FROM users u FORCE INDEX (PRIMARY)"
    " LEFT JOIN cscart_companies c ON c.id = u.cscart_company_id"
    " WHERE u.id = ? AND u.deleted_at IS NULL";

constexpr std::string_view kFindUsual = ROSTERD_USUAL_COLUMNS
    ", u.deleted_at FROM users u FORCE INDEX (PRIMARY)"
    " LEFT JOIN cscart_companies c FORCE INDEX (PRIMARY) ON c.id = u.cscart_company_id"
    " WHERE u.id = ?";
constexpr int kDeletedAt = kUsualColumns;

// A long text among what is read, short and rare as this one is, keeps InnoDB from reading rows
// ahead into eight buffers of 40 kB each: a page of 20 costs the server a sixth less.
#define ROSTERD_ROW_BY_ROW ", u.brightact_extra_email IS NULL"
constexpr int kPageColumns = kUserColumns + 1;

// The virtual column cscart_status.
std::string_view StatusLetter(std::string_view stored, bool blocked) {
  const auto status = StatusFromText(stored);
  if (blocked || !status) return "D";
  switch (*status) {
    case Status::kActive:
      return "A";
    case Status::kPending:
      return "P";
    case Status::kHidden:
      return "H";
    case Status::kDisabled:
      break;
  }
  return "D";
}

/// Whole seconds since 1970, as TIMESTAMPDIFF counts them: 0 for none.
int64_t UnixSeconds(const std::optional<Time>& time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time.value_or(Time{}).time_since_epoch())
      .count();
}

UserRow ReadUsual(const Rows& rows) {
  UserRow user;
  user.id = {rows.Number(0)};
  user.user_login = rows.Text(1);
  user.is_root = rows.Flag(2);
  user.timestamp = UnixSeconds(rows.Moment(3));
  user.user_type = rows.Text(4);
  user.status = StatusLetter(rows.Text(5), rows.Flag(12));
  user.first_name = rows.Text(6);
  user.last_name = rows.Text(7);
  user.email = rows.Text(8);
  user.company = rows.Text(9);
  user.company_id = rows.Number(10);
  user.company_name = rows.OptionalText(11);
  return user;
}

UserRow ReadUser(const Rows& rows) {
  UserRow user = ReadUsual(rows);
  user.phone = rows.Text(kUsualColumns);
  user.last_login = UnixSeconds(rows.Moment(kUsualColumns + 1));
  user.points = rows.Signed(kUsualColumns + 2);
  return user;
}

/// A list with the columns of its rows and its total.
OrderedList PageList(const UserFilter& filter, const UserSort& sort, Way way = Way::kUsual) {
  OrderedList list = ListOf(filter, sort, way);
  list.select.Add(ROSTERD_USER_COLUMNS ROSTERD_ROW_BY_ROW).Append(CountColumns(filter));
  list.columns = kPageColumns + kCountColumns;
  list.joins = " LEFT JOIN cscart_companies c ON c.id = u.cscart_company_id";
  return list;
}

UserFilter Narrowed(Session& session, UserFilter filter) {
  if (filter.found) return filter;
  const SearchTerms terms = TermsOf(filter);
  if (!terms.Empty()) filter.found = SearchIndex::Find(session, terms);
  return filter;
}

std::optional<UserRow> FindUsual(Session& session, UserId id) {
  Rows rows = session.Query(kFindUsual, id);
  if (!rows.Next() || !rows.IsNull(kDeletedAt)) return std::nullopt;
  return ReadUsual(rows);
}

std::optional<UserRow> FindAll(Session& session, UserId id) {
  Rows rows = session.Query(kFindUser, id);
  if (!rows.Next()) return std::nullopt;
  return ReadUser(rows);
}

UserPage PageWithTotal(Session& session, const UserFilter& filter, const UserSort& sort,
                       uint64_t limit, uint64_t offset) {
  const OrderedList list = PageList(filter, sort);
  RememberedPage memory(session, list, limit, offset);
  UserPage page;
  page.users.reserve(limit);
  std::optional<uint64_t> total;
  const auto take = [&](const Rows& rows) {
    if (page.users.empty()) total = ReadCount(session, filter, rows, kPageColumns);
    page.users.push_back(ReadUser(rows));
  };
  UserFilter meant = filter;
  if (memory.ReadAgain(take)) {
    if (!total) total = memory.Total();
  } else {
    meant = Narrowed(session, filter);
    const Way way = WayTo(session, meant, sort.by, offset + limit);
    const bool same = way == Way::kUsual && meant.found.has_value() == filter.found.has_value();
    ReadPage(session, same ? list : PageList(meant, sort, way), limit, offset, take, &memory);
  }
  if (!total) total = TotalOfLastPage(offset, page.users.size(), limit);
  if (!total) {
    meant = Narrowed(session, std::move(meant));
    total = CountUsers(session, meant, /*forgotten=*/!page.users.empty());
    if (meant.found) memory.KeepTotal(*total);
  }
  // Somebody may be deleted between the two statements.
  page.total = page.users.empty() ? *total : std::max(*total, offset + page.users.size());
  return page;
}

bool IsInSight(const Sight& sight, const UserRow& user) {
  if (sight.company && user.company_id != *sight.company) return false;
  return !sight.customers_and || user.user_type == "C" || user.id == *sight.customers_and;
}

}  // namespace

StoreResult<std::optional<UserRow>> UserStore::Find(Connection& connection, const Sight& sight,
                                                    UserId id, Extent extent) {
  return connection.Read([&](Session& session) -> StoreResult<std::optional<UserRow>> {
    auto user = extent == Extent::kAll ? FindAll(session, id) : FindUsual(session, id);
    if (user && !IsInSight(sight, *user)) user.reset();
    return user;
  });
}

StoreResult<bool> UserStore::Sees(Connection& connection, const Sight& sight, UserId id) {
  const auto user = Find(connection, sight, id, Extent::kUsual);
  if (!user) return user.error();
  return user->has_value();
}

StoreResult<UserDetails> UserStore::Details(Connection& connection, UserId id) {
  return connection.Read([&](Session& session) -> StoreResult<UserDetails> {
    const auto account = AccountColumnStore::Find(session, id);
    if (!account) return StoreError::kNotFound;
    return UserDetails{*account, ProfileStore::OfUser(session, id),
                       UsergroupStore::Links(session, id, {})};
  });
}

StoreResult<UserFilter> UserStore::Narrow(Connection& connection, UserFilter filter) {
  if (TermsOf(filter).Empty()) return filter;
  return connection.Read(
      [&](Session& session) -> StoreResult<UserFilter> { return Narrowed(session, filter); });
}

StoreResult<uint64_t> UserStore::Count(Connection& connection, const UserFilter& filter) {
  return connection.Read(
      [&](Session& session) -> StoreResult<uint64_t> { return CountUsers(session, filter); });
}

StoreResult<UserPage> UserStore::Page(Connection& connection, const UserFilter& filter,
                                      const UserSort& sort, uint64_t limit, uint64_t offset) {
  return connection.Read([&](Session& session) -> StoreResult<UserPage> {
    return PageWithTotal(session, filter, sort, limit, offset);
  });
}

StoreResult<std::vector<uint64_t>> UserStore::Ids(Connection& connection, const UserFilter& filter,
                                                  const UserSort& sort, uint64_t limit,
                                                  uint64_t offset) {
  const OrderedList list = ListOf(filter, sort);
  StatementBuilder select;
  select.Add("SELECT u.id").Add(list.source).Append(list.where).Append(OrderBy(list.order));
  select.Add(" LIMIT ").Value(limit).Add(" OFFSET ").Value(offset);
  return connection.Read([&](Session& session) -> StoreResult<std::vector<uint64_t>> {
    std::vector<uint64_t> ids;
    Rows rows = select.QueryAnew(session);
    while (rows.Next()) ids.push_back(rows.Number(0));
    return ids;
  });
}

StoreResult<std::vector<UserRow>> UserStore::Batch(Connection& connection,
                                                   std::span<const uint64_t> ids) {
  // Always the same number of placeholders: one held statement for every batch. By the primary key,
  // for the server would rather go through a whole index of those that are not deleted.
  std::vector<uint64_t> padded(ids.begin(), ids.end());
  padded.resize(kBatch, 0);
  StatementBuilder batch;
  batch.Add(ROSTERD_USER_COLUMNS
            " FROM users u FORCE INDEX (PRIMARY)"
            " LEFT JOIN cscart_companies c ON c.id = u.cscart_company_id"
            " WHERE u.deleted_at IS NULL AND u.id IN (");
  batch.Values(padded).Add(")");
  return connection.Read([&](Session& session) -> StoreResult<std::vector<UserRow>> {
    std::unordered_map<uint64_t, UserRow> found;
    Rows rows = batch.Query(session);
    while (rows.Next()) {
      UserRow user = ReadUser(rows);
      found.emplace(user.id.value, std::move(user));
    }
    std::vector<UserRow> users;
    for (const uint64_t id : ids) {
      if (auto node = found.extract(id)) users.push_back(std::move(node.mapped()));
    }
    return users;
  });
}

#undef ROSTERD_ROW_BY_ROW
#undef ROSTERD_USER_COLUMNS
#undef ROSTERD_USUAL_COLUMNS

}  // namespace rosterd::db::cscart
