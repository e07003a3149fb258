#pragma once

#include "db/connection.h"
#include "db/cscart/user_store.h"
#include "db/search_index.h"

namespace rosterd::db::cscart {

/// The last second of the year 9999: behind it is nobody.
inline constexpr int64_t kLastMoment = 253402300799;

/// " WHERE …" over `users u` for a filter. `person_by_person`: who has an address, or was changed
/// in a window of time, is looked at when a person is met; otherwise the server goes through all
/// such addresses and changes first.
StatementBuilder WhereClause(const UserFilter& filter, bool person_by_person = false);

/// Everything that decides who is in such a list moves the version of the lists (db/changes.h).
bool IsLasting(const UserFilter& filter);

/// The texts that WhereClause looks for.
SearchTerms TermsOf(const UserFilter& filter);

}  // namespace rosterd::db::cscart
