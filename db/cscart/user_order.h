#pragma once

#include "db/cscart/user_store.h"
#include "db/ordered_list.h"

namespace rosterd::db::cscart {

/// A filtered list in an order, over `users u` and, in the order of companies, `cscart_companies
/// c`. What is read of each person is left to the caller.
OrderedList ListOf(const UserFilter& filter, const UserSort& sort);

}  // namespace rosterd::db::cscart
