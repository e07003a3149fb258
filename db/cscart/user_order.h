#pragma once

#include "db/cscart/user_store.h"
#include "db/ordered_list.h"

namespace rosterd::db::cscart {

/// A filtered list in an order, over `users u` and, in the order of companies, `cscart_companies
/// c`. What is read of each person is left to the caller. Where a group or an address `is_common`
/// those who have it are met on the way through the order; else the server begins with the few.
OrderedList ListOf(const UserFilter& filter, const UserSort& sort, bool is_common = false);

/// The members of the filter's group, or those with its address, are so many that it costs less to
/// walk to the row `last` of the list than to sort them.
bool IsCommon(Session& session, const UserFilter& filter, UserOrder order, uint64_t last);

}  // namespace rosterd::db::cscart
