#include "config/values.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <limits>
#include <span>
#include <utility>

namespace rosterd::config {
namespace {

struct Unit {
  std::string_view name;
  uint64_t factor;
};

constexpr uint64_t kKibi = 1024;
constexpr auto kSizeUnits = std::to_array<Unit>({{"", 1},
                                                 {"k", kKibi},
                                                 {"kib", kKibi},
                                                 {"m", kKibi* kKibi},
                                                 {"mib", kKibi* kKibi},
                                                 {"g", kKibi* kKibi* kKibi},
                                                 {"gib", kKibi* kKibi* kKibi}});
constexpr auto kDurationUnits = std::to_array<Unit>(
    {{"", 1000}, {"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}});

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](unsigned char letter) {
    return static_cast<char>(std::tolower(letter));
  });
  return lower;
}

std::string_view Trim(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Digits, blanks, a unit: the product, unless it overflows.
std::optional<uint64_t> ParseWithUnit(std::string_view text, std::span<const Unit> units) {
  const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto number = ParseWhole(text.substr(0, digits));
  const std::string name = Lower(Trim(text.substr(digits)));
  const auto unit = std::ranges::find(units, name, &Unit::name);
  if (!number || unit == units.end()) return std::nullopt;
  if (*number > std::numeric_limits<int64_t>::max() / unit->factor) return std::nullopt;
  return *number * unit->factor;
}

}  // namespace

std::optional<bool> ParseSwitch(std::string_view text) {
  const std::string word = Lower(text);
  if (word == "on" || word == "true") return true;
  if (word == "off" || word == "false") return false;
  return std::nullopt;
}

std::optional<uint64_t> ParseWhole(std::string_view text) {
  uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (text.empty() || error != std::errc() || stop != end) return std::nullopt;
  return number;
}

std::optional<uint64_t> ParseSize(std::string_view text) { return ParseWithUnit(text, kSizeUnits); }

std::optional<std::chrono::milliseconds> ParseDuration(std::string_view text) {
  const auto count = ParseWithUnit(text, kDurationUnits);
  if (!count) return std::nullopt;
  return std::chrono::milliseconds(static_cast<int64_t>(*count));
}

std::vector<std::string> SplitList(std::string_view text) {
  std::vector<std::string> items;
  if (Trim(text).empty()) return items;
  for (;;) {
    const size_t comma = text.find(',');
    items.emplace_back(Trim(text.substr(0, comma)));
    if (comma == std::string_view::npos) return items;
    text.remove_prefix(comma + 1);
  }
}

std::string ShowSize(uint64_t bytes) {
  static constexpr auto kUnits = std::to_array<Unit>(
      {{" GiB", kKibi * kKibi * kKibi}, {" MiB", kKibi * kKibi}, {" KiB", kKibi}});
  for (const Unit& unit : kUnits) {
    if (bytes != 0 && bytes % unit.factor == 0) {
      return std::to_string(bytes / unit.factor).append(unit.name);
    }
  }
  return std::to_string(bytes);
}

std::string ShowDuration(std::chrono::milliseconds duration) {
  static constexpr auto kUnits =
      std::to_array<Unit>({{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1000}});
  const auto count = static_cast<uint64_t>(duration.count());
  for (const Unit& unit : kUnits) {
    if (count != 0 && count % unit.factor == 0) {
      return std::to_string(count / unit.factor).append(unit.name);
    }
  }
  return count == 0 ? "0s" : std::to_string(count) + "ms";
}

}  // namespace rosterd::config
