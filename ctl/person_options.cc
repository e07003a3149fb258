#include "ctl/person_options.h"

#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <utility>
#include <vector>

#include "ctl/arguments.h"
#include "directory/password.h"

namespace rosterd::ctl {
namespace {

/// Switches the terminal's echo off while a password is typed; does nothing where there is none.
class SilentTerminal {
 public:
  SilentTerminal() : is_terminal_(tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!is_terminal_) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    std::cerr << "Password: " << std::flush;
  }
  SilentTerminal(const SilentTerminal&) = delete;
  SilentTerminal& operator=(const SilentTerminal&) = delete;
  ~SilentTerminal() {
    if (!is_terminal_) return;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    std::cerr << '\n';
  }

 private:
  termios before_{};
  bool is_terminal_;
};

std::string ReadPassword() {
  const SilentTerminal silent;
  std::string password;
  std::getline(std::cin, password);
  if (password.ends_with('\r')) password.pop_back();
  return password;
}

bool IsEmail(const std::string& text) {
  const auto is_blank = [](char byte) { return byte == ' ' || byte == '\t'; };
  return text.find('@') != std::string::npos && std::ranges::none_of(text, is_blank);
}

/// Which kind of hash is stored, for people who plan to be rid of an old one.
std::string PasswordForm(const std::string& hash) {
  if (hash.empty()) return "none";
  if (hash.starts_with("$argon2")) return "argon2";
  if (hash.starts_with("$2")) return "bcrypt";
  return hash.starts_with("$") ? "crypt" : "md5";
}

using TextOption = std::optional<std::string> PersonOptions::*;
using TextColumn = std::string db::Person::*;

}  // namespace

void AddPersonOptions(CLI::App& command, PersonOptions& options) {
  AddText(command, "--username", options.username, "Login name; user_ID when none is given");
  AddText(command, "--email", options.email, "E-mail address; \"\" = none");
  AddText(command, "--phone", options.phone, "Telephone number");
  AddText(command, "--first-name", options.first_name, "First name");
  AddText(command, "--last-name", options.last_name, "Last name");
  AddText(command, "--display-name", options.display_name, "Name to show");
  AddText(command, "--company", options.company, "Employer, free text");
  AddText(command, "--position", options.position, "Job, free text");
  AddText(command, "--picture", options.picture, "Address of a picture");
  AddStatus(command, "--status", options.status, "active, pending, disabled or hidden");
  AddSwitch(command, "--blocked", options.blocked, "on or off");
  CLI::Option* const password =
      AddText(command, "--password", options.password, "New password; - = read it from stdin");
  CLI::Option* const hash = AddText(command, "--password-hash", options.password_hash,
                                    "Hash of another system, kept as it is until a good sign-in");
  hash->excludes(password);
  AddText(command, "--salt", options.salt, "Salt of that hash, for md5 forms")->needs(hash);
  AddText(command, "--cscart-type", options.cscart.type, "A admin, C customer, V vendor, P partner")
      ->check(CLI::IsMember({"A", "C", "V", "P"}));
  AddSwitch(command, "--cscart-root", options.cscart.root, "Y or N: root administrator");
  AddNumber(command, "--cscart-company", options.cscart.company, "Id of its store; 0 = none");
  AddNumber(command, "--timeslot-slot-count", options.timeslot.slot_count, "Its standard slots");
  AddNumber(command, "--timeslot-reslot-count", options.timeslot.reslot_count, "Its re-slots");
}

std::optional<db::StoredPassword> PasswordOf(const PersonOptions& options, Tool& tool) {
  if (options.password_hash) {
    if (!directory::IsKnownHashForm(*options.password_hash)) {
      throw Failure(
          "--password-hash: this form is not known; known are argon2, $2a$ $2b$ $2y$ $1$ $5$ $6$ "
          "$y$ and 32 hex digits of md5");
    }
    return db::StoredPassword{*options.password_hash, options.salt.value_or("")};
  }
  if (!options.password) return std::nullopt;
  const std::string password = *options.password == "-" ? ReadPassword() : *options.password;
  if (password.empty()) throw Failure("--password: an empty password is not allowed");
  auto stored = tool.passwords().Hash(password);
  if (!stored) throw Failure("--password: it could not be hashed; try again");
  return stored;
}

void Apply(const PersonOptions& options, db::Person& person) {
  static constexpr auto kTexts = std::to_array<std::pair<TextOption, TextColumn>>({
      {&PersonOptions::username, &db::Person::username},
      {&PersonOptions::phone, &db::Person::phone},
      {&PersonOptions::first_name, &db::Person::first_name},
      {&PersonOptions::last_name, &db::Person::last_name},
      {&PersonOptions::display_name, &db::Person::display_name},
      {&PersonOptions::company, &db::Person::company},
      {&PersonOptions::position, &db::Person::position},
      {&PersonOptions::picture, &db::Person::picture},
  });
  for (const auto& [option, column] : kTexts) {
    if (options.*option) person.*column = *(options.*option);
  }
  if (options.email) {
    if (!options.email->empty() && !IsEmail(*options.email)) {
      throw Failure("--email: \"" + *options.email + "\" is no e-mail address");
    }
    person.email = options.email->empty() ? std::nullopt : options.email;
  }
  person.status = options.status.value_or(person.status);
  person.blocked = options.blocked.value_or(person.blocked);
}

Record ToRecord(const db::Person& person) {
  return {
      {"id", person.id.value},
      {"username", person.username},
      {"email", ToCell(person.email)},
      {"phone", person.phone},
      {"first_name", person.first_name},
      {"last_name", person.last_name},
      {"display_name", person.display_name},
      {"company", person.company},
      {"position", person.position},
      {"picture", person.picture},
      {"password_form", PasswordForm(person.password.hash)},
      {"status", std::string(db::ToText(person.status))},
      {"blocked", person.blocked},
      {"deleted_at", ToCell(person.deleted_at)},
      {"created_at", ToCell(std::optional(person.created_at))},
      {"updated_at", ToCell(std::optional(person.updated_at))},
      {"last_login_at", ToCell(person.last_login_at)},
  };
}

}  // namespace rosterd::ctl
