#pragma once

#include <optional>
#include <string>

#include "db/result.h"
#include "fcgi/value.h"
#include "handlers/bedita/problem.h"

namespace rosterd::bedita {

/// What a request wants to write of a role.
struct RoleFields {
  std::optional<std::string> name;
  std::optional<std::optional<std::string>> description;  ///< inside: nothing for null
};

/// Reads `attributes`; unknown and read-only ones are ignored. `stored_name` is the present name,
/// which may stay as it is; empty for a new role, which needs one. Contract: section 10.
Result<RoleFields, Problem> ReadRoleFields(const fcgi::Value& attributes,
                                           std::string_view stored_name);

/// 400 `[name.unique]`.
Problem RoleNameTaken();

}  // namespace rosterd::bedita
