#include "ctl/cscart_account.h"

namespace rosterd::ctl {

using db::cscart::AccountColumns;

void RegisterCscart(directory::Persons& persons) {
  persons.OnPurge(db::cscart::AccountColumnStore::Erase);
}

AccountColumns Apply(const CscartOptions& options, AccountColumns columns) {
  columns.user_type = options.type.value_or(columns.user_type);
  columns.is_root = options.root.value_or(columns.is_root);
  columns.company_id = options.company.value_or(columns.company_id);
  return columns;
}

void Change(const AccountColumns& before, const AccountColumns& after,
            const config::Cscart& settings, directory::EditExtras& extras) {
  if (before == after) return;
  extras.values = db::cscart::AccountColumnStore::Differences(before, after);
  extras.rights_changed = true;
  const db::Realm realm = RealmOf(after, settings.share_users);
  if (RealmOf(before, settings.share_users).value != realm.value) extras.realm = realm;
}

void Append(Record& record, const AccountColumns& columns) {
  record.emplace_back("cscart_user_type", columns.user_type);
  record.emplace_back("cscart_is_root", columns.is_root);
  record.emplace_back("cscart_company_id", columns.company_id);
}

}  // namespace rosterd::ctl
