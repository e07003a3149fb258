#include "directory/throttle.h"

#include <algorithm>

#include "db/throttle_store.h"
#include "directory/secrets.h"

namespace rosterd::directory {

namespace {

using std::chrono::ceil;
using std::chrono::seconds;

std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& letter : lower) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return lower;
}

db::ThrottleStore::Count Failures(db::Session& session, const Throttle::Limit& limit,
                                  db::Time now) {
  return db::ThrottleStore::Get(session, limit.kind, Sha256(limit.subject), now, limit.window);
}

}  // namespace

std::optional<seconds> Throttle::Locked(db::Session& session,
                                        const std::vector<Limit>& limits) const {
  if (!enabled_) return std::nullopt;
  const db::Time now = db::Now();
  for (const Limit& limit : limits) {
    if (limit.most <= 0) continue;
    const auto count = Failures(session, limit, now);
    if (count.failures < static_cast<uint64_t>(limit.most)) continue;
    return std::max(ceil<seconds>(count.window_started_at + limit.window - now), seconds{1});
  }
  return std::nullopt;
}

void Throttle::Fail(db::Session& session, const std::vector<Limit>& limits) const {
  if (!enabled_) return;
  const db::Time now = db::Now();
  for (const Limit& limit : limits) {
    if (limit.most <= 0) continue;
    db::ThrottleStore::Add(session, limit.kind, Sha256(limit.subject), now, limit.window);
  }
}

void Throttle::Forget(db::Session& session, const Limit& limit) const {
  if (!enabled_ || limit.most <= 0) return;
  // Deleting a row that is not there locks the gap where others are about to insert theirs.
  if (Failures(session, limit, db::Now()).failures == 0) return;
  db::ThrottleStore::Clear(session, limit.kind, Sha256(limit.subject));
}

std::vector<Throttle::Limit> SignInLimits(const config::Throttle& settings,
                                          std::string_view dialect, std::string_view account,
                                          std::string_view address) {
  const std::string kind = std::string(dialect) + ".sign_in.";
  std::vector<Throttle::Limit> limits;
  limits.push_back({kind + "account", LowerAscii(account), settings.sign_in_failures_per_account,
                    settings.sign_in_window});
  if (!address.empty()) {
    limits.push_back({kind + "address", std::string(address), settings.sign_in_failures_per_address,
                      settings.sign_in_window});
  }
  return limits;
}

}  // namespace rosterd::directory
