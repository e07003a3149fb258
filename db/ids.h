#pragma once

#include <charconv>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rosterd {

/// The id of a person, the same in every dialect: from 1, below 2^53, never reused. 0 is nobody.
struct UserId {
  uint64_t value = 0;
  // NOLINTNEXTLINE(modernize-use-nullptr): takes the comparison for one with 0
  auto operator<=>(const UserId&) const = default;
};

/// Ids stay below 2^53, so that they are exact in every client's JSON numbers.
inline constexpr uint64_t kIdLimit = uint64_t{1} << 53U;

/// The number that a text of digits alone stands for (leading zeros allowed: "007" is 7); nothing
/// for anything else, and for a number of 2^53 or more.
inline std::optional<uint64_t> ParseId(std::string_view text) {
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (value >= kIdLimit) return std::nullopt;
  return value;
}

}  // namespace rosterd
