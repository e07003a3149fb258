#include <algorithm>
#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "ctl/commands.h"
#include "ctl/demo_persons.h"
#include "ctl/search_command.h"
#include "db/bedita/role_store.h"
#include "db/brightact/org_store.h"
#include "db/cscart/company_store.h"
#include "db/cscart/usergroup_store.h"
#include "db/demo/demo_store.h"

namespace rosterd::ctl {
namespace {

using db::bedita::RoleStore;
using db::brightact::OrgStore;
using db::cscart::CompanyStore;
using db::cscart::Usergroup;
using db::cscart::UsergroupStore;
using db::demo::DemoPerson;
using db::demo::DemoStore;
using directory::Outcome;
using Done = std::monostate;

constexpr uint64_t kInOneTransaction = 5 * DemoStore::kMostRows;
constexpr uint64_t kMostDemoPersons = 10'000'000;
// More connections than cores wait for each other; more than this wait for the disk.
constexpr unsigned kMostConnections = 8;
constexpr int kMostOrgs = 1000;
// More are indexed faster all together than one by one.
constexpr uint64_t kMostQueued = 20'000;

/// The group of this name, made when it is not there.
uint64_t FindOrAddGroup(db::Session& session, const std::string& name) {
  UsergroupStore::Filter filter;
  filter.name_contains = name;
  for (const Usergroup& group : UsergroupStore::List(session, filter)) {
    if (group.name == name && group.type == "C") return group.id;
  }
  return UsergroupStore::Insert(session, {.id = 0, .status = "A", .type = "C", .name = name});
}

/// The role of this name, made when it is not there.
uint64_t FindOrAddRole(db::Session& session, const std::string& name, db::Time now) {
  if (const auto role = RoleStore::LockByName(session, name)) return role->id;
  return RoleStore::Insert(
      session, {.id = 0, .name = name, .description = "Role of the demo: " + name, .priority = 100},
      now);
}

/// The organisation of this name, made when it is not there.
uint64_t FindOrAddOrg(db::Session& session, const std::string& name, db::Time now) {
  for (const auto& org : OrgStore::List(session, 0, kMostOrgs)) {
    if (org.name == name) return org.id;
  }
  return OrgStore::Insert(session, name, now);
}

/// Companies 1 to 3, groups of customers, roles and organisations, made where they are not there.
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
  for (const char* const name : {"reader", "editor", "publisher"}) {
    world.roles.push_back(FindOrAddRole(session, name, world.now));
  }
  for (const char* const name : {"Школа № 7", "City Clinic", "Дом культуры", "Harbour Office"}) {
    world.orgs.push_back(FindOrAddOrg(session, name, world.now));
  }
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

/// Loads persons over several connections at once: the time goes into the server's many indexes,
/// on one core a connection.
class Loader {
 public:
  Loader(config::Database database, DemoWorld world, uint64_t first, uint64_t count)
      : database_(std::move(database)), world_(std::move(world)), first_(first), count_(count) {
    // Many rows a statement, on a machine that may be slow.
    database_.read_timeout = std::max<std::chrono::seconds>(database_.read_timeout, kPatience);
  }

  void Run() {
    std::vector<std::future<void>> lanes;
    const uint64_t portions = (count_ + kInOneTransaction - 1) / kInOneTransaction;
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    const auto wanted = std::min<uint64_t>({cores, kMostConnections, portions});
    for (uint64_t lane = 0; lane < wanted; ++lane) {
      lanes.push_back(std::async(std::launch::async, [this] { LoadPortions(); }));
    }
    for (std::future<void>& lane : lanes) lane.get();
  }

 private:
  static constexpr std::chrono::minutes kPatience{5};

  void LoadPortions() {
    db::Connection connection(database_);
    for (;;) {
      const uint64_t start = next_.fetch_add(kInOneTransaction);
      if (start >= count_) return;
      const uint64_t size = std::min(kInOneTransaction, count_ - start);
      const auto outcome = connection.Transaction(
          [&](db::Session& session) { return Load(session, world_, first_ + start, size); });
      if (!outcome) next_ = count_;  // nobody begins another one
      Require(outcome, "demo, with persons from " + std::to_string(first_ + start) + " on");
    }
  }

  config::Database database_;
  const DemoWorld world_;
  const uint64_t first_;
  const uint64_t count_;
  std::atomic<uint64_t> next_ = 0;
};

void Demo(Tool& tool, uint64_t count) {
  const DemoWorld world = Require(tool.connection().Transaction(MakeWorld), "demo");
  const auto highest = tool.connection().Read(
      [](db::Session& session) -> Outcome<uint64_t> { return DemoStore::HighestId(session); });
  const uint64_t first = Require(highest, "demo") + 1;
  Loader(tool.settings().database, world, first, count).Run();
  if (count > kMostQueued) RebuildSearch(tool);
  tool.Print(Record{{"loaded", count}, {"first_id", first}});
}

}  // namespace

void AddDemoCommand(CLI::App& app, Tool& tool) {
  const auto count = std::make_shared<uint64_t>(200);
  // An empty group hides it from --help: it is for tests and trials, not for operators.
  CLI::App* const demo = app.add_subcommand("demo", "Loads made-up persons")->group("");
  demo->add_option("--count", *count, "How many")->check(CLI::Range(uint64_t{0}, kMostDemoPersons));
  demo->callback([&tool, count] { Demo(tool, *count); });
}

}  // namespace rosterd::ctl
