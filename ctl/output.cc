#include "ctl/output.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <type_traits>

namespace rosterd::ctl {
namespace {

using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;

void Write(JsonWriter& json, const Cell& cell) {
  std::visit(
      [&](const auto& value) {
        using Type = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Type, std::monostate>) {
          json.Null();
        } else if constexpr (std::is_same_v<Type, bool>) {
          json.Bool(value);
        } else if constexpr (std::is_same_v<Type, uint64_t>) {
          json.Uint64(value);
        } else if constexpr (std::is_same_v<Type, std::string>) {
          json.String(value);
        } else {
          json.StartArray();
          for (const std::string& item : value) json.String(item);
          json.EndArray();
        }
      },
      cell);
}

void Write(JsonWriter& json, const Record& record) {
  json.StartObject();
  for (const auto& [name, cell] : record) {
    json.String(name);
    Write(json, cell);
  }
  json.EndObject();
}

std::string Printable(std::string_view text) {
  std::string clean(text);
  std::ranges::replace_if(
      clean, [](char byte) { return (byte >= 0 && byte < ' ') || byte == '\x7f'; }, '?');
  return clean;
}

std::string Joined(const std::vector<std::string>& items) {
  std::string joined;
  for (const std::string& item : items) joined += (joined.empty() ? "" : ",") + item;
  return joined;
}

std::string Show(const Cell& cell) {
  return std::visit(
      [](const auto& value) -> std::string {
        using Type = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Type, std::monostate>) {
          return "-";
        } else if constexpr (std::is_same_v<Type, bool>) {
          return value ? "yes" : "no";
        } else if constexpr (std::is_same_v<Type, uint64_t>) {
          return std::to_string(value);
        } else if constexpr (std::is_same_v<Type, std::string>) {
          return Printable(value);
        } else {
          return Printable(Joined(value));
        }
      },
      cell);
}

/// Characters of a UTF-8 text, which is near enough to its width on a terminal.
size_t Width(std::string_view text) {
  return static_cast<size_t>(std::ranges::count_if(
      text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

std::string Padded(const std::string& text, size_t width) {
  return text + std::string(width - std::min(width, Width(text)), ' ');
}

using Line = std::vector<std::string>;

/// The names, then the values of each record.
std::vector<Line> Lines(const std::vector<Record>& records) {
  std::vector<Line> lines(1);
  for (const auto& [name, cell] : records.front()) lines.front().push_back(name);
  for (const Record& record : records) {
    Line& line = lines.emplace_back();
    for (const auto& [name, cell] : record) line.push_back(Show(cell));
  }
  return lines;
}

}  // namespace

Cell ToCell(const std::optional<std::string>& text) {
  if (!text) return std::monostate();
  return *text;
}

Cell ToCell(const std::optional<db::Time>& time) {
  if (!time) return std::monostate();
  std::string text = db::ToSql(*time);
  text.at(text.find(' ')) = 'T';
  return text + "Z";
}

std::string ToJson(const Record& record) {
  rapidjson::StringBuffer buffer;
  JsonWriter json(buffer);
  Write(json, record);
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

std::string ToJson(const std::vector<Record>& records) {
  rapidjson::StringBuffer buffer;
  JsonWriter json(buffer);
  json.StartArray();
  for (const Record& record : records) Write(json, record);
  json.EndArray();
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

std::string ToText(const Record& record) {
  std::string text;
  for (const auto& [name, cell] : record) text += name + ": " + Show(cell) + "\n";
  return text;
}

std::string ToText(const std::vector<Record>& records) {
  if (records.empty()) return "none\n";
  const std::vector<Line> lines = Lines(records);
  std::string text;
  for (const Line& line : lines) {
    for (size_t column = 0; column < line.size(); ++column) {
      size_t width = 0;
      for (const Line& other : lines) width = std::max(width, Width(other.at(column)));
      text += column + 1 == line.size() ? line[column] + "\n" : Padded(line[column], width + 2);
    }
  }
  return text;
}

}  // namespace rosterd::ctl
