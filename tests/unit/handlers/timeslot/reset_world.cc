#include "tests/unit/handlers/timeslot/reset_world.h"

#include <stdexcept>

namespace rosterd::timeslot {

config::Settings MailSettings(const std::string& reset_mode) {
  config::Settings settings;
  settings.timeslot.reset_mode = reset_mode;
  settings.mail.templates = ROSTERD_SOURCE_DIR "/config/mail";
  return settings;
}

Reply AskForReset(World& world, const std::string& email, const std::string& address) {
  return world.Send({.target = "/v1/users/reset",
                     .method = "POST",
                     .token = "",
                     .body = R"({"email":")" + email + "\"}",
                     .address = address});
}

std::string LinkSecret(World& world) {
  constexpr std::string_view kBefore = "?token=";
  const std::string text =
      world.AskDatabase("SELECT text_body FROM mail_outbox ORDER BY id DESC LIMIT 1");
  const size_t at = text.find(kBefore);
  if (at == std::string::npos) throw std::runtime_error("no link in the mail: " + text);
  return text.substr(at + kBefore.size(), 43);
}

Reply OpenLink(World& world, const std::string& secret) {
  return world.Get("/v1/users/reset/password?token=" + secret, "");
}

Reply SendForm(World& world, const std::string& secret, const std::string& password) {
  return world.Form("POST", "/v1/users/reset/password",
                    "token=" + secret + "&password=" + password + "&repeated=" + password, "");
}

bool IsPasswordOfMira(World& world, const std::string& password) {
  const std::string hash = world.AskDatabase("SELECT password_hash FROM users WHERE id = 4711");
  return world.Parts().passwords.Verify(password, {hash, ""}) ==
         directory::Passwords::Verdict::kRight;
}

}  // namespace rosterd::timeslot
