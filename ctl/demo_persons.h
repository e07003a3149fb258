#pragma once

#include <cstdint>
#include <vector>

#include "db/cscart/demo_store.h"
#include "db/time.h"

namespace rosterd::ctl {

/// What all made-up persons have in common.
struct DemoWorld {
  db::Time now;
  std::vector<uint64_t> usergroups;  ///< of type C
  uint64_t companies = 3;            ///< with the ids from 1
};

/// A made-up person with this id, the same one whenever it is asked for. Its names are Russian or
/// English, its e-mail address holds its id and is nobody else's.
db::cscart::DemoPerson MakeDemoPerson(uint64_t id, const DemoWorld& world);

}  // namespace rosterd::ctl
