#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/cscart/usergroup_store.h"
#include "handlers/cscart/field_reader.h"

namespace rosterd::cscart {

/// The body of a POST or PUT of a user group. Contract: section 15.
struct UsergroupFields {
  std::string status;
  std::string type;
  std::optional<std::string> name;
  std::optional<std::vector<std::string>> privileges;  ///< nothing when none were sent
};

/// Reads and checks it; 400 for what is missing, unknown or too long.
Result<UsergroupFields, Problem> ReadUsergroupFields(const Fields& fields);

/// True when the caller lacks one of these privileges, so that it may not give them to itself.
bool LacksAny(const Caller& caller, const std::vector<std::string>& privileges);

/// The group behind a built-in id (0, 1, 2); nothing for others.
std::optional<db::cscart::Usergroup> BuiltInUsergroup(uint64_t id);

}  // namespace rosterd::cscart
