#pragma once

#include <utility>

#include "handlers/cscart/call.h"
#include "handlers/cscart/list_query.h"
#include "handlers/dialect.h"

namespace rosterd::cscart {

/// GET /users — a page of the users that the caller may see, filtered and sorted; everything, as a
/// stream, with items_per_page=0. Version 1.0 answers the bare array.
///
/// Errors: 400 for a parameter of the wrong kind, 503 without a database. Contract: section 10.
class ListUsers {
 public:
  explicit ListUsers(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Answer ShortPage(const Call& call, const ListQuery& list) const;
  Answer LongPage(const Call& call, const ListQuery& list) const;

  Services services_;
};

}  // namespace rosterd::cscart
