#pragma once

#include <optional>
#include <string_view>

#include "config/settings.h"
#include "db/person.h"
#include "db/result.h"
#include "directory/password.h"
#include "handlers/bedita/problem.h"

namespace rosterd::bedita {

/// Why a new password is refused: too short for the directory, longer than 4096 bytes, or not as
/// `password_policy.rule` wants. 400 with the configured message as its title. Contract: section
/// 8.4.
std::optional<Problem> RefusePassword(const config::Settings& settings, std::string_view password);

/// The hash of a password that was not refused; 503 when no turn to hash comes in time.
Result<db::StoredPassword, Problem> HashPassword(const directory::Passwords& passwords,
                                                 std::string_view password);

}  // namespace rosterd::bedita
