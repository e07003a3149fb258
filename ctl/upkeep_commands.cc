#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ctl/commands.h"
#include "ctl/demo_persons.h"
#include "db/cscart/company_store.h"
#include "db/cscart/demo_store.h"
#include "db/cscart/usergroup_store.h"
#include "directory/housekeeping.h"

namespace rosterd::ctl {
namespace {

using db::cscart::CompanyStore;
using db::cscart::DemoPerson;
using db::cscart::DemoStore;
using db::cscart::Usergroup;
using db::cscart::UsergroupStore;
using directory::Outcome;
using Done = std::monostate;

constexpr uint64_t kInOneTransaction = 5 * DemoStore::kMostRows;
constexpr uint64_t kMostDemoPersons = 10'000'000;

/// The group of this name, made when it is not there.
uint64_t FindOrAddGroup(db::Session& session, const std::string& name) {
  UsergroupStore::Filter filter;
  filter.name_contains = name;
  for (const Usergroup& group : UsergroupStore::List(session, filter)) {
    if (group.name == name && group.type == "C") return group.id;
  }
  return UsergroupStore::Insert(session, {.id = 0, .status = "A", .type = "C", .name = name});
}

/// Companies 1 to 3 and two groups of customers, made where they are not there.
Outcome<DemoWorld> MakeWorld(db::Session& session) {
  DemoWorld world;
  world.now = db::Now();
  for (uint64_t id = 1; id <= world.companies; ++id) {
    if (CompanyStore::Find(session, id)) continue;
    CompanyStore::Add(session, {.id = id,
                                .name = "Demo store " + std::to_string(id),
                                .status = "A",
                                .email = "store" + std::to_string(id) + "@demo.example",
                                .created_at = world.now});
  }
  world.usergroups = {FindOrAddGroup(session, "Wholesale"), FindOrAddGroup(session, "VIP")};
  return world;
}

/// Persons with the ids from `first`, in one transaction.
Outcome<Done> Load(db::Session& session, const DemoWorld& world, uint64_t first, uint64_t count) {
  std::vector<DemoPerson> rows;
  rows.reserve(DemoStore::kMostRows);
  for (uint64_t id = first; id < first + count; ++id) {
    rows.push_back(MakeDemoPerson(id, world));
    if (rows.size() < DemoStore::kMostRows && id + 1 < first + count) continue;
    DemoStore::Insert(session, rows);
    rows.clear();
  }
  return Done();
}

void Demo(Tool& tool, uint64_t count) {
  const DemoWorld world = Require(tool.connection().Transaction(MakeWorld), "demo");
  const auto highest = tool.connection().Read(
      [](db::Session& session) -> Outcome<uint64_t> { return DemoStore::HighestId(session); });
  const uint64_t first = Require(highest, "demo") + 1;
  for (uint64_t loaded = 0; loaded < count; loaded += kInOneTransaction) {
    const uint64_t now = std::min(kInOneTransaction, count - loaded);
    const auto outcome = tool.connection().Transaction(
        [&](db::Session& session) { return Load(session, world, first + loaded, now); });
    Require(outcome, "demo, after " + std::to_string(loaded) + " persons");
  }
  tool.Print(Record{{"loaded", count}, {"first_id", first}});
}

void Sweep(Tool& tool) {
  directory::Swept total;
  for (;;) {
    const auto swept = directory::Sweep(tool.connection(), tool.persons(), tool.actor());
    const directory::Swept round = Require(swept, "sweep");
    if (round == directory::Swept()) break;
    total.purged_persons += round.purged_persons;
    total.credentials += round.credentials;
    total.throttle_windows += round.throttle_windows;
    total.mails += round.mails;
  }
  const uint64_t pictures = Require(tool.pictures().Sweep(tool.connection()), "sweep");
  tool.Print(Record{{"purged_persons", total.purged_persons},
                    {"credentials", total.credentials},
                    {"throttle_windows", total.throttle_windows},
                    {"mails", total.mails},
                    {"pictures", pictures}});
}

}  // namespace

void AddUpkeepCommands(CLI::App& app, Tool& tool) {
  app.add_subcommand("sweep",
                     "Removes ended credentials, old throttle rows, mails given up, persons past "
                     "trash_days, and pictures that nobody has")
      ->callback([&tool] { Sweep(tool); });

  const auto count = std::make_shared<uint64_t>(200);
  // An empty group hides it from --help: it is for tests and trials, not for operators.
  CLI::App* const demo = app.add_subcommand("demo", "Loads made-up persons")->group("");
  demo->add_option("--count", *count, "How many")->check(CLI::Range(uint64_t{0}, kMostDemoPersons));
  demo->callback([&tool, count] { Demo(tool, *count); });
}

}  // namespace rosterd::ctl
