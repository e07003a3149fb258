#pragma once

#include <optional>
#include <string_view>

#include "fcgi/response.h"

namespace rosterd::timeslot {

/// What a person typed that cannot be its password.
enum class PasswordProblem { kMissing, kTooShort, kTooLong, kBadCharacter, kNotRepeated };

/// What a form shows.
struct PasswordFormView {
  std::string_view action;  ///< where it is posted to
  std::string_view token;   ///< the secret of the link
  int shortest = 5;         ///< characters of a password
  int longest = 72;
};

/// The form that the mailed link leads to: a new password, twice. With a problem its status is 422
/// and it says what is wrong.
fcgi::Response PasswordForm(const PasswordFormView& view,
                            std::optional<PasswordProblem> problem = std::nullopt);

/// After the new password was stored.
fcgi::Response PasswordChanged();

/// A link that is none (404), or one that was used or is too old (410): which of both is not said.
fcgi::Response LinkRefused(int status);

/// When nothing can be done right now (503).
fcgi::Response TryLater();

}  // namespace rosterd::timeslot
