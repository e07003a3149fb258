#pragma once

#include <string>

#include "db/bedita/attributes.h"
#include "db/bedita/list_filter.h"
#include "handlers/bedita/call.h"
#include "handlers/dialect.h"

namespace rosterd::bedita {

/// A list that a path stands for.
struct List {
  const db::bedita::Resource& resource;
  db::bedita::ListFilter base = {};  ///< what its records have in common
  std::string available = {};        ///< path of the whole collection, for related lists
  bool identifiers = false;          ///< neither attributes nor meta
};

/// The page of a list that the query asks for: at most three statements, whatever its size. 400 for
/// a bad query, 404 beyond the last page, 503 without a database. Contract: section 12.
Answer ShowList(const Services& services, const Call& call, const List& list);

}  // namespace rosterd::bedita
