#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "ctl/arguments.h"
#include "ctl/bedita_applications.h"
#include "ctl/commands.h"
#include "db/bedita/role_store.h"
#include "db/person.h"
#include "directory/secrets.h"

namespace rosterd::ctl {
namespace {

using db::bedita::ApplicationStore;
using db::bedita::RoleLink;
using db::bedita::RoleLinkStore;
using directory::Outcome;
using Done = std::monostate;
using MaybePerson = std::optional<db::Person>;

constexpr uint64_t kAdminRole = 1;
constexpr uint64_t kFirstPerson = 1;
constexpr size_t kPasswordSize = 24;
constexpr size_t kKeyBytes = 20;

struct InitOptions {
  UserId user;  ///< 0 = the one of this name, or a new one
};

std::optional<std::string> FromEnvironment(const char* name) {
  const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): one thread
  if (value == nullptr || *value == '\0') return std::nullopt;
  return std::string(value);
}

/// The administrator, its new password when it was given one, and whether it is new.
struct Administrator {
  UserId id;
  std::string username;
  std::optional<std::string> password;
};

// A name that may stand in a path as it is.
bool IsUname(std::string_view name) {
  const auto plain = [](char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_' ||
           byte == '-';
  };
  return std::ranges::all_of(name, plain) && !ParseId(name);
}

MaybePerson FindAdministrator(Tool& tool, const InitOptions& options, const std::string& username) {
  const auto found = tool.connection().Read([&](db::Session& session) -> Outcome<MaybePerson> {
    if (options.user.value == 0) return db::PersonStore::FindByUsername(session, username);
    return db::PersonStore::Find(session, options.user);
  });
  MaybePerson person = Require(found, "the administrator");
  if (options.user.value != 0 && (!person || person->deleted_at)) {
    throw Failure("--user: there is no person " + std::to_string(options.user.value));
  }
  return person;
}

db::StoredPassword Hashed(Tool& tool, const std::string& password) {
  const auto hash = tool.passwords().Hash(password);
  if (!hash) throw Failure("the password could not be hashed; try again");
  return *hash;
}

Outcome<Done> GiveRole(db::Session& session, UserId id) {
  const auto links = RoleLinkStore::OfUser(session, id.value);
  const RoleLink wanted{id.value, kAdminRole};
  if (std::ranges::find(links, wanted) == links.end()) RoleLinkStore::Insert(session, wanted);
  return Done();
}

bool IsFree(Tool& tool, uint64_t id) {
  const auto found = tool.connection().Read([&](db::Session& session) -> Outcome<bool> {
    return !db::PersonStore::Find(session, UserId{id});
  });
  return Require(found, "person 1");
}

Administrator Create(Tool& tool, const std::string& username, std::string password) {
  directory::NewPerson wanted;
  if (IsFree(tool, kFirstPerson)) wanted.person.id = UserId{kFirstPerson};
  wanted.person.username = username;
  wanted.person.password = Hashed(tool, password);
  if (IsUname(username)) {
    wanted.values.emplace_back(db::DialectColumn("bedita_uname"), db::Parameter(username));
  }
  wanted.values.emplace_back(db::DialectColumn("bedita_locked"), db::Parameter(1));
  wanted.more_fields = {"roles"};
  const auto id = tool.persons().Create(tool.actor(), std::move(wanted), GiveRole);
  return {Require(id, "the administrator"), username, std::move(password)};
}

// One that is there keeps its password, unless it has none or another one is wanted.
Administrator Promote(Tool& tool, const db::Person& person, std::optional<std::string> password) {
  if (!password && person.password.hash.empty()) {
    password = directory::RandomAlphanumeric(kPasswordSize);
  }
  std::optional<db::StoredPassword> hash;
  if (password) hash = Hashed(tool, *password);
  const auto edit = [&](db::Session& session, db::Person& edited,
                        directory::EditExtras& extras) -> Outcome<Done> {
    edited.status = db::Status::kActive;
    if (hash) edited.password = *hash;
    extras.values.emplace_back(db::DialectColumn("bedita_locked"), db::Parameter(1));
    extras.more_fields.emplace_back("roles");
    extras.rights_changed = true;
    return GiveRole(session, edited.id);
  };
  Require(tool.persons().Update(tool.actor(), person.id, edit), "the administrator");
  return {person.id, person.username, std::move(password)};
}

/// The key of application 1 when it is new or was replaced.
std::optional<std::string> SetUpApplication(Tool& tool) {
  const auto given = FromEnvironment("BEDITA_API_KEY");
  const std::string key = given.value_or(directory::Hex(directory::RandomBytes(kKeyBytes)));
  const auto is_new = tool.connection().Transaction([&](db::Session& session) -> Outcome<bool> {
    const auto manager = ApplicationStore::Find(session, db::bedita::kFirstApplication);
    if (!manager) {
      Insert(session, tool.actor(), {db::bedita::kFirstApplication, "manager", key, ""});
      return true;
    }
    if (!given) return false;
    ApplicationStore::ReplaceKey(session, manager->id, directory::Sha256(key), db::Now());
    directory::Persons::Audit(session, tool.actor(), "application.update", {}, "application:1",
                              directory::Persons::Shown::kNowhere);
    return true;
  });
  return Require(is_new, "application 1") ? std::optional(key) : std::nullopt;
}

void Init(Tool& tool, const InitOptions& options) {
  const std::string username = FromEnvironment("BEDITA_ADMIN_USR").value_or("bedita");
  const auto password = FromEnvironment("BEDITA_ADMIN_PWD");
  const auto minimum = static_cast<size_t>(tool.settings().directory.min_password_length);
  if (password && password->size() < minimum) {
    throw Failure("BEDITA_ADMIN_PWD: a password of at least " + std::to_string(minimum) +
                  " characters is expected");
  }
  const MaybePerson present = FindAdministrator(tool, options, username);
  const Administrator administrator =
      present
          ? Promote(tool, *present, password)
          : Create(tool, username, password.value_or(directory::RandomAlphanumeric(kPasswordSize)));
  const auto key = SetUpApplication(tool);
  tool.Print(Record{{"id", administrator.id.value},
                    {"username", administrator.username},
                    {"password", ToCell(administrator.password)},
                    {"api_key", ToCell(key)}});
}

}  // namespace

void AddBeditaCommands(CLI::App& app, Tool& tool) {
  CLI::App* const bedita = app.add_subcommand("bedita", "The BEdita dialect");
  bedita->require_subcommand(1);
  const auto options = std::make_shared<InitOptions>();
  CLI::App* const init = bedita->add_subcommand(
      "init",
      "Makes the administrator and the application of the Manager, and shows password and key this "
      "once; BEDITA_ADMIN_USR, BEDITA_ADMIN_PWD and BEDITA_API_KEY in the environment name them");
  AddUserId(*init, "--user", options->user)->required(false);
  init->callback([&tool, options] { Init(tool, *options); });
}

}  // namespace rosterd::ctl
