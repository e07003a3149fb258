#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "db/time.h"

namespace rosterd::ctl {

/// One value of an answer; monostate is null.
using Cell = std::variant<std::monostate, bool, uint64_t, std::string, std::vector<std::string>>;

/// One thing: the names of its columns and their values, in the order in which they are shown.
using Record = std::vector<std::pair<std::string, Cell>>;

Cell ToCell(const std::optional<std::string>& text);
/// "2026-11-22T08:00:00.000000Z", or null.
Cell ToCell(const std::optional<db::Time>& time);

/// A JSON object, and a JSON array of objects, each on one line.
std::string ToJson(const Record& record);
std::string ToJson(const std::vector<Record>& records);

/// For people: "name: value" lines, and a table with a line of names. Control characters are shown
/// as "?", so that a stored text cannot speak to the terminal.
std::string ToText(const Record& record);
std::string ToText(const std::vector<Record>& records);

}  // namespace rosterd::ctl
