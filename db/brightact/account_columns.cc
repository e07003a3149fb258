#include "db/brightact/account_columns.h"

#include <string_view>

namespace rosterd::db::brightact {
namespace {

constexpr std::string_view kFindLocked =
    "SELECT brightact_org_id, brightact_mobile_provider, brightact_sp_num, brightact_extra_email,"
    " brightact_suppress_emails FROM users WHERE id = ? LIMIT 1 FOR UPDATE";

constexpr std::string_view kErase =
    "UPDATE users SET brightact_org_id = NULL, brightact_mobile_provider = 0, brightact_sp_num = 0,"
    " brightact_extra_email = NULL, brightact_suppress_emails = NULL WHERE id = ?";

// NULL is no organisation, so that the foreign key has nothing to look for.
Parameter OrgValue(uint64_t org_id) {
  return org_id == 0 ? Parameter(std::nullopt) : Parameter(org_id);
}

}  // namespace

AccountColumns AccountColumnStore::FindLocked(Session& session, UserId id) {
  AccountColumns columns;
  Rows rows = session.Query(kFindLocked, id);
  if (!rows.Next()) return columns;
  columns.org_id = rows.Number(0);
  columns.mobile_provider = rows.Number(1);
  columns.sp_num = rows.Number(2);
  columns.extra_email = rows.Text(3);
  columns.suppress_emails = rows.Text(4);
  return columns;
}

DialectValues AccountColumnStore::Differences(const AccountColumns& before,
                                              const AccountColumns& after) {
  DialectValues values;
  if (before.org_id != after.org_id) {
    values.emplace_back(DialectColumn("brightact_org_id"), OrgValue(after.org_id));
  }
  const auto add = [&](DialectColumn column, const auto& was, const auto& is) {
    if (was != is) values.emplace_back(column, Parameter(is));
  };
  add(DialectColumn("brightact_mobile_provider"), before.mobile_provider, after.mobile_provider);
  add(DialectColumn("brightact_sp_num"), before.sp_num, after.sp_num);
  add(DialectColumn("brightact_extra_email"), before.extra_email, after.extra_email);
  add(DialectColumn("brightact_suppress_emails"), before.suppress_emails, after.suppress_emails);
  return values;
}

void AccountColumnStore::Erase(Session& session, UserId id) { session.Execute(kErase, id); }

}  // namespace rosterd::db::brightact
