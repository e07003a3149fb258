#include <memory>
#include <string>
#include <vector>

#include "config/values.h"
#include "ctl/arguments.h"
#include "ctl/commands.h"
#include "db/audit.h"

namespace rosterd::ctl {
namespace {

struct AuditOptions {
  std::optional<uint64_t> user;
  std::optional<std::string> since;
  int limit = 100;
};

Record ToRecord(const db::AuditRow& row) {
  return {
      {"id", row.id},
      {"at", ToCell(std::optional(row.at))},
      {"dialect", row.dialect},
      {"action", row.action},
      {"user", row.user.value},
      {"actor", row.actor.value},
      {"credential", row.credential},
      {"address", row.address},
      {"request_id", row.request_id},
      {"fields", config::SplitList(row.fields)},
  };
}

void Audit(Tool& tool, const AuditOptions& options) {
  std::optional<db::Time> since;
  if (options.since) {
    since = ParseMoment(*options.since, db::Now());
    if (!since) {
      throw Failure("--since: \"" + *options.since +
                    "\" is no moment; write 2026-11-22, 2026-11-22T08:00:00Z or 12h");
    }
  }
  std::optional<UserId> user;
  if (options.user) user = UserId{*options.user};
  using Rows = std::vector<db::AuditRow>;
  const auto rows = tool.connection().Read([&](db::Session& session) -> directory::Outcome<Rows> {
    return db::AuditStore::List(session, user, since, options.limit);
  });
  std::vector<Record> records;
  for (const db::AuditRow& row : Require(rows, "audit")) records.push_back(ToRecord(row));
  tool.Print(records);
}

}  // namespace

void AddAuditCommand(CLI::App& app, Tool& tool) {
  const auto options = std::make_shared<AuditOptions>();
  CLI::App* const command = app.add_subcommand("audit", "What was changed, the newest first");
  AddNumber(*command, "--user", options->user, "Changes of this person alone");
  AddText(*command, "--since", options->since, "Not older: a UTC date or time, or 12h for so long");
  command->add_option("--limit", options->limit, "At most so many")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command->callback([&tool, options] { Audit(tool, *options); });
}

}  // namespace rosterd::ctl
