#pragma once

#include "db/connection.h"
#include "db/cscart/user_store.h"
#include "db/search_index.h"

namespace rosterd::db::cscart {

/// " WHERE …" over `users u` for a filter. `person_by_person`: who has an address is looked at when
/// a person is met; the server, left to itself, looks through all addresses first.
StatementBuilder WhereClause(const UserFilter& filter, bool person_by_person = false);

/// Everything that decides who is in such a list moves the version of the lists (db/changes.h).
bool IsLasting(const UserFilter& filter);

/// The texts that WhereClause looks for.
SearchTerms TermsOf(const UserFilter& filter);

}  // namespace rosterd::db::cscart
