#include "tests/unit/handlers/bedita_accounts/accounts.h"

namespace rosterd::bedita {
namespace {

config::Settings SettingsFor(const std::function<void(config::Settings&)>& change) {
  config::Settings settings = World::Defaults();
  settings.mail.templates = ROSTERD_SOURCE_DIR "/config/mail";
  settings.bedita.link_allow = {"https://www.example.org", "myapp://"};
  if (change) change(settings);
  return settings;
}

int Next() {
  static int last = 0;
  return ++last;
}

}  // namespace

std::string NewName() { return "name" + std::to_string(Next()); }

Accounts::Accounts(const std::function<void(config::Settings&)>& change)
    : world_(SettingsFor(change)) {}

Accounts& Accounts::Shared() {
  static Accounts accounts;
  return accounts;
}

Reply Accounts::Send(const std::string& method, const std::string& target,
                     const std::string& body) {
  return world_.Send({.target = target,
                      .method = method,
                      .body = body,
                      .address = "198.51.100." + std::to_string(Next())});
}

std::string Accounts::LinkTo(const std::string& email) {
  const std::string text = Ask("SELECT text_body FROM mail_outbox WHERE recipient = '" + email +
                               "' ORDER BY id DESC LIMIT 1");
  const size_t start = text.find("://");
  if (start == std::string::npos) return "";
  const size_t line = text.rfind('\n', start) + 1;
  return text.substr(line, text.find('\n', start) - line);
}

std::string Accounts::UuidTo(const std::string& email) {
  const std::string link = LinkTo(email);
  const size_t start = link.find("uuid=");
  return start == std::string::npos ? "" : link.substr(start + 5, 36);
}

std::string Accounts::MailsTo(const std::string& email) {
  return Ask(
      "SELECT IFNULL(GROUP_CONCAT(kind, ' ', user_id ORDER BY id DESC), '') FROM"
      " mail_outbox WHERE recipient = '" +
      email + "'");
}

int Accounts::Login(const std::string& username, const std::string& password) {
  return Post("/auth", R"({"username":")" + username + R"(","password":")" + password +
                           R"(","grant_type":"password"})")
      .status;
}

}  // namespace rosterd::bedita
