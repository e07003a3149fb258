#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ctl/arguments.h"
#include "ctl/commands.h"
#include "db/brightact/account_columns.h"
#include "db/brightact/org_store.h"
#include "directory/persons.h"

namespace rosterd::ctl {
namespace {

using db::brightact::AccountColumns;
using db::brightact::AccountColumnStore;
using db::brightact::Org;
using db::brightact::OrgStore;
using directory::EditExtras;
using directory::Outcome;

constexpr int kListed = 100'000;
constexpr size_t kNameLimit = 255;  // bytes, so that it fits whatever its characters are

struct OrgOptions {
  std::string name;
  std::optional<uint64_t> id;
  UserId user;
};

Record ToRecord(const Org& org) {
  return {{"id", org.id},
          {"name", org.name},
          {"created_at", ToCell(std::optional(org.created_at))},
          {"updated_at", ToCell(std::optional(org.updated_at))}};
}

void Add(Tool& tool, const OrgOptions& options) {
  if (options.name.empty() || options.name.size() > kNameLimit ||
      !directory::IsCleanText(options.name)) {
    throw Failure(
        "--name: a text of 1 to 255 bytes in UTF-8 without control characters is expected");
  }
  Org org;
  org.name = options.name;
  org.created_at = db::Now();
  org.updated_at = org.created_at;
  const auto id = tool.connection().Transaction([&](db::Session& session) -> Outcome<uint64_t> {
    const uint64_t added = OrgStore::Insert(session, org.name, org.created_at);
    directory::Persons::Audit(session, tool.actor(), "org.create", {},
                              "org:" + std::to_string(added) + ",name");
    return added;
  });
  org.id = Require(id, "org add");
  tool.Print(ToRecord(org));
}

void List(Tool& tool) {
  using Orgs = std::vector<Org>;
  const auto orgs = tool.connection().Read(
      [&](db::Session& session) -> Outcome<Orgs> { return OrgStore::List(session, 0, kListed); });
  std::vector<Record> records;
  for (const Org& org : Require(orgs, "org list")) records.push_back(ToRecord(org));
  tool.Print(records);
}

/// Puts a person into an organisation, or takes it out when it is in that one.
void Move(Tool& tool, const OrgOptions& options, bool into) {
  const std::string org_name = "org " + std::to_string(*options.id);
  bool changed = false;
  const auto edit = [&](db::Session& session, db::Person& person,
                        EditExtras& extras) -> Outcome<std::monostate> {
    if (!OrgStore::Find(session, *options.id, OrgStore::Lock::kShared)) {
      throw Failure(org_name + ": there is none; see `rosterctl org list`");
    }
    const AccountColumns before = AccountColumnStore::FindLocked(session, person.id);
    AccountColumns after = before;
    if (into) after.org_id = *options.id;
    if (!into && before.org_id == *options.id) after.org_id = 0;
    changed = !(before == after);
    extras.values = AccountColumnStore::Differences(before, after);
    return std::monostate();
  };
  Require(tool.persons().Update(tool.actor(), options.user, edit),
          "person " + std::to_string(options.user.value));
  tool.Print(Record{
      {"user", options.user.value}, {"id", *options.id}, {"member", into}, {"changed", changed}});
}

void AddMembership(CLI::App& command, OrgOptions& options) {
  AddUserId(command, "--user", options.user);
  AddNumber(command, "--id", options.id, "The organisation's id")->required();
}

}  // namespace

void AddOrgCommands(CLI::App& app, Tool& tool) {
  const auto options = std::make_shared<OrgOptions>();
  CLI::App* const org = app.add_subcommand("org", "Organisations of BrightAct");
  org->require_subcommand(1);

  CLI::App* const add = org->add_subcommand("add", "Adds an organisation and shows it");
  add->add_option("--name", options->name, "Its name")->required();
  add->callback([&tool, options] { Add(tool, *options); });

  org->add_subcommand("list", "Lists the organisations")->callback([&tool] { List(tool); });

  CLI::App* const grant =
      org->add_subcommand("grant", "Puts a person into an organisation, out of its old one");
  AddMembership(*grant, *options);
  grant->callback([&tool, options] { Move(tool, *options, /*into=*/true); });

  CLI::App* const revoke = org->add_subcommand("revoke", "Takes a person out of an organisation");
  AddMembership(*revoke, *options);
  revoke->callback([&tool, options] { Move(tool, *options, /*into=*/false); });
}

}  // namespace rosterd::ctl
