#include "db/bedita/record_store.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "db/bedita/list_order.h"
#include "db/bedita/plain_user.h"
#include "db/bedita/record_count.h"
#include "db/list_count.h"
#include "db/remembered_page.h"

namespace rosterd::db::bedita {
namespace {

bool IsUsers(const Resource& resource) { return &resource == &Users(); }

Literal Table(const Resource& resource) {
  return IsUsers(resource) ? Literal(" FROM users u") : Literal(" FROM bedita_roles r");
}

Literal Id(const Resource& resource) {
  return IsUsers(resource) ? Literal("u.id") : Literal("r.id");
}

/// ", u.username, …": the chosen attributes, behind something.
Clause Columns(const Resource& resource, const Choice& choice) {
  Clause columns;
  for (size_t i = 0; i < resource.attributes.size(); ++i) {
    if (choice.test(i)) columns.Add(", ").Add(resource.attributes[i].shown);
  }
  return columns;
}

/// Reads a row whose column `first` is the id and is followed by the chosen attributes.
Record ReadRecord(const Rows& rows, const Resource& resource, const Choice& choice, int first) {
  Record record;
  record.id = rows.Number(first);
  record.values.resize(resource.attributes.size());
  int column = first;
  for (size_t i = 0; i < resource.attributes.size(); ++i) {
    if (choice.test(i)) record.values[i] = rows.OptionalText(++column);
  }
  return record;
}

std::vector<Record> ReadAll(Rows rows, const Resource& resource, const Choice& choice) {
  std::vector<Record> records;
  while (rows.Next()) records.push_back(ReadRecord(rows, resource, choice, 0));
  return records;
}

RecordStore::Linked ReadLinked(Rows rows, const Resource& resource, const Choice& choice) {
  RecordStore::Linked linked;
  while (rows.Next()) linked.emplace_back(rows.Number(0), ReadRecord(rows, resource, choice, 1));
  return linked;
}

using TakeRow = std::function<void(const Rows&)>;

/// How the rows of a page are read, each into its record.
struct Reading {
  StatementBuilder select;
  int columns = 0;
  std::function<std::optional<Record>(const Rows&)> read;  ///< nothing where it is unclear
};

Reading ByExpressions(const Choice& choice) {
  Clause select;
  select.Add("SELECT u.id").Append(Columns(Users(), choice));
  return {select.Builder(), 1 + static_cast<int>(choice.count()),
          [choice](const Rows& rows) { return ReadRecord(rows, Users(), choice, 0); }};
}

Reading ByPlainColumns() {
  PlainColumns plain = PlainUserColumns();
  return {std::move(plain.select), plain.count, [](const Rows& rows) -> std::optional<Record> {
            auto record = ReadPlainUser(rows);
            if (!record) return std::nullopt;
            return *std::move(record);
          }};
}

OrderedList PageList(const ListFilter& filter, const ListOrder& order, const Reading& reading) {
  OrderedList list = UserList(filter, order);
  list.select = reading.select;
  list.select.Append(CountColumns(Users(), filter).Builder());
  list.columns = reading.columns + kCountColumns;
  return list;
}

/// There are few roles.
void ReadRoles(Session& session, const ListFilter& filter, const ListOrder& order,
               const Choice& choice, uint64_t limit, uint64_t offset, const TakeRow& row) {
  Clause select;
  select.Add("SELECT r.id").Append(Columns(Roles(), choice)).Append(CountColumns(Roles(), filter));
  StatementBuilder page = select.Builder();
  page.Add(" FROM bedita_roles r").Append(WhereClause(Roles(), filter).Builder());
  page.Append(RoleOrder(order)).Add(" LIMIT ").Value(limit).Add(" OFFSET ").Value(offset);
  Rows rows = page.Query(session);
  while (rows.Next()) row(rows);
}

/// Fills in the total of a page, from what is known or by counting; true when it was counted.
bool CountRest(Session& session, const Resource& resource, const ListFilter& filter, uint64_t limit,
               uint64_t offset, std::optional<uint64_t> total, RecordPage& page) {
  const uint64_t items = page.records.size();
  if (!total) total = TotalOfLastPage(offset, items, limit);
  if (total) {
    page.total = *total;
    return false;
  }
  if (items == 0) return false;
  const uint64_t counted = CountRecords(session, resource, filter, /*forgotten=*/true);
  // Somebody may be deleted between the two statements.
  page.total = std::max(counted, offset + items);
  return true;
}

/// Which part of a list, of whom.
struct Part {
  const ListFilter& filter;
  const ListOrder& order;
  uint64_t limit;
  uint64_t offset;
};

RecordPage RolePage(Session& session, const Part& part, const Choice& choice) {
  RecordPage page;
  std::optional<uint64_t> total;
  const int columns = 1 + static_cast<int>(choice.count());
  const auto take = [&](const Rows& rows) {
    if (page.records.empty()) total = ReadCount(session, Roles(), part.filter, rows, columns);
    page.records.push_back(ReadRecord(rows, Roles(), choice, 0));
  };
  ReadRoles(session, part.filter, part.order, choice, part.limit, part.offset, take);
  CountRest(session, Roles(), part.filter, part.limit, part.offset, total, page);
  return page;
}

/// Nothing when a row cannot be read in this way.
std::optional<RecordPage> UserPage(Session& session, const Part& part, const Reading& reading) {
  RecordPage page;
  page.records.reserve(part.limit);
  std::optional<uint64_t> total;
  bool clear = true;
  const auto take = [&](const Rows& rows) {
    if (page.records.empty()) {
      total = ReadCount(session, Users(), part.filter, rows, reading.columns);
    }
    auto record = reading.read(rows);
    clear = clear && record;
    page.records.push_back(record ? *std::move(record) : Record());
  };
  const OrderedList list = PageList(part.filter, part.order, reading);
  RememberedPage memory(session, list, part.limit, part.offset);
  ListFilter meant = part.filter;
  if (memory.ReadAgain(take)) {
    if (!total) total = memory.Total();
  } else {
    meant = Narrow(session, Users(), std::move(meant));
    const bool narrowed = meant.found && !part.filter.found;
    ReadPage(session, narrowed ? PageList(meant, part.order, reading) : list, part.limit,
             part.offset, take, &memory);
  }
  if (!clear) return std::nullopt;
  const bool counted = CountRest(session, Users(), meant, part.limit, part.offset, total, page);
  if (counted && meant.found) memory.KeepTotal(page.total);
  return page;
}

void AddIdent(Clause& clause, const Resource& resource, const Ident& ident) {
  if (ident.id) {
    clause.Add(Id(resource)).Add(" = ").Value(*ident.id);
  } else if (!IsUsers(resource)) {
    clause.Add("r.name = ").Value(ident.name);
  } else {
    clause.Append(UnameCondition(ident.name));
  }
}

/// True when the filter leaves all the living.
bool IsOpen(const ListFilter& filter) {
  const bool narrowed = filter.nothing || filter.trash || filter.level != Level::kAll ||
                        !filter.conditions.empty() || !filter.words.empty() || filter.found;
  return !narrowed && !filter.with_roles && !filter.of_role && !filter.of_user &&
         filter.of_users.empty();
}

}  // namespace

std::string_view Record::Text(size_t attribute) const {
  return values[attribute] ? std::string_view(*values[attribute]) : std::string_view();
}

std::optional<Record> RecordStore::Find(Session& session, const Resource& resource,
                                        const Ident& ident, const ListFilter& filter,
                                        const Choice& choice) {
  if (IsUsers(resource) && ident.id && choice == Users().All() && IsOpen(filter)) {
    auto found = FindPlainUser(session, *ident.id);
    if (found) return *std::move(found);
  }
  const Clause where = WhereClause(resource, filter);
  Clause select;
  select.Add("SELECT ").Add(Id(resource)).Append(Columns(resource, choice)).Add(Table(resource));
  if (IsUsers(resource) && ident.id) select.Add(" FORCE INDEX (PRIMARY)");
  select.Append(where).Add(where.Sql().empty() ? Literal(" WHERE ") : Literal(" AND "));
  AddIdent(select, resource, ident);
  select.Add(" LIMIT 1");
  auto records = ReadAll(select.Query(session), resource, choice);
  if (records.empty()) return std::nullopt;
  return std::move(records.front());
}

RecordPage RecordStore::Page(Session& session, const Resource& resource, const ListFilter& filter,
                             const ListOrder& order, const Choice& choice, uint64_t limit,
                             uint64_t offset) {
  const Part part{filter, order, limit, offset};
  if (!IsUsers(resource)) return RolePage(session, part, choice);
  if (choice == Users().All()) {
    if (auto page = UserPage(session, part, ByPlainColumns())) return *std::move(page);
  }
  return *UserPage(session, part, ByExpressions(choice));
}

RecordStore::Linked RecordStore::RolesOf(Session& session, const std::vector<uint64_t>& users,
                                         const Choice& choice) {
  if (users.empty()) return {};
  Clause select;
  select.Add("SELECT l.user_id, r.id").Append(Columns(Roles(), choice));
  select.Add(
      " FROM bedita_user_roles l JOIN bedita_roles r ON r.id = l.role_id WHERE l.user_id IN ");
  select.Values(users).Add(" ORDER BY l.user_id, r.id LIMIT ").Value(kMostLinked);
  return ReadLinked(select.Query(session), Roles(), choice);
}

RecordStore::Linked RecordStore::UsersOf(Session& session, const std::vector<uint64_t>& roles,
                                         const Choice& choice, Level level) {
  if (roles.empty()) return {};
  ListFilter living;
  living.level = level;
  Clause select;
  select.Add("SELECT l.role_id, u.id").Append(Columns(Users(), choice));
  select.Add(" FROM bedita_user_roles l JOIN users u ON u.id = l.user_id");
  select.Append(WhereClause(Users(), living)).Add(" AND l.role_id IN ").Values(roles);
  select.Add(" ORDER BY l.role_id, u.id LIMIT ").Value(kMostLinked);
  return ReadLinked(select.Query(session), Users(), choice);
}

}  // namespace rosterd::db::bedita
