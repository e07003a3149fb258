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

db::ThrottleStore::Key KeyOf(const Throttle::Limit& limit) {
  return {limit.kind, Sha256(limit.subject), limit.window};
}

}  // namespace

Throttle::Standing Throttle::Look(db::Session& session, const std::vector<Limit>& limits) const {
  if (!enabled_) return {};
  const db::Time now = db::Now();
  std::vector<const Limit*> counted;
  std::vector<db::ThrottleStore::Key> keys;
  for (const Limit& limit : limits) {
    if (limit.most <= 0) continue;
    counted.push_back(&limit);
    keys.push_back(KeyOf(limit));
  }
  const auto counts = db::ThrottleStore::Get(session, keys, now);

  Standing standing;
  for (size_t i = 0; i < counts.size(); ++i) {
    const Limit& limit = *counted[i];
    if (&limit == &limits.front()) standing.first_has_failures = counts[i].failures > 0;
    if (standing.locked || counts[i].failures < static_cast<uint64_t>(limit.most)) continue;
    standing.locked =
        std::max(ceil<seconds>(counts[i].window_started_at + limit.window - now), seconds{1});
  }
  return standing;
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
  // Deleting a row that is not there locks the gap where others are about to insert theirs.
  if (!Look(session, {limit}).first_has_failures) return;
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
