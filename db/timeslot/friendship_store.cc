#include "db/timeslot/friendship_store.h"

#include <algorithm>
#include <string_view>

namespace rosterd::db::timeslot {
namespace {

constexpr std::string_view kInsert =
    "INSERT INTO timeslot_friendships (starter_id, recipient_id, state, created_at, updated_at)"
    " VALUES (?, ?, '00', ?, ?)";

// Whoever is in a record bears the mark, which stays: reads of persons without it look for none.
constexpr std::string_view kMark =
    "UPDATE users SET timeslot_befriended = 1 WHERE id IN (?, ?) AND timeslot_befriended = 0";
constexpr std::string_view kMarkAll =
    "UPDATE (SELECT starter_id AS id FROM timeslot_friendships"
    "  UNION SELECT recipient_id FROM timeslot_friendships) f"
    " STRAIGHT_JOIN users u ON u.id = f.id"
    " SET u.timeslot_befriended = 1 WHERE u.timeslot_befriended = 0";

constexpr std::string_view kRenew =
    "UPDATE timeslot_friendships SET starter_id = ?, recipient_id = ?, state = '00',"
    " created_at = ?, updated_at = ?, deleted_at = NULL WHERE id = ?";

constexpr std::string_view kEstablish =
    "UPDATE timeslot_friendships SET state = '11', updated_at = ? WHERE id = ?";

constexpr std::string_view kRemove =
    "UPDATE timeslot_friendships SET deleted_at = ?, updated_at = ? WHERE id = ?";

std::vector<uint64_t> Numbers(const std::vector<UserId>& ids) {
  std::vector<uint64_t> numbers;
  numbers.reserve(ids.size());
  for (const UserId id : ids) numbers.push_back(id.value);
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

void ReadAll(Rows rows, std::vector<Friendship>& records) {
  while (rows.Next()) {
    Friendship record;
    record.id = rows.Number(0);
    record.starter = {rows.Number(1)};
    record.recipient = {rows.Number(2)};
    record.state = rows.Text(3);
    record.removed = !rows.IsNull(4);
    records.push_back(std::move(record));
  }
}

}  // namespace

std::vector<UserId> FriendshipStore::LockLive(Session& session, const std::vector<UserId>& ids) {
  std::vector<UserId> live;
  if (ids.empty()) return live;
  StatementBuilder select;
  // Without the index a small table is read, and so locked, whole.
  select.Add("SELECT id, deleted_at FROM users FORCE INDEX (PRIMARY) WHERE id IN (")
      .Values(Numbers(ids))
      .Add(") ORDER BY id LIMIT ")
      .Value(ids.size())
      .Add(" FOR UPDATE");
  Rows rows = select.Query(session);
  while (rows.Next()) {
    if (rows.IsNull(1)) live.push_back({rows.Number(0)});
  }
  return live;
}

std::vector<Friendship> FriendshipStore::Between(Session& session, UserId user,
                                                 const std::vector<UserId>& others) {
  std::vector<Friendship> records;
  const std::vector<uint64_t> ids = Numbers(others);
  const auto middle = std::lower_bound(ids.begin(), ids.end(), user.value);
  // Two statements that each follow the unique index of pairs, and not one that follows none.
  if (middle != ids.begin()) {
    StatementBuilder lower;
    lower.Add("SELECT id, starter_id, recipient_id, state, deleted_at FROM timeslot_friendships")
        .Add(" WHERE low_id IN (")
        .Values(std::vector<uint64_t>(ids.begin(), middle))
        .Add(") AND high_id = ")
        .Value(user)
        .Add(" LIMIT ")
        .Value(ids.size());
    ReadAll(lower.Query(session), records);
  }
  if (middle != ids.end()) {
    StatementBuilder higher;
    higher.Add("SELECT id, starter_id, recipient_id, state, deleted_at FROM timeslot_friendships")
        .Add(" WHERE low_id = ")
        .Value(user)
        .Add(" AND high_id IN (")
        .Values(std::vector<uint64_t>(middle, ids.end()))
        .Add(") LIMIT ")
        .Value(ids.size());
    ReadAll(higher.Query(session), records);
  }
  return records;
}

void FriendshipStore::Insert(Session& session, UserId starter, UserId recipient, Time now) {
  session.Execute(kInsert, starter, recipient, now, now);
  session.Execute(kMark, starter, recipient);
}

void FriendshipStore::Renew(Session& session, uint64_t id, UserId starter, UserId recipient,
                            Time now) {
  session.Execute(kRenew, starter, recipient, now, now, id);
}

void FriendshipStore::Establish(Session& session, uint64_t id, Time now) {
  session.Execute(kEstablish, now, id);
}

void FriendshipStore::Remove(Session& session, uint64_t id, Time now) {
  session.Execute(kRemove, now, now, id);
}

uint64_t FriendshipStore::MarkAll(Session& session) { return session.Execute(kMarkAll).rows; }

}  // namespace rosterd::db::timeslot
