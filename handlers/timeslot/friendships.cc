#include "handlers/timeslot/friendships.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "db/timeslot/friendship_store.h"

namespace rosterd::timeslot {
namespace {

using db::timeslot::Friendship;
using db::timeslot::FriendshipStore;
using directory::Outcome;
using directory::Persons;
using directory::Refusal;

constexpr std::string_view kAsked = "00";
constexpr std::string_view kEstablished = "11";
constexpr std::string_view kRejected = "01";
constexpr std::string_view kAuditedField = "friendships";

std::vector<UserId> LockAll(db::Session& session, UserId user, std::vector<UserId> others) {
  others.push_back(user);
  return FriendshipStore::LockLive(session, others);
}

std::unordered_map<uint64_t, Friendship> ByFriend(const std::vector<Friendship>& records,
                                                  UserId user) {
  std::unordered_map<uint64_t, Friendship> by_friend;
  for (const Friendship& record : records) {
    const UserId other = record.starter == user ? record.recipient : record.starter;
    by_friend.emplace(other.value, record);
  }
  return by_friend;
}

/// What one step of Befriend did, for the audit; empty when it did nothing.
std::string_view Ask(db::Session& session, UserId user, UserId other, const Friendship* record,
                     db::Time now) {
  if (record == nullptr) {
    FriendshipStore::Insert(session, user, other, now);
    return "friend.request";
  }
  if (record->removed || record->state == kRejected) {
    FriendshipStore::Renew(session, record->id, user, other, now);
    return "friend.request";
  }
  if (record->state == kAsked && record->starter == other) {
    FriendshipStore::Establish(session, record->id, now);
    return "friend.accept";
  }
  return "";
}

}  // namespace

Outcome<std::monostate> Befriend(db::Session& session, const directory::Actor& actor, UserId user,
                                 const std::vector<UserId>& others) {
  if (LockAll(session, user, others).size() != others.size() + 1) return Refusal::Kind::kNotFound;
  const auto records = ByFriend(FriendshipStore::Between(session, user, others), user);
  const db::Time now = db::Now();
  for (const UserId other : others) {
    const auto found = records.find(other.value);
    const Friendship* record = found == records.end() ? nullptr : &found->second;
    const std::string_view done = Ask(session, user, other, record, now);
    if (!done.empty()) Persons::Audit(session, actor, done, other, kAuditedField);
  }
  return std::monostate();
}

Outcome<std::monostate> Unfriend(db::Session& session, const directory::Actor& actor, UserId user,
                                 const std::vector<UserId>& others) {
  const std::vector<UserId> live = LockAll(session, user, others);
  const auto records = ByFriend(FriendshipStore::Between(session, user, others), user);
  const db::Time now = db::Now();
  for (const UserId other : live) {
    const auto found = records.find(other.value);
    if (found == records.end()) continue;
    const Friendship& record = found->second;
    if (record.removed || (record.state != kAsked && record.state != kEstablished)) continue;
    FriendshipStore::Remove(session, record.id, now);
    Persons::Touch(session, record.recipient, now);
    Persons::Audit(session, actor, "friend.remove", other, kAuditedField);
  }
  return std::monostate();
}

}  // namespace rosterd::timeslot
