#pragma once

#include <optional>
#include <string_view>

#include "handlers/timeslot/body.h"
#include "handlers/timeslot/problem.h"

namespace rosterd::timeslot {

/// Texts of contract section 7.
inline constexpr std::string_view kTaken = "has already been taken";
inline constexpr std::string_view kCannotBeBlank = "can't be blank";

/// The rules of contract section 7, one function an attribute; each adds its messages in the
/// contract's order. To be called in the order in which they stand here.
void CheckUsername(std::string_view username, Violations& violations);
void CheckEmail(std::string_view email, bool is_taken, Violations& violations);
void CheckPassword(std::string_view password, int least, Violations& violations);
/// `duration`: not null, not empty.
void CheckDuration(std::string_view duration, Violations& violations);
void CheckPhone(std::string_view phone, bool is_taken, Violations& violations);

/// An integer with or without a sign, as it was sent; nothing beyond `bits` (32 or 64) and for
/// anything else. Contract: 6.6.
std::optional<int64_t> ToInteger(std::string_view text, int bits);

/// False for NUL and what else no text of a person may hold. Contract: 8.4.
bool IsStorable(std::string_view text);
/// The same for names and addresses, which have one line.
bool IsStorableLine(std::string_view text);

}  // namespace rosterd::timeslot
