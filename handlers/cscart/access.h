#pragma once

#include <optional>
#include <string_view>

#include "db/cscart/login_store.h"
#include "db/cscart/user_store.h"
#include "handlers/cscart/call.h"

namespace rosterd::cscart {

/// What an account may do, from its row. `scoped_vendors` is the setting vendor_users_api = scoped.
/// Contract: section 6.
Caller ToCaller(const db::cscart::Login& account, bool scoped_vendors);

/// Whether the caller may use `method` on an entity at all (step 11 of section 4); entities that
/// have no rule of their own are open to everybody who signed in.
bool MayUse(const Caller& caller, std::string_view entity, std::string_view method);

/// Whether the caller may work inside of a company (step 9 of section 4).
bool MayEnter(const Caller& caller, uint64_t company_id);

/// What of the directory a caller sees: everything, one company, customers and itself.
db::cscart::Sight SightOf(const Caller& caller, std::optional<uint64_t> scope);

}  // namespace rosterd::cscart
