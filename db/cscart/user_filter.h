#pragma once

#include "db/connection.h"
#include "db/cscart/user_store.h"

namespace rosterd::db::cscart {

/// " WHERE …" over `users u` for a filter.
StatementBuilder WhereClause(const UserFilter& filter);

/// " ORDER BY …" over `users u` and, where SortsByCompany, `cscart_companies c`.
StatementBuilder OrderClause(const UserSort& sort);

bool SortsByCompany(const UserSort& sort);

}  // namespace rosterd::db::cscart
