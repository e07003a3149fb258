#include "ctl/commands.h"
#include "db/tally.h"
#include "db/timeslot/friendship_store.h"
#include "directory/housekeeping.h"

namespace rosterd::ctl {
namespace {

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

void Recount(Tool& tool) {
  const auto corrected = db::Tallies::Recount(tool.settings().database);
  if (!corrected) throw Failure("recount: the database did not answer, or was busy for too long");
  const auto marked =
      tool.connection().Transaction([](db::Session& session) -> db::StoreResult<uint64_t> {
        return db::timeslot::FriendshipStore::MarkAll(session);
      });
  tool.Print(
      Record{{"corrected_cells", *corrected}, {"marked_friends", Require(marked, "recount")}});
}

}  // namespace

void AddUpkeepCommands(CLI::App& app, Tool& tool) {
  app.add_subcommand("sweep",
                     "Removes ended credentials, old throttle rows, mails given up, persons past "
                     "trash_days, and pictures that nobody has")
      ->callback([&tool] { Sweep(tool); });

  app.add_subcommand("recount",
                     "Counts all persons anew, while the daemon serves, and corrects the sums that "
                     "lists take their totals from; 0 corrected cells are what is expected")
      ->callback([&tool] { Recount(tool); });
}

}  // namespace rosterd::ctl
