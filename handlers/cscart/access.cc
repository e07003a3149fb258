#include "handlers/cscart/access.h"

namespace rosterd::cscart {
namespace {

constexpr uint8_t kAllPrivileges = 31;

Caller::Kind KindOf(const db::cscart::Login& account) {
  if (account.user_type == "V") return Caller::Kind::kVendor;
  if (account.user_type != "A") return Caller::Kind::kCustomer;
  if (account.company_id != 0) return Caller::Kind::kStoreAdmin;
  return account.is_root ? Caller::Kind::kRootAdmin : Caller::Kind::kAdmin;
}

// A vendor without a company must not be taken for one who is bound to nothing.
bool HasRights(const Caller& caller, bool scoped_vendors) {
  if (caller.kind == Caller::Kind::kVendor) return scoped_vendors && caller.company_id != 0;
  return caller.kind != Caller::Kind::kCustomer;
}

bool IsRead(std::string_view method) { return method == "GET"; }

}  // namespace

Caller ToCaller(const db::cscart::Login& account, bool scoped_vendors) {
  Caller caller;
  caller.id = account.id;
  caller.kind = KindOf(account);
  caller.company_id = account.company_id;
  caller.credential = account.credential;
  if (!HasRights(caller, scoped_vendors)) return caller;
  caller.restricted = account.privileges != 0 && !caller.IsRoot();
  caller.privileges = caller.restricted ? static_cast<uint8_t>(account.privileges & kAllPrivileges)
                                        : kAllPrivileges;
  return caller;
}

bool MayUse(const Caller& caller, std::string_view entity, std::string_view method) {
  if (entity == "users" || entity == "auth") {
    return caller.May(IsRead(method) && entity == "users" ? Privilege::kViewUsers
                                                          : Privilege::kManageUsers);
  }
  if (entity == "usergroups") {
    return caller.May(IsRead(method) ? Privilege::kViewUsergroups : Privilege::kManageUsergroups);
  }
  if (entity == "stores" || entity == "vendors") return caller.May(Privilege::kViewUsers);
  return true;
}

bool MayEnter(const Caller& caller, uint64_t company_id) {
  const auto bound = caller.BoundTo();
  return caller.privileges != 0 && (!bound || *bound == company_id);
}

db::cscart::Sight SightOf(const Caller& caller, std::optional<uint64_t> scope) {
  db::cscart::Sight sight;
  sight.company = scope;
  if (caller.restricted) sight.customers_and = caller.id;
  return sight;
}

}  // namespace rosterd::cscart
