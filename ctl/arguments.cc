#include "ctl/arguments.h"

#include <chrono>

#include "config/values.h"

namespace rosterd::ctl {

CLI::Option* AddText(CLI::App& command, const std::string& name, std::optional<std::string>& target,
                     const std::string& description) {
  const auto set = [&target](const std::string& text) { target = text; };
  return command.add_option_function<std::string>(name, set, description);
}

CLI::Option* AddSwitch(CLI::App& command, const std::string& name, std::optional<bool>& target,
                       const std::string& description) {
  const auto set = [&target, name](const std::string& text) {
    target = config::ParseSwitch(text);
    if (text == "Y" || text == "N") target = text == "Y";
    if (!target) throw CLI::ValidationError(name, "on or off is expected, not \"" + text + "\"");
  };
  return command.add_option_function<std::string>(name, set, description);
}

CLI::Option* AddNumber(CLI::App& command, const std::string& name, std::optional<uint64_t>& target,
                       const std::string& description) {
  const auto set = [&target, name](const std::string& text) {
    target = ParseId(text);
    if (!target) throw CLI::ValidationError(name, "a number is expected, not \"" + text + "\"");
  };
  return command.add_option_function<std::string>(name, set, description);
}

CLI::Option* AddStatus(CLI::App& command, const std::string& name,
                       std::optional<db::Status>& target, const std::string& description) {
  const auto set = [&target, name](const std::string& text) {
    target = db::StatusFromText(text);
    if (!target) {
      throw CLI::ValidationError(
          name, "active, pending, disabled or hidden is expected, not \"" + text + "\"");
    }
  };
  return command.add_option_function<std::string>(name, set, description);
}

CLI::Option* AddUserId(CLI::App& command, const std::string& name, UserId& target) {
  const auto set = [&target, name](const std::string& text) {
    const auto id = ParseId(text);
    if (!id || *id == 0) {
      throw CLI::ValidationError(name, "a person's id is expected, not \"" + text + "\"");
    }
    target = {*id};
  };
  return command.add_option_function<std::string>(name, set, "The person's id")->required();
}

std::optional<db::Time> ParseMoment(std::string_view text, db::Time now) {
  if (const auto seconds = config::ParseWhole(text)) {
    if (*seconds > kIdLimit / 1'000'000) return std::nullopt;
    return db::Time(std::chrono::seconds(*seconds));
  }
  if (const auto ago = config::ParseDuration(text)) return now - *ago;
  std::string moment(text);
  if (moment.ends_with('Z')) moment.pop_back();
  if (moment.size() == std::string_view("2026-11-22").size()) moment += " 00:00:00";
  if (const size_t letter = moment.find('T'); letter != std::string::npos) moment[letter] = ' ';
  return db::FromSql(moment);
}

}  // namespace rosterd::ctl
