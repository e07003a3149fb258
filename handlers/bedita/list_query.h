#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/bedita/attributes.h"
#include "db/bedita/list_filter.h"
#include "db/result.h"
#include "handlers/bedita/query.h"

namespace rosterd::bedita {

/// Why a query is refused: title and detail of a 400.
struct QueryError {
  std::string title;
  std::string detail = {};
  bool operator==(const QueryError&) const = default;
};

/// What lists of a resource look like here, and who asks.
struct ListRules {
  const db::bedita::Resource& resource;
  uint64_t page_size = 20;
  uint64_t max_page_size = 100;
  db::bedita::Choice visible = {};      ///< what the caller may see: the rest is not there
  std::optional<uint64_t> caller = {};  ///< whom `filter[mine]` means
  bool trash = false;
};

struct Paging {
  uint64_t page = 1;
  uint64_t size = 20;
};

/// The query of a list, read. Contract: section 12.
struct ListQuery {
  Paging paging;
  db::bedita::ListOrder order;
  db::bedita::ListFilter filter;
};

Paging ReadPaging(const Query& query, const ListRules& rules);

/// Everything that decides which resources a list holds, in which order.
Result<ListQuery, QueryError> ReadListQuery(const Query& query, const ListRules& rules);

/// A comma list with blanks trimmed and empty elements left out.
std::vector<std::string> SplitList(std::string_view text);

}  // namespace rosterd::bedita
