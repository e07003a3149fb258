#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "db/ids.h"
#include "db/person.h"
#include "db/time.h"

namespace rosterd::ctl {

/// Adds an option that sets `target` when it is given; also to an empty text, which CLI11 takes for
/// "not given" in an optional.
CLI::Option* AddText(CLI::App& command, const std::string& name, std::optional<std::string>& target,
                     const std::string& description);
/// on, off, true, false, Y, N.
CLI::Option* AddSwitch(CLI::App& command, const std::string& name, std::optional<bool>& target,
                       const std::string& description);
/// Digits alone.
CLI::Option* AddNumber(CLI::App& command, const std::string& name, std::optional<uint64_t>& target,
                       const std::string& description);
CLI::Option* AddStatus(CLI::App& command, const std::string& name,
                       std::optional<db::Status>& target, const std::string& description);

/// A person's id, required: positional ID or option --user.
CLI::Option* AddUserId(CLI::App& command, const std::string& name, UserId& target);

/// The moment that "2026-11-22", "2026-11-22 08:00:00", "2026-11-22T08:00:00Z", seconds of Unix, or
/// "12h" (so long ago) stand for; UTC.
std::optional<db::Time> ParseMoment(std::string_view text, db::Time now);

}  // namespace rosterd::ctl
