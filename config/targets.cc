#include "config/targets.h"

#include <algorithm>

#include "config/values.h"

namespace rosterd::config {
namespace {

template <typename Number>
std::string FromTo(std::string_view what, Number least, Number most) {
  return std::string(what) + " from " + std::to_string(least) + " to " + std::to_string(most);
}

std::string DurationFromTo(std::chrono::milliseconds least, std::chrono::milliseconds most) {
  return "a duration from " + ShowDuration(least) + " to " + ShowDuration(most);
}

/// What the text would be in YAML: quoted when it is empty.
std::string ShowText(const std::string& text) { return text.empty() ? R"("")" : text; }

template <typename Items>
std::string Join(const Items& items) {
  std::string joined;
  for (const auto& item : items) joined.append(joined.empty() ? "" : ", ").append(item);
  return joined;
}

}  // namespace

bool Switch::Set(const std::string& text) const {
  auto value = ParseSwitch(text);
  if (!value && letters && (text == "Y" || text == "N")) value = text == "Y";
  if (value) *to = *value;
  return value.has_value();
}
std::string Switch::Show() const { return *to ? "on" : "off"; }
std::string Switch::Allowed() const { return letters ? "on, off, Y, N" : "on, off"; }

bool Whole::Set(const std::string& text) const {
  const auto value = ParseWhole(text);
  if (!value || *value > static_cast<uint64_t>(most)) return false;
  const int number = static_cast<int>(*value);
  if (number < least) return false;
  *to = number;
  return true;
}
std::string Whole::Show() const { return std::to_string(*to); }
std::string Whole::Allowed() const { return FromTo("a whole number", least, most); }

bool LongWhole::Set(const std::string& text) const {
  const auto value = ParseWhole(text);
  if (!value || *value < least || *value > most) return false;
  *to = *value;
  return true;
}
std::string LongWhole::Show() const { return std::to_string(*to); }
std::string LongWhole::Allowed() const { return FromTo("a whole number", least, most); }

bool Size::Set(const std::string& text) const {
  const auto value = ParseSize(text);
  if (!value || *value > most) return false;
  if (*value < least && !(or_zero && *value == 0)) return false;
  *to = *value;
  return true;
}
std::string Size::Show() const { return ShowSize(*to); }
std::string Size::Allowed() const {
  return std::string(or_zero ? "0, or " : "") + "a size from " + ShowSize(least) + " to " +
         ShowSize(most);
}

bool Seconds::Set(const std::string& text) const {
  const auto value = ParseDuration(text);
  if (!value || *value < least || *value > most) return false;
  const auto whole = std::chrono::duration_cast<std::chrono::seconds>(*value);
  if (whole != *value) return false;
  *to = whole;
  return true;
}
std::string Seconds::Show() const { return ShowDuration(*to); }
std::string Seconds::Allowed() const { return DurationFromTo(least, most); }

bool Milliseconds::Set(const std::string& text) const {
  const auto value = ParseDuration(text);
  if (!value || *value < least || *value > most) return false;
  *to = *value;
  return true;
}
std::string Milliseconds::Show() const { return ShowDuration(*to); }
std::string Milliseconds::Allowed() const { return DurationFromTo(least, most); }

bool Text::Set(const std::string& text) const {
  if (!rule.fits(text)) return false;
  *to = text;
  return true;
}
std::string Text::Show() const { return ShowText(*to); }
std::string Text::Allowed() const { return std::string(rule.allowed); }

bool Choice::Set(const std::string& text) const {
  if (std::ranges::find(words, text) == words.end()) return false;
  *to = text;
  return true;
}
std::string Choice::Show() const { return *to; }
std::string Choice::Allowed() const { return Join(words); }

bool NumberChoice::Set(const std::string& text) const {
  const auto value = ParseWhole(text);
  const auto same = [&](int number) { return value == static_cast<uint64_t>(number); };
  if (!value || std::ranges::none_of(numbers, same)) return false;
  *to = static_cast<int>(*value);
  return true;
}
std::string NumberChoice::Show() const { return std::to_string(*to); }
std::string NumberChoice::Allowed() const {
  std::vector<std::string> texts;
  for (const int number : numbers) texts.push_back(std::to_string(number));
  return Join(texts);
}

bool List::Set(const std::vector<std::string>& items) const {
  if (!std::ranges::all_of(items, [&](const std::string& item) { return rule.fits(item); })) {
    return false;
  }
  *to = items;
  return true;
}
std::string List::Show() const { return "[" + Join(*to) + "]"; }
std::string List::Allowed() const { return "a list of " + std::string(rule.allowed); }

}  // namespace rosterd::config
