#pragma once

#include <cstdint>
#include <vector>

#include "db/bedita/attributes.h"
#include "db/ids.h"
#include "handlers/bedita/call.h"
#include "handlers/dialect.h"

namespace rosterd::bedita {

/// What a DELETE is about.
struct Targets {
  std::vector<uint64_t> ids;  ///< one when it stood in the path
  bool bulk = false;          ///< they came with `?ids=`: those that are not there do not count
};

/// The ids of `?ids=1,2`, at most 500. 400 without any.
Result<Targets, Problem> ReadIds(const Call& call);

/// The one that the path calls by id or name, or those of `?ids=`. 404 when the name is nobody's.
Result<Targets, Problem> PathOrBulk(const Services& services, const Call& call,
                                    const db::bedita::Resource& resource);

std::vector<UserId> ToUserIds(const std::vector<uint64_t>& ids);

}  // namespace rosterd::bedita
