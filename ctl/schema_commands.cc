#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ctl/commands.h"
#include "ctl/dump.h"
#include "ctl/search_command.h"
#include "db/migrator.h"
#include "db/outbox.h"
#include "db/overview.h"
#include "db/search_store.h"

namespace rosterd::ctl {
namespace {

using db::Overview;
using directory::Outcome;

void Migrate(Tool& tool, const std::optional<std::string>& dump_folder) {
  Record answer;
  if (dump_folder) {
    answer.emplace_back("dump", Dump(tool.settings().database, *dump_folder, db::Now()));
  }
  const auto migrated = db::Migrate(tool.settings().database);
  if (!migrated) throw Failure("migrate: " + migrated.error());
  answer.emplace_back("from", static_cast<uint64_t>(migrated->from));
  answer.emplace_back("to", static_cast<uint64_t>(migrated->to));
  tool.Print(answer);
}

/// "persons_active", "credentials_cscart_key": a count as a column.
void Append(Record& record, const std::string& prefix, const std::vector<Overview::Count>& counts) {
  for (const Overview::Count& count : counts) {
    std::string name = prefix + count.name;
    std::ranges::replace(name, ' ', '_');
    record.emplace_back(name, count.count);
  }
}

/// What is in a directory whose schema is good.
Record Contents(db::Session& session, const config::Throttle& throttle) {
  const db::Time now = db::Now();
  Record record;
  Append(record, "persons_", Overview::PersonsByStatus(session));
  Append(record, "credentials_", Overview::Credentials(session, now));
  record.emplace_back("throttled_accounts",
                      Overview::Throttled(session,
                                          {.kind_suffix = ".sign_in.account",
                                           .most = throttle.sign_in_failures_per_account,
                                           .window = throttle.sign_in_window},
                                          now));
  record.emplace_back("throttled_addresses",
                      Overview::Throttled(session,
                                          {.kind_suffix = ".sign_in.address",
                                           .most = throttle.sign_in_failures_per_address,
                                           .window = throttle.sign_in_window},
                                          now));
  const db::Outbox::State outbox = db::Outbox::Look(session);
  record.emplace_back("mails_waiting", outbox.waiting);
  record.emplace_back("mails_oldest", ToCell(outbox.oldest));
  record.emplace_back("mails_given_up", outbox.given_up);
  record.emplace_back("mails_last_failure",
                      outbox.last_failure.empty() ? Cell() : Cell(outbox.last_failure));
  record.emplace_back("search_index", ToText(db::SearchStore::Look(session).phase));
  record.emplace_back("search_waiting", db::SearchStore::CountWaiting(session));
  return record;
}

/// The dialects that are answered.
std::vector<std::string> Dialects(const config::Settings& settings) {
  std::vector<std::string> names;
  if (settings.cscart.enabled) names.emplace_back("cscart");
  if (settings.bedita.enabled) names.emplace_back("bedita");
  if (settings.brightact.enabled) names.emplace_back("brightact");
  if (settings.cocoaheads.enabled) names.emplace_back("cocoaheads");
  if (settings.timeslot.enabled) names.emplace_back("timeslot");
  return names;
}

void Status(Tool& tool) {
  const auto version = db::SchemaVersion(tool.connection());
  const auto server = tool.connection().Read(
      [](db::Session& session) -> Outcome<std::string> { return Overview::Server(session); });
  const bool ready = version && *version >= db::kSchemaVersion;
  Record record{{"ready", ready},
                {"database", version.has_value()},
                {"server", server ? Cell(*server) : Cell()},
                {"schema_version", version ? Cell(static_cast<uint64_t>(*version)) : Cell()},
                {"schema_needed", static_cast<uint64_t>(db::kSchemaVersion)},
                {"dialects", Dialects(tool.settings())}};
  if (ready) {
    const auto contents = tool.connection().Read([&](db::Session& session) -> Outcome<Record> {
      return Contents(session, tool.settings().throttle);
    });
    const Record found = Require(contents, "status");
    record.insert(record.end(), found.begin(), found.end());
  }
  tool.Print(record);
  if (ready) return;
  tool.exit_status = 1;
  throw Failure(version ? "the schema is older than this program; run `rosterctl migrate`"
                        : "the database does not answer; check section database of the settings, "
                          "its defaults_file, and the server");
}

}  // namespace

void AddSchemaCommands(CLI::App& app, Tool& tool) {
  const auto dump_folder = std::make_shared<std::optional<std::string>>();
  CLI::App* const migrate = app.add_subcommand("migrate", "Brings the schema up to date");
  migrate->add_option("--dump", *dump_folder,
                      "Write a dump of the database into this folder first");
  migrate->callback([&tool, dump_folder] { Migrate(tool, *dump_folder); });

  app.add_subcommand("status", "Whether all is ready, and what the directory holds; 1 when not")
      ->callback([&tool] { Status(tool); });
}

}  // namespace rosterd::ctl
