#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "config/settings.h"
#include "db/cscart/user_store.h"
#include "fcgi/value.h"
#include "handlers/cscart/call.h"
#include "handlers/json_writer.h"

namespace rosterd::cscart {

/// Which part of a list is asked for. Contract: section 10, "Paging".
struct Paging {
  uint64_t page = 1;
  uint64_t items_per_page = 0;  ///< 0 = everything

  /// The page that exists: the last one when `page` is behind the end of `total` rows; as asked
  /// when there are none.
  uint64_t Within(uint64_t total) const;
};

/// What GET /users asks for.
struct ListQuery {
  db::cscart::UserFilter filter;
  db::cscart::UserSort sort;
  std::string sort_by;  ///< the word for `sort.by`
  Paging paging;
  bool extended = false;
};

/// Reads all parameters of the table in section 10, and of section 22. Problem 400 when a parameter
/// that is one value is a map.
Result<ListQuery, Problem> ReadListQuery(const Call& call, const config::Cscart& settings);

/// page and items_per_page with the defaults and limits of the settings.
Paging ReadPaging(const Call& call, const config::Cscart& settings);

/// The text of a parameter that is one value, trimmed, the last one of a list; nothing when it is
/// absent, empty or no such value.
std::optional<std::string> Scalar(const fcgi::Value& query, std::string_view name);

/// Writes what the client sent, and behind it what was made of its paging and order, in the
/// sequence of the contract's section 10.
struct Echo {
  uint64_t page = 1;
  uint64_t items_per_page = 0;
  std::string sort_by;
  bool descending = false;
  uint64_t total = 0;  ///< not shown when items_per_page is 0
};
void WriteParams(JsonWriter& json, const fcgi::Value& query, const Echo& echo);

}  // namespace rosterd::cscart
