#pragma once

#include <optional>
#include <string_view>

#include "fcgi/response.h"

namespace rosterd::timeslot {

/// What a person typed that cannot be its password.
enum class PasswordProblem { kMissing, kTooShort, kTooLong, kBadCharacter, kNotRepeated };

/// The form that the mailed link leads to: a new password, twice. `action` is where it is posted
/// to; with a problem its status is 422 and it says what is wrong beside the field.
fcgi::Response PasswordForm(std::string_view action, std::string_view token,
                            std::optional<PasswordProblem> problem = std::nullopt);

/// After the new password was stored.
fcgi::Response PasswordChanged();

/// A link that is none (404), or one that was used or is too old (410): which of both is not said.
fcgi::Response LinkRefused(int status);

/// When nothing can be done right now (503).
fcgi::Response TryLater();

}  // namespace rosterd::timeslot
