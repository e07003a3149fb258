#include "handlers/ops/state_metrics.h"

#include <algorithm>
#include <chrono>
#include <string_view>

#include "db/migrator.h"
#include "db/outbox.h"
#include "db/search_store.h"

namespace rosterd::ops {
namespace {

int64_t SecondsSinceEpoch(db::Time time) {
  return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

void AppendHead(std::string& text, std::string_view metric, std::string_view help) {
  text.append("# HELP ").append(metric).append(" ").append(help).append("\n");
  text.append("# TYPE ").append(metric).append(" gauge\n");
}

void AppendValue(std::string& text, std::string_view metric, int64_t value) {
  text.append(metric).append(" ").append(std::to_string(value)).append("\n");
}

void AppendGauge(std::string& text, std::string_view metric, std::string_view help, int64_t value) {
  AppendHead(text, metric, help);
  AppendValue(text, metric, value);
}

void AppendOutbox(std::string& text, const db::Outbox::State& outbox) {
  AppendGauge(text, "rosterd_mails_waiting", "Mails in the outbox that are yet to be sent.",
              static_cast<int64_t>(outbox.waiting));
  const int64_t age =
      outbox.oldest ? SecondsSinceEpoch(db::Now()) - SecondsSinceEpoch(*outbox.oldest) : 0;
  AppendGauge(text, "rosterd_mails_oldest_seconds", "How long the oldest of them has waited.",
              std::max<int64_t>(age, 0));
  AppendGauge(text, "rosterd_mails_given_up", "Mails that were given up in the last 30 days.",
              static_cast<int64_t>(outbox.given_up));
}

void AppendDatabase(std::string& text, db::Connection& connection) {
  const auto version = db::SchemaVersion(connection);
  AppendGauge(text, "rosterd_database_up", "Whether the database answers, 1 or 0.",
              version ? 1 : 0);
  AppendGauge(text, "rosterd_schema_needed", "The version of the schema that this program needs.",
              db::kSchemaVersion);
  if (!version) return;
  AppendGauge(text, "rosterd_schema_version", "The version of the database's schema.", *version);
  if (*version < db::kSchemaVersion) return;
  const auto outbox =
      connection.Read([](db::Session& session) -> db::StoreResult<db::Outbox::State> {
        return db::Outbox::Look(session);
      });
  if (outbox) AppendOutbox(text, *outbox);
  const auto waiting = connection.Read([](db::Session& session) -> db::StoreResult<uint64_t> {
    return db::SearchStore::CountWaiting(session);
  });
  if (!waiting) return;
  AppendGauge(text, "rosterd_search_waiting",
              "Changes of persons that the index of substring search does not hold yet.",
              static_cast<int64_t>(*waiting));
}

}  // namespace

std::string StateMetrics(db::Connection& connection, const directory::HashSlots& hash_slots,
                         db::Time started) {
  std::string text;
  AppendHead(text, "rosterd_build_info", "Always 1; the label is the version of the program.");
  AppendValue(text, R"(rosterd_build_info{version=")" ROSTERD_VERSION R"("})", 1);
  AppendGauge(text, "rosterd_start_time_seconds", "When the master was started, Unix time.",
              SecondsSinceEpoch(started));
  AppendHead(text, "rosterd_password_hashes", "Passwords being hashed, and how many may be.");
  AppendValue(text, R"(rosterd_password_hashes{state="busy"})", hash_slots.InUse());
  AppendValue(text, R"(rosterd_password_hashes{state="limit"})", hash_slots.Limit());
  AppendDatabase(text, connection);
  return text;
}

}  // namespace rosterd::ops
