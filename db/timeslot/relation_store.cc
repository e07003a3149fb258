#include "db/timeslot/relation_store.h"

namespace rosterd::db::timeslot {
namespace {

constexpr int kMost = 100'000;

constexpr std::string_view kStarted =
    "SELECT u.id, f.starter_id, f.state FROM timeslot_friendships f"
    " JOIN users u FORCE INDEX (PRIMARY) ON u.id = f.recipient_id AND u.deleted_at IS NULL"
    " WHERE f.starter_id = ? AND f.deleted_at IS NULL ORDER BY f.id LIMIT ?";
constexpr std::string_view kReceived =
    "SELECT u.id, f.starter_id, f.state FROM timeslot_friendships f"
    " JOIN users u FORCE INDEX (PRIMARY) ON u.id = f.starter_id AND u.deleted_at IS NULL"
    " WHERE f.recipient_id = ? AND f.deleted_at IS NULL ORDER BY f.id LIMIT ?";
// One count over both indexes: for two counts the server would plan two joins each time.
constexpr std::string_view kCountFriends =
    "SELECT COUNT(*) FROM timeslot_friendships f FORCE INDEX (by_starter, by_recipient)"
    " STRAIGHT_JOIN users u FORCE INDEX (PRIMARY)"
    " ON u.id = IF(f.starter_id = ?, f.recipient_id, f.starter_id) AND u.deleted_at IS NULL"
    " WHERE (f.starter_id = ? OR f.recipient_id = ?) AND f.state = '11' AND f.deleted_at IS NULL";
constexpr std::string_view kMemberships =
    "SELECT group_id, state FROM timeslot_memberships WHERE user_id = ? ORDER BY id LIMIT ?";

void Append(std::vector<SeenFriendship>& friendships, Rows rows) {
  while (rows.Next()) {
    friendships.push_back({{rows.Number(0)}, {rows.Number(1)}, rows.Text(2)});
  }
}

}  // namespace

std::vector<SeenFriendship> RelationStore::Friendships(Session& session, UserId user) {
  std::vector<SeenFriendship> friendships;
  Append(friendships, session.Query(kStarted, user, kMost));
  Append(friendships, session.Query(kReceived, user, kMost));
  return friendships;
}

uint64_t RelationStore::CountFriends(Session& session, UserId user) {
  Rows rows = session.Query(kCountFriends, user, user, user);
  return rows.Next() ? rows.Number(0) : 0;
}

std::vector<Membership> RelationStore::Memberships(Session& session, UserId user) {
  std::vector<Membership> memberships;
  Rows rows = session.Query(kMemberships, user, kMost);
  while (rows.Next()) memberships.push_back({rows.Number(0), rows.Text(1)});
  return memberships;
}

}  // namespace rosterd::db::timeslot
