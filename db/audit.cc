#include "db/audit.h"

namespace rosterd::db {
namespace {

constexpr std::string_view kInsert =
    "INSERT INTO audit"
    " (at, dialect, action, user_id, actor_id, credential, address, request_id, fields)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

constexpr std::string_view kForgetAddresses =
    "UPDATE audit SET address = '' WHERE user_id = ? AND actor_id = ?";

AuditRow ReadRow(const Rows& rows) {
  AuditRow row;
  row.id = rows.Number(0);
  row.at = rows.Moment(1).value_or(Time{});
  row.dialect = rows.Text(2);
  row.action = rows.Text(3);
  row.user = {rows.Number(4)};
  row.actor = {rows.Number(5)};
  row.credential = rows.Text(6);
  row.address = rows.Text(7);
  row.request_id = rows.Text(8);
  row.fields = rows.Text(9);
  return row;
}

}  // namespace

void AuditStore::Insert(Session& session, const AuditRow& row) {
  session.Execute(kInsert, row.at, row.dialect, row.action, row.user, row.actor, row.credential,
                  row.address, row.request_id, row.fields);
}

std::vector<AuditRow> AuditStore::List(Session& session, std::optional<UserId> user,
                                       std::optional<Time> since, int limit) {
  StatementBuilder statement;
  statement.Add(
      "SELECT id, at, dialect, action, user_id, actor_id, credential, address, request_id, fields"
      " FROM audit WHERE 1");
  if (user) statement.Add(" AND user_id = ").Value(*user);
  if (since) statement.Add(" AND at >= ").Value(*since);
  statement.Add(" ORDER BY id DESC LIMIT ").Value(limit);

  std::vector<AuditRow> list;
  Rows rows = statement.Query(session);
  while (rows.Next()) list.push_back(ReadRow(rows));
  return list;
}

void AuditStore::ForgetAddresses(Session& session, UserId user) {
  session.Execute(kForgetAddresses, user, user);
}

}  // namespace rosterd::db
