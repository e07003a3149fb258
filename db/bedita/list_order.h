#pragma once

#include "db/bedita/attributes.h"
#include "db/bedita/list_filter.h"
#include "db/ordered_list.h"

namespace rosterd::db::bedita {

/// A filtered list of users in an order, over `users u`. What is read of each is left to the
/// caller.
OrderedList UserList(const ListFilter& filter, const ListOrder& order);

/// " ORDER BY …" over `bedita_roles r`.
StatementBuilder RoleOrder(const ListOrder& order);

}  // namespace rosterd::db::bedita
