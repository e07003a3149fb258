#pragma once

#include "db/connection.h"
#include "db/cscart/user_store.h"
#include "db/search_index.h"

namespace rosterd::db::cscart {

/// " WHERE …" over `users u` for a filter.
StatementBuilder WhereClause(const UserFilter& filter);

/// Everything that decides who is in such a list moves the version of the lists (db/changes.h).
bool IsLasting(const UserFilter& filter);

/// The texts that WhereClause looks for.
SearchTerms TermsOf(const UserFilter& filter);

}  // namespace rosterd::db::cscart
