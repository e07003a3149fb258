#include <memory>
#include <string>
#include <variant>

#include "ctl/arguments.h"
#include "ctl/commands.h"
#include "ctl/cscart_account.h"
#include "ctl/person_options.h"
#include "ctl/timeslot_counters.h"
#include "db/overview.h"
#include "db/person.h"

namespace rosterd::ctl {
namespace {

using db::cscart::AccountColumns;
using db::cscart::AccountColumnStore;
using db::timeslot::Profile;
using db::timeslot::ProfileStore;
using directory::Outcome;
using Done = std::monostate;

std::string Named(UserId id) { return "person " + std::to_string(id.value); }

/// What the tool shows of a person, deleted or not; nothing for one that is not there or purged.
Record Shown(Tool& tool, UserId id) {
  const auto found = tool.connection().Read([&](db::Session& session) -> Outcome<Record> {
    const auto person = db::PersonStore::Find(session, id);
    if (!person || person->username.empty()) return directory::Refusal::Kind::kNotFound;
    Record record = ToRecord(*person);
    if (const auto columns = AccountColumnStore::Find(session, id)) Append(record, *columns);
    if (const auto user = ProfileStore::Find(session, id)) Append(record, user->profile);
    return record;
  });
  return Require(found, Named(id));
}

/// The person that an id, an e-mail address or a username names.
UserId Resolve(Tool& tool, const std::string& who) {
  if (const auto id = ParseId(who)) return {*id};
  const auto found = tool.connection().Read([&](db::Session& session) -> Outcome<UserId> {
    const auto person = db::PersonStore::FindByLogin(session, who);
    if (!person) return directory::Refusal::Kind::kNotFound;
    return person->id;
  });
  return Require(found, "person " + who);
}

// New ids go on above the largest, so one near the limit would leave none to give.
void CheckGivenId(Tool& tool, uint64_t id) {
  constexpr uint64_t kLargest = kIdLimit / 2;
  if (id == 0 || id > kLargest) {
    throw Failure("--id: from 1 to " + std::to_string(kLargest) + ", not " + std::to_string(id));
  }
  const auto taken = tool.connection().Read([&](db::Session& session) -> Outcome<bool> {
    return db::PersonStore::Find(session, {id}).has_value();
  });
  if (Require(taken, "user add")) {
    throw Failure("--id: " + Named({id}) + " is there already, perhaps in the trash or purged");
  }
}

void Add(Tool& tool, const PersonOptions& options, std::optional<uint64_t> id) {
  if (id) CheckGivenId(tool, *id);
  directory::NewPerson wanted;
  Apply(options, wanted.person);
  if (!options.username && !wanted.person.email) {
    throw Failure("user add: give --email, --username, or both");
  }
  wanted.person.id = {id.value_or(0)};
  if (const auto password = PasswordOf(options, tool)) wanted.person.password = *password;
  const AccountColumns columns = Apply(options.cscart, AccountColumns());
  wanted.values = AccountColumnStore::Differences(AccountColumns(), columns);
  for (auto& value : ProfileStore::Differences(Profile(), Apply(options.timeslot, Profile()))) {
    wanted.values.push_back(std::move(value));
  }
  wanted.realm = RealmOf(columns, tool.settings().cscart.share_users);
  const UserId created = Require(tool.persons().Create(tool.actor(), wanted), "user add");
  tool.Print(Shown(tool, created));
}

void Set(Tool& tool, const std::string& who, const PersonOptions& options) {
  const UserId id = Resolve(tool, who);
  const auto password = PasswordOf(options, tool);
  const auto edit = [&](db::Session& session, db::Person& person,
                        directory::EditExtras& extras) -> Outcome<Done> {
    Apply(options, person);
    if (password) person.password = *password;
    const auto columns = AccountColumnStore::Find(session, id, /*lock=*/true);
    if (!columns) return directory::Refusal::Kind::kNotFound;
    Change(*columns, Apply(options.cscart, *columns), tool.settings().cscart, extras);
    Change(session, id, options.timeslot, extras);
    return Done();
  };
  Require(tool.persons().Update(tool.actor(), id, edit), Named(id));
  tool.Print(Shown(tool, id));
}

void List(Tool& tool, const db::Overview::Filter& filter) {
  using Persons = std::vector<db::Person>;
  const auto persons = tool.connection().Read([&](db::Session& session) -> Outcome<Persons> {
    return db::Overview::Persons(session, filter);
  });
  std::vector<Record> records;
  for (const db::Person& person : Require(persons, "user list")) {
    Record& record = records.emplace_back(ToRecord(person));
    std::erase_if(record, [](const auto& column) { return column.first == "password_form"; });
  }
  tool.Print(records);
}

void Delete(Tool& tool, const std::string& who) {
  const UserId id = Resolve(tool, who);
  Require(tool.persons().Delete(tool.actor(), id), Named(id));
  tool.Print(Record{{"id", id.value}, {"deleted", true}});
}

void Restore(Tool& tool, UserId id) {
  const auto restored = tool.persons().Restore(tool.actor(), id);
  if (!restored && restored.error() == directory::Refusal::Kind::kNotFound) {
    throw Failure(Named(id) + " is not in the trash; see `rosterctl user list --deleted`");
  }
  Require(restored, Named(id));
  tool.Print(Shown(tool, id));
}

void Purge(Tool& tool, UserId id) {
  const auto purged = tool.persons().Purge(tool.actor(), id);
  if (!purged && purged.error() == directory::Refusal::Kind::kNotFound) {
    throw Failure(Named(id) + " is not in the trash; `rosterctl user delete` puts it there first");
  }
  Require(purged, Named(id));
  tool.Print(Record{{"id", id.value}, {"purged", true}});
}

void AddAdd(CLI::App& user, Tool& tool) {
  const auto options = std::make_shared<PersonOptions>();
  const auto id = std::make_shared<std::optional<uint64_t>>();
  CLI::App* const command = user.add_subcommand("add", "Adds a person and shows it");
  AddPersonOptions(*command, *options);
  AddNumber(*command, "--id", *id, "Its id, when an old one is to be kept");
  command->callback([&tool, options, id] { Add(tool, *options, *id); });
}

void AddSet(CLI::App& user, Tool& tool) {
  const auto who = std::make_shared<std::string>();
  const auto options = std::make_shared<PersonOptions>();
  CLI::App* const command = user.add_subcommand("set", "Changes a person and shows it");
  command->add_option("ID", *who, "Id, e-mail address or username")->required();
  AddPersonOptions(*command, *options);
  command->callback([&tool, who, options] { Set(tool, *who, *options); });
}

void AddList(CLI::App& user, Tool& tool) {
  const auto filter = std::make_shared<db::Overview::Filter>();
  CLI::App* const command = user.add_subcommand("list", "Lists persons by id");
  AddStatus(*command, "--status", filter->status, "Of this status alone");
  command->add_option("--search", filter->contains, "With this in names, e-mail or phone");
  command->add_flag("--deleted", filter->deleted, "The deleted ones instead of the live ones");
  command->add_option("--after", filter->after, "With an id above this one");
  command->add_option("--limit", filter->limit, "At most so many")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command->callback([&tool, filter] { List(tool, *filter); });
}

/// A subcommand whose one argument names a person in any way, or by its id alone.
void AddNamed(CLI::App& user, Tool& tool, const std::string& name, const std::string& description,
              void (*run)(Tool&, const std::string&)) {
  const auto who = std::make_shared<std::string>();
  CLI::App* const command = user.add_subcommand(name, description);
  command->add_option("ID", *who, "Id, e-mail address or username")->required();
  command->callback([&tool, who, run] { run(tool, *who); });
}

void AddById(CLI::App& user, Tool& tool, const std::string& name, const std::string& description,
             void (*run)(Tool&, UserId)) {
  const auto id = std::make_shared<UserId>();
  CLI::App* const command = user.add_subcommand(name, description);
  AddUserId(*command, "ID", *id);
  command->callback([&tool, id, run] { run(tool, *id); });
}

void Show(Tool& tool, const std::string& who) { tool.Print(Shown(tool, Resolve(tool, who))); }

}  // namespace

void AddUserCommands(CLI::App& app, Tool& tool) {
  CLI::App* const user = app.add_subcommand("user", "The persons of the directory");
  user->require_subcommand(1);
  AddAdd(*user, tool);
  AddNamed(*user, tool, "show", "Shows one person", Show);
  AddList(*user, tool);
  AddSet(*user, tool);
  AddNamed(*user, tool, "delete", "Deletes a person; it can be restored", Delete);
  AddById(*user, tool, "restore", "Brings a deleted person back", Restore);
  AddById(*user, tool, "purge", "Erases a deleted person's data for good", Purge);
}

}  // namespace rosterd::ctl
