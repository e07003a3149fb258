#pragma once

#include "db/cscart/user_store.h"
#include "db/ordered_list.h"

namespace rosterd::db::cscart {

/// A filtered list in an order, over `users u` and, in the order of companies, `cscart_companies
/// c`. What is read of each person is left to the caller. With a group that `has_many` members they
/// are met on the way through the order; without, the server begins with the few.
OrderedList ListOf(const UserFilter& filter, const UserSort& sort, bool has_many = false);

/// The members of the filter's group are so many that it costs less to walk to the row `last` of
/// the list than to sort them.
bool HasManyMembers(Session& session, const UserFilter& filter, uint64_t last);

}  // namespace rosterd::db::cscart
