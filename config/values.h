#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rosterd::config {

// How the values of settings are spelled, the same in YAML and in --set (DESIGN.md section 6).
// Nothing = not spelled like that.

/// on, off, true, false, in any case of letters.
std::optional<bool> ParseSwitch(std::string_view text);
/// Decimal digits alone: "010" is 10.
std::optional<uint64_t> ParseWhole(std::string_view text);
/// A whole number of bytes, or one with k, m, g, KiB, MiB or GiB (1024 each), in any case of
/// letters.
std::optional<uint64_t> ParseSize(std::string_view text);
/// A whole number of seconds, or one with ms, s, m, h or d.
std::optional<std::chrono::milliseconds> ParseDuration(std::string_view text);
/// The comma-separated items without the blanks around them; none for an empty text.
std::vector<std::string> SplitList(std::string_view text);

/// "16 MiB", "1000" when nothing larger divides it.
std::string ShowSize(uint64_t bytes);
/// "7d", "15m", "1500ms": the largest unit that divides it.
std::string ShowDuration(std::chrono::milliseconds duration);

}  // namespace rosterd::config
