#include "handlers/bedita/fields.h"

#include "fcgi/ascii.h"

namespace rosterd::bedita {

std::optional<std::string> ScalarText(const fcgi::Value& object, std::string_view name) {
  const fcgi::Value* value = object.Find(name);
  if (value == nullptr) return std::nullopt;
  if (const std::string* text = value->AsText()) return *text;
  if (const auto* number = value->AsNumber()) return number->text;
  if (const bool* flag = value->AsBoolean()) return *flag ? "1" : "";
  return std::nullopt;
}

std::vector<directory::Throttle::Limit> LoginLimits(const Call& call, std::string_view username) {
  const config::Throttle& settings = call.settings.throttle;
  const std::string& address = call.request.remote_address;
  return {{"bedita.sign_in.account", fcgi::AsciiLower(username) + '\n' + address,
           settings.sign_in_failures_per_account, settings.sign_in_window},
          {"bedita.sign_in.address", address, call.Settings().sign_in_failures_per_address,
           settings.sign_in_window}};
}

}  // namespace rosterd::bedita
