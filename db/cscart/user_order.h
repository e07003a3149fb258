#pragma once

#include "db/cscart/user_store.h"
#include "db/ordered_list.h"

namespace rosterd::db::cscart {

/// How those whom a filter lets through are found where no index gives them in order.
enum class Way {
  kUsual,   ///< as the server likes it: it begins with what it takes for few
  kOrder,   ///< they are many, and met on the way through the order of all persons
  kPersons  ///< they are few, and nothing but looking at every person finds them
};

/// A filtered list in an order, over `users u` and, in the order of companies, `cscart_companies
/// c`. What is read of each person is left to the caller.
OrderedList ListOf(const UserFilter& filter, const UserSort& sort, Way way = Way::kUsual);

/// The way that costs least to the row `last` of the list, where the server does not find it by
/// itself: for groups, addresses, windows of time, and a flag without an index. May count.
Way WayTo(Session& session, const UserFilter& filter, UserOrder order, uint64_t last);

}  // namespace rosterd::db::cscart
