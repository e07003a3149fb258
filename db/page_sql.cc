#include "db/page_sql.h"

#include <bit>

namespace rosterd::db {
namespace {

// To read so many rows in vain costs less than to find the ids of a page first.
constexpr uint64_t kFewRows = 50;

/// The column's value is behind that of the key.
void AddBehind(StatementBuilder& clause, Literal column, bool descending,
               const std::optional<std::string>& value) {
  if (!descending) {
    clause.Add(column).Add(value ? Literal(" > ") : Literal(" IS NOT NULL"));
    if (value) clause.Value(*value);
    return;
  }
  if (!value) {
    clause.Add("FALSE");
    return;
  }
  clause.Add("(").Add(column).Add(" < ").Value(*value).Add(" OR ").Add(column).Add(" IS NULL)");
}

void AddEqual(StatementBuilder& clause, Literal column, const std::optional<std::string>& value) {
  clause.Add(column).Add(value ? Literal(" = ") : Literal(" IS NULL"));
  if (value) clause.Value(*value);
}

// The row of the key is the first one forward, and is not among those backward.
Literal IdComparison(bool descending, bool backward) {
  if (backward) return descending ? Literal(" > ") : Literal(" < ");
  return descending ? Literal(" <= ") : Literal(" >= ");
}

/// (a > ? OR (a = ? AND (b > ? OR (b = ? AND id >= ?)))): the form of which the server makes one
/// range of an index over (a, b, id), which it does not of a comparison of rows.
StatementBuilder Behind(const OrderedList& list, const PageStart& start) {
  StatementBuilder clause;
  const RowKey& key = *start.key;
  const size_t last = list.order.size() - 1;
  for (size_t i = 0; i < last; ++i) {
    const SortColumn& column = list.order[i];
    clause.Add("(");
    AddBehind(clause, column.sql, column.descending != start.backward, key[i]);
    clause.Add(" OR (");
    AddEqual(clause, column.sql, key[i]);
    clause.Add(" AND ");
  }
  const SortColumn& id = list.order[last];
  clause.Add(id.sql).Add(IdComparison(id.descending, start.backward)).Value(key[last]);
  for (size_t i = 0; i < last; ++i) clause.Add("))");
  return clause;
}

/// What is read of each row.
StatementBuilder Columns(const OrderedList& list, bool remembered) {
  StatementBuilder columns = list.select;
  if (!remembered) return columns;
  columns.Add(", ").Add(Changes::kVersionColumn);
  for (const SortColumn& column : list.order) columns.Add(", ").Add(column.sql);
  return columns;
}

/// " WHERE … ORDER BY … LIMIT … OFFSET …"
void AddRange(StatementBuilder& sql, const OrderedList& list, const PageStart& start) {
  sql.Append(list.where);
  if (start.key != nullptr) sql.Add(" AND ").Append(Behind(list, start));
  sql.Append(OrderBy(list.order, start.backward));
  sql.Add(" LIMIT ").Value(start.rows).Add(" OFFSET ").Value(start.skip);
}

}  // namespace

StatementBuilder InGroupOf(const OrderedList& list, const RowKey& key) {
  StatementBuilder clause;
  for (size_t i = 0; i + 1 < list.order.size(); ++i) {
    if (i > 0) clause.Add(" AND ");
    AddEqual(clause, list.order[i].sql, key[i]);
  }
  return clause;
}

StatementBuilder IdsFrom(const OrderedList& list, const PageStart& start) {
  StatementBuilder ids;
  ids.Add("SELECT u.id").Add(list.source);
  AddRange(ids, list, start);
  return ids;
}

StatementBuilder RowsOf(const OrderedList& list, const StatementBuilder& ids, bool remembered) {
  StatementBuilder rows = Columns(list, remembered);
  rows.Add(" FROM (").Append(ids).Add(") page JOIN users u ON u.id = page.id").Add(list.joins);
  return rows.Append(OrderBy(list.order));
}

StatementBuilder RowsFrom(const OrderedList& list, const PageStart& start, bool remembered) {
  if (!list.indexed || start.backward || start.skip > kFewRows) {
    return RowsOf(list, IdsFrom(list, start), remembered);
  }
  StatementBuilder rows = Columns(list, remembered);
  rows.Add(list.source).Add(list.joins);
  AddRange(rows, list, start);
  return rows;
}

StatementBuilder RowsOfIds(const OrderedList& list, std::vector<uint64_t> ids) {
  // Up to a power of two, with ids that nobody has: pages share a few held statements.
  ids.resize(std::bit_ceil(ids.size()), 0);
  StatementBuilder rows = Columns(list, /*remembered=*/true);
  rows.Add(" FROM users u FORCE INDEX (PRIMARY)").Add(list.joins).Add(" WHERE u.id IN (");
  return rows.Values(ids).Add(")").Append(OrderBy(list.order));
}

Rows RowsBehind(uint64_t skip, const StatementBuilder& statement, Session& session) {
  constexpr uint64_t kWalk = 1000;
  return skip < kWalk ? statement.Query(session) : statement.QueryAnew(session);
}

uint64_t VersionOf(const Rows& rows, const OrderedList& list) { return rows.Number(list.columns); }

RowKey KeyOf(const Rows& rows, const OrderedList& list) {
  RowKey key;
  int column = list.columns;
  for (size_t i = 0; i < list.order.size(); ++i) key.push_back(rows.OptionalText(++column));
  return key;
}

std::string NameOf(const OrderedList& list) {
  std::string name(list.where.Sql());
  for (const Parameter& value : list.where.Parameters()) {
    name += value.IsNull() ? 'N' : 'T';
    name += std::to_string(value.Text().size()) + ':' + value.Text();
  }
  return name.append(OrderBy(list.order).Sql());
}

}  // namespace rosterd::db
