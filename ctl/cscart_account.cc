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

db::Realm RealmOf(const AccountColumns& columns, const config::Cscart& settings) {
  if (settings.share_users || columns.user_type != "C") return {};
  return {std::to_string(columns.company_id)};
}

void Change(const AccountColumns& before, const AccountColumns& after,
            const config::Cscart& settings, directory::EditExtras& extras) {
  if (before == after) return;
  extras.values = db::cscart::AccountColumnStore::Differences(before, after);
  extras.rights_changed = true;
  if (RealmOf(before, settings).value != RealmOf(after, settings).value) {
    extras.realm = RealmOf(after, settings);
  }
}

void Append(Record& record, const AccountColumns& columns) {
  record.emplace_back("cscart_user_type", columns.user_type);
  record.emplace_back("cscart_is_root", columns.is_root);
  record.emplace_back("cscart_company_id", columns.company_id);
}

}  // namespace rosterd::ctl
