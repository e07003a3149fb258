#include "db/cscart/account_columns.h"

namespace rosterd::db::cscart {
namespace {

constexpr std::string_view kFind =
    "SELECT cscart_user_type, cscart_is_root, cscart_company_id, cscart_fax, cscart_url, "
    "cscart_lang_code,"
    " cscart_tax_exempt, cscart_birthday, cscart_referer, cscart_points"
    " FROM users FORCE INDEX (PRIMARY) WHERE id = ? AND deleted_at IS NULL";
constexpr std::string_view kFindLocked =
    "SELECT cscart_user_type, cscart_is_root, cscart_company_id, cscart_fax, cscart_url, "
    "cscart_lang_code,"
    " cscart_tax_exempt, cscart_birthday, cscart_referer, cscart_points"
    " FROM users FORCE INDEX (PRIMARY) WHERE id = ? AND deleted_at IS NULL FOR "
    "UPDATE";

// The first comparison uses the index, in a collation that takes accents for nothing; the second
// one lets only the case of letters differ. Fifteen indexes begin with deleted_at; the server would
// look into each of them, at each execution, before it takes this one.
constexpr std::string_view kFindByEmail =
    "SELECT id FROM users FORCE INDEX (cscart_by_email) WHERE deleted_at IS NULL AND email = ?"
    " AND LOWER(email) COLLATE utf8mb4_bin = LOWER(?) ORDER BY status <> 'active', id LIMIT 1";

constexpr std::string_view kLockRoots =
    "INSERT INTO cscart_root_locks (company_id) VALUES (?) ON DUPLICATE KEY UPDATE company_id = "
    "company_id";
constexpr std::string_view kFindRoot =
    "SELECT id FROM users WHERE cscart_is_root = 1 AND cscart_company_id = ? AND deleted_at IS NULL"
    " AND id <> ? LIMIT 1";
constexpr std::string_view kLowestAdmin =
    "SELECT id FROM users FORCE INDEX (cscart_by_type) WHERE deleted_at IS NULL AND "
    "cscart_company_id = ?"
    " AND cscart_user_type IN ('A', 'V') AND id <> ? ORDER BY id LIMIT 1";
constexpr std::string_view kSetRoot =
    "UPDATE users SET cscart_is_root = ?, updated_at = ? WHERE id = ?";

constexpr std::string_view kEraseColumns =
    "UPDATE users SET cscart_is_root = 0, cscart_fax = '', cscart_url = '', cscart_lang_code = '',"
    " cscart_tax_exempt = 'N', cscart_birthday = 0, cscart_referer = '', cscart_points = 0 WHERE "
    "id = ?";
constexpr std::string_view kEraseLinks = "DELETE FROM cscart_usergroup_links WHERE user_id = ?";
constexpr std::string_view kEraseProfiles = "DELETE FROM cscart_profiles WHERE user_id = ?";

}  // namespace

Realm RealmOf(const AccountColumns& account, bool share_users) {
  if (share_users || account.user_type != "C") return {};
  return {std::to_string(account.company_id)};
}

std::optional<AccountColumns> AccountColumnStore::Find(Session& session, UserId id, bool lock) {
  Rows rows = session.Query(lock ? kFindLocked : kFind, id);
  if (!rows.Next()) return std::nullopt;
  AccountColumns account;
  account.user_type = rows.Text(0);
  account.is_root = rows.Flag(1);
  account.company_id = rows.Number(2);
  account.fax = rows.Text(3);
  account.url = rows.Text(4);
  account.lang_code = rows.Text(5);
  account.tax_exempt = rows.Text(6);
  account.birthday = rows.Signed(7);
  account.referer = rows.Text(8);
  account.points = rows.Signed(9);
  return account;
}

std::optional<Person> AccountColumnStore::FindByEmail(Session& session, std::string_view email) {
  UserId id;
  {
    Rows rows = session.Query(kFindByEmail, email, email);
    if (!rows.Next()) return std::nullopt;
    id = UserId{rows.Number(0)};
  }
  return PersonStore::Find(session, id);
}

DialectValues AccountColumnStore::Differences(const AccountColumns& before,
                                              const AccountColumns& after) {
  DialectValues values;
  const auto add = [&](DialectColumn column, const auto& was, const auto& is) {
    if (was != is) values.emplace_back(column, Parameter(is));
  };
  add(DialectColumn("cscart_user_type"), before.user_type, after.user_type);
  add(DialectColumn("cscart_is_root"), before.is_root, after.is_root);
  add(DialectColumn("cscart_company_id"), before.company_id, after.company_id);
  add(DialectColumn("cscart_fax"), before.fax, after.fax);
  add(DialectColumn("cscart_url"), before.url, after.url);
  add(DialectColumn("cscart_lang_code"), before.lang_code, after.lang_code);
  add(DialectColumn("cscart_tax_exempt"), before.tax_exempt, after.tax_exempt);
  add(DialectColumn("cscart_birthday"), before.birthday, after.birthday);
  add(DialectColumn("cscart_referer"), before.referer, after.referer);
  add(DialectColumn("cscart_points"), before.points, after.points);
  return values;
}

void AccountColumnStore::LockRoots(Session& session, uint64_t company_id) {
  session.Execute(kLockRoots, company_id);
}

bool AccountColumnStore::HasRoot(Session& session, uint64_t company_id, UserId except) {
  return session.Query(kFindRoot, company_id, except).Next();
}

std::optional<UserId> AccountColumnStore::LowestAdmin(Session& session, uint64_t company_id,
                                                      UserId except) {
  Rows rows = session.Query(kLowestAdmin, company_id, except);
  if (!rows.Next()) return std::nullopt;
  return UserId{rows.Number(0)};
}

void AccountColumnStore::SetRoot(Session& session, UserId id, bool is_root, Time now) {
  session.Execute(kSetRoot, is_root, now, id);
}

void AccountColumnStore::Erase(Session& session, UserId id) {
  session.Execute(kEraseColumns, id);
  session.Execute(kEraseLinks, id);
  session.Execute(kEraseProfiles, id);
}

}  // namespace rosterd::db::cscart
