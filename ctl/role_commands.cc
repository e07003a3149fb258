#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ctl/arguments.h"
#include "ctl/commands.h"
#include "db/bedita/attributes.h"
#include "db/bedita/record_store.h"
#include "db/bedita/role_store.h"

namespace rosterd::ctl {
namespace {

using db::bedita::Record;
using db::bedita::RecordStore;
using db::bedita::RoleLink;
using db::bedita::RoleLinkStore;
using db::bedita::RoleRow;
using db::bedita::RoleStore;
using directory::Outcome;
using Done = std::monostate;

constexpr uint64_t kListed = 100'000;
constexpr size_t kMostCharacters = 32;

struct RoleOptions {
  std::string name;
  std::optional<std::string> description;
  std::optional<uint64_t> priority;
  std::optional<uint64_t> id;
  UserId user;
};

bool IsLetter(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'); }

// Contract: section 10.1.
bool IsRoleName(std::string_view name) {
  if (name.size() < 2 || name.size() > kMostCharacters || !IsLetter(name.front())) return false;
  char before = 'x';
  for (const char byte : name) {
    const bool word = IsLetter(byte) || (byte >= '0' && byte <= '9') || byte == '_';
    if (!word && (byte != ' ' || before == ' ')) return false;
    before = byte;
  }
  return before != ' ';
}

ctl::Record ToRecord(const RoleRow& role) {
  return {{"id", role.id},
          {"name", role.name},
          {"description", ToCell(role.description)},
          {"priority", role.priority}};
}

std::string What(const RoleOptions& options) { return "role " + std::to_string(*options.id); }

void Add(Tool& tool, const RoleOptions& options) {
  if (!IsRoleName(options.name)) {
    throw Failure("--name: \"" + options.name +
                  "\" is not allowed; allowed: 2 to 32 letters, digits, '_' and single blanks, a "
                  "letter first");
  }
  RoleRow role;
  role.name = options.name;
  role.description = options.description;
  role.priority = options.priority.value_or(role.priority);
  const auto id = tool.connection().Transaction([&](db::Session& session) -> Outcome<uint64_t> {
    if (RoleStore::LockByName(session, role.name)) {
      throw Failure("--name: there is a role \"" + role.name + "\" already");
    }
    const uint64_t added = RoleStore::Insert(session, role, db::Now());
    directory::Persons::Audit(session, tool.actor(), "role.create", {},
                              "role " + std::to_string(added));
    return added;
  });
  role.id = Require(id, "role add");
  tool.Print(ToRecord(role));
}

void List(Tool& tool) {
  using Records = std::vector<Record>;
  const auto& roles = db::bedita::Roles();
  const auto found = tool.connection().Read([&](db::Session& session) -> Outcome<Records> {
    return RecordStore::Page(session, roles, {}, {}, roles.All(), kListed, 0).records;
  });
  std::vector<ctl::Record> records;
  for (const Record& record : Require(found, "role list")) {
    RoleRow role;
    role.id = record.id;
    role.name = record.Text(db::bedita::role::kName);
    role.description = record.values[db::bedita::role::kDescription];
    role.priority = ParseId(record.Text(db::bedita::role::kPriority)).value_or(role.priority);
    records.push_back(ToRecord(role));
  }
  tool.Print(records);
}

void Set(Tool& tool, const RoleOptions& options) {
  const auto changed = tool.connection().Transaction([&](db::Session& session) -> Outcome<RoleRow> {
    const auto found = RoleStore::Lock(session, {*options.id});
    if (found.empty()) return directory::Refusal::Kind::kNotFound;
    RoleRow role = found.front();
    role.priority = *options.priority;
    RoleStore::SetPriority(session, role.id, role.priority, db::Now());
    directory::Persons::Audit(session, tool.actor(), "role.update", {},
                              "role " + std::to_string(role.id));
    return role;
  });
  tool.Print(ToRecord(Require(changed, What(options))));
}

bool HasRole(db::Session& session, const RoleLink& link) {
  const auto links = RoleLinkStore::OfUser(session, link.user);
  return std::ranges::find(links, link) != links.end();
}

void Link(Tool& tool, const RoleOptions& options, bool give) {
  const RoleLink link{options.user.value, *options.id};
  const auto linked = tool.connection().Transaction([&](db::Session& session) -> Outcome<Done> {
    if (RoleLinkStore::LockUsers(session, {link.user}).empty()) {
      throw Failure("person " + std::to_string(link.user) + ": there is none");
    }
    if (RoleStore::Lock(session, {link.role}).empty()) {
      throw Failure("--id: there is no role " + std::to_string(link.role) +
                    "; see `rosterctl role list`");
    }
    if (HasRole(session, link) == give) return Done();
    if (give) {
      RoleLinkStore::Insert(session, link);
    } else {
      RoleLinkStore::Delete(session, link);
    }
    directory::Persons::Audit(session, tool.actor(), give ? "role.grant" : "role.revoke",
                              options.user, "role " + std::to_string(link.role));
    return Done();
  });
  Require(linked, What(options));
  tool.persons().RightsChanged();
  tool.Print(ctl::Record{{"user", link.user}, {"role", link.role}, {"granted", give}});
}

void AddLink(CLI::App& command, RoleOptions& options) {
  AddUserId(command, "--user", options.user);
  AddNumber(command, "--id", options.id, "The role's id")->required();
}

}  // namespace

void AddRoleCommands(CLI::App& app, Tool& tool) {
  const auto options = std::make_shared<RoleOptions>();
  CLI::App* const role = app.add_subcommand("role", "Roles of BEdita");
  role->require_subcommand(1);

  CLI::App* const add = role->add_subcommand("add", "Adds a role and shows it");
  add->add_option("--name", options->name, "Its name")->required();
  AddText(*add, "--description", options->description, "What it is for");
  AddNumber(*add, "--priority", options->priority, "Its power, the lower the more; else 100");
  add->callback([&tool, options] { Add(tool, *options); });

  role->add_subcommand("list", "Lists the roles")->callback([&tool] { List(tool); });

  CLI::App* const set = role->add_subcommand("set", "Changes the priority of a role");
  AddNumber(*set, "--id", options->id, "The role's id")->required();
  AddNumber(*set, "--priority", options->priority, "Its power, the lower the more")->required();
  set->callback([&tool, options] { Set(tool, *options); });

  CLI::App* const grant = role->add_subcommand("grant", "Gives a person a role");
  AddLink(*grant, *options);
  grant->callback([&tool, options] { Link(tool, *options, /*give=*/true); });

  CLI::App* const revoke = role->add_subcommand("revoke", "Takes a role from a person");
  AddLink(*revoke, *options);
  revoke->callback([&tool, options] { Link(tool, *options, /*give=*/false); });
}

}  // namespace rosterd::ctl
