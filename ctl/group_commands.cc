#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ctl/arguments.h"
#include "ctl/commands.h"
#include "db/cscart/account_columns.h"
#include "db/cscart/usergroup_store.h"
#include "db/person.h"

namespace rosterd::ctl {
namespace {

using db::cscart::AccountColumnStore;
using db::cscart::Usergroup;
using db::cscart::UsergroupStore;
using directory::Outcome;
using Done = std::monostate;

struct GroupOptions {
  std::string name;
  std::string type;
  std::string status = "A";
  std::vector<std::string> privileges;
  std::optional<uint64_t> id;
  UserId user;
};

struct Group {
  Usergroup row;
  std::vector<std::string> privileges;
};

Record ToRecord(const Group& group) {
  return {{"id", group.row.id},
          {"name", group.row.name},
          {"type", group.row.type},
          {"status", group.row.status},
          {"privileges", group.privileges}};
}

void Add(Tool& tool, const GroupOptions& options) {
  if (options.name.empty() || !directory::IsCleanText(options.name)) {
    throw Failure("--name: a text in UTF-8 without control characters is expected");
  }
  Group group;
  group.row.type = options.type;
  group.row.status = options.status;
  group.row.name = options.name;
  group.privileges = options.privileges;
  const auto id = tool.connection().Transaction([&](db::Session& session) -> Outcome<uint64_t> {
    const uint64_t added = UsergroupStore::Insert(session, group.row);
    if (!group.privileges.empty()) {
      UsergroupStore::SetPrivileges(session, added, group.privileges);
    }
    directory::Persons::Audit(session, tool.actor(), "group.add", {},
                              "name,type,status,privileges");
    return added;
  });
  group.row.id = Require(id, "group add");
  tool.Print(ToRecord(group));
}

void List(Tool& tool) {
  using Groups = std::vector<Group>;
  const auto groups = tool.connection().Read([&](db::Session& session) -> Outcome<Groups> {
    Groups found;
    for (const Usergroup& row : UsergroupStore::List(session, {})) {
      found.push_back({row, UsergroupStore::Privileges(session, row.id)});
    }
    return found;
  });
  std::vector<Record> records;
  for (const Group& group : Require(groups, "group list")) records.push_back(ToRecord(group));
  tool.Print(records);
}

/// Throws unless a live person of the kind that the group is for is there.
void RequireFit(db::Session& session, const GroupOptions& options) {
  const std::string group_name = "group " + std::to_string(*options.id);
  const std::string person_name = "person " + std::to_string(options.user.value);
  const auto group = UsergroupStore::Find(session, *options.id);
  if (!group) throw Failure(group_name + ": there is none; see `rosterctl group list`");
  const auto columns = AccountColumnStore::Find(session, options.user, /*lock=*/true);
  if (!columns) throw Failure(person_name + ": there is none");
  const bool is_admin = columns->user_type == "A" || columns->user_type == "V";
  if (is_admin == (group->type == "A")) return;
  throw Failure(group_name + " is for " + (is_admin ? "customers, " : "administrators, ") +
                person_name + " is none");
}

/// Sets the status of a link: A active, F gone.
void Link(Tool& tool, const GroupOptions& options, const std::string& status) {
  const auto changed = tool.connection().Transaction([&](db::Session& session) -> Outcome<bool> {
    if (status == "A") RequireFit(session, options);
    const bool differs =
        UsergroupStore::SetLink(session, options.user, *options.id, status, db::Now());
    if (!differs) return false;
    directory::Persons::Audit(session, tool.actor(), status == "A" ? "group.link" : "group.unlink",
                              options.user, "group:" + std::to_string(*options.id));
    return true;
  });
  const bool differs = Require(changed, "group " + std::to_string(*options.id));
  tool.persons().RightsChanged();
  tool.Print(Record{{"user", options.user.value},
                    {"id", *options.id},
                    {"linked", status == "A"},
                    {"changed", differs}});
}

void AddLink(CLI::App& command, GroupOptions& options) {
  AddUserId(command, "--user", options.user);
  AddNumber(command, "--id", options.id, "The group's id")->required();
}

}  // namespace

void AddGroupCommands(CLI::App& app, Tool& tool) {
  const auto options = std::make_shared<GroupOptions>();
  CLI::App* const group = app.add_subcommand("group", "User groups of CS-Cart");
  group->require_subcommand(1);

  CLI::App* const add = group->add_subcommand("add", "Adds a group and shows it");
  add->add_option("--name", options->name, "Its name")->required();
  add->add_option("--type", options->type, "A for administrators, C for customers")
      ->required()
      ->check(CLI::IsMember({"A", "C"}));
  add->add_option("--status", options->status, "A active, H hidden, D disabled")
      ->check(CLI::IsMember({"A", "H", "D"}));
  add->add_option("--privilege", options->privileges, "What its administrators may do; repeatable")
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"view_users", "manage_users", "view_usergroups", "manage_usergroups",
                             "manage_admin_usergroups"}));
  add->callback([&tool, options] { Add(tool, *options); });

  group->add_subcommand("list", "Lists the groups")->callback([&tool] { List(tool); });

  CLI::App* const grant = group->add_subcommand("grant", "Puts a person into a group");
  AddLink(*grant, *options);
  grant->callback([&tool, options] { Link(tool, *options, "A"); });

  CLI::App* const revoke = group->add_subcommand("revoke", "Takes a person out of a group");
  AddLink(*revoke, *options);
  revoke->callback([&tool, options] { Link(tool, *options, "F"); });
}

}  // namespace rosterd::ctl
