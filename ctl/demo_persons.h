#pragma once

#include <cstdint>
#include <vector>

#include "db/demo/demo_store.h"
#include "db/time.h"

namespace rosterd::ctl {

/// What all made-up persons have in common.
struct DemoWorld {
  db::Time now;
  std::vector<uint64_t> usergroups;  ///< of type C
  std::vector<uint64_t> roles;       ///< beside that of the administrators
  std::vector<uint64_t> orgs;
  uint64_t companies = 3;  ///< with the ids from 1
};

/// A made-up person with this id, the same one whenever it is asked for. Its name is Russian or in
/// Latin letters, its e-mail address holds its id and is nobody else's, and so do its other names.
/// Of each hundred ids those that end in 49 and 99 are in the trash, and the one in 74 is blocked.
db::demo::DemoPerson MakeDemoPerson(uint64_t id, const DemoWorld& world);

}  // namespace rosterd::ctl
