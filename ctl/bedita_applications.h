#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ctl/output.h"
#include "ctl/tool.h"
#include "db/bedita/application_store.h"
#include "directory/refusal.h"

namespace rosterd::ctl {

/// An application of BEdita that is to be made: a key without a person.
struct NewApplication {
  uint64_t id = 0;  ///< 0 = the next one
  std::string name;
  std::string key;
  std::string secret;  ///< empty = it needs none
};

/// Inserts it within a unit of work of the caller's, and audits it; gives the id.
uint64_t Insert(db::Session& session, const directory::Actor& actor, const NewApplication& wanted);

/// Makes it and shows it this once. Throws Failure when name or key are taken.
void AddApplication(Tool& tool, const NewApplication& application);

/// All enabled ones, as `key list` shows keys.
std::vector<Record> ListApplications(Tool& tool);

/// Disables the one with this id, or this key, and shows it.
void DisableApplication(Tool& tool, const std::optional<uint64_t>& id,
                        const std::optional<std::string>& key);

}  // namespace rosterd::ctl
