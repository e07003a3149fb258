#include "db/timeslot/profile_store.h"

namespace rosterd::db::timeslot {
namespace {

#define ROSTERD_PROFILE_COLUMNS                                                                \
  "timeslot_email_verified, timeslot_phone_verified, timeslot_public_url,"                     \
  " timeslot_location_id, timeslot_slot_default_duration, timeslot_slot_default_location_id,"  \
  " timeslot_slot_default_type_id, timeslot_push, timeslot_slot_count, timeslot_reslot_count," \
  " timeslot_default_private_alerts, timeslot_default_own_friendslot_alerts,"                  \
  " timeslot_default_own_public_alerts, timeslot_default_friends_friendslot_alerts,"           \
  " timeslot_default_friends_public_alerts, timeslot_default_reslot_alerts,"                   \
  " timeslot_default_group_alerts"

constexpr int kProfileColumns = 17;

// As text, which the server writes faster than the client library.
#define ROSTERD_TIMES \
  " CAST(created_at AS CHAR), CAST(updated_at AS CHAR), deleted_at, timeslot_befriended"
#define ROSTERD_BY_ID " FROM users FORCE INDEX (PRIMARY) WHERE id = ?"

constexpr std::string_view kFind =
    "SELECT " ROSTERD_PROFILE_COLUMNS
    ", id, username, email, phone, first_name, last_name, display_name, picture," ROSTERD_TIMES
        ROSTERD_BY_ID;

// Few columns, and no condition beside the key: the server resolves each of them anew every time.
constexpr std::string_view kFindPublic =
    "SELECT timeslot_location_id, timeslot_slot_count, timeslot_reslot_count, id, username,"
    " first_name, last_name, display_name, picture," ROSTERD_TIMES ROSTERD_BY_ID;

constexpr std::string_view kFindLocked =
    "SELECT " ROSTERD_PROFILE_COLUMNS " FROM users WHERE id = ? LIMIT 1 FOR UPDATE";

#undef ROSTERD_BY_ID
#undef ROSTERD_TIMES
#undef ROSTERD_PROFILE_COLUMNS

// The unique form: in lower case, with the realm of the person behind it.
constexpr std::string_view kIsEmailTaken =
    "SELECT id FROM users WHERE email_key = CONCAT(LOWER(?),"
    " COALESCE((SELECT email_realm FROM users WHERE id = ?), '')) AND id <> ? LIMIT 1";

constexpr std::string_view kEraseColumns =
    "UPDATE users SET timeslot_phone_login = NULL, timeslot_email_verified = 0,"
    " timeslot_phone_verified = 0, timeslot_public_url = NULL, timeslot_location_id = NULL,"
    " timeslot_slot_default_duration = NULL, timeslot_slot_default_location_id = NULL,"
    " timeslot_slot_default_type_id = NULL, timeslot_push = 1, timeslot_slot_count = 0,"
    " timeslot_reslot_count = 0, timeslot_befriended = 0,"
    " timeslot_default_private_alerts = DEFAULT,"
    " timeslot_default_own_friendslot_alerts = DEFAULT,"
    " timeslot_default_own_public_alerts = DEFAULT,"
    " timeslot_default_friends_friendslot_alerts = DEFAULT,"
    " timeslot_default_friends_public_alerts = DEFAULT,"
    " timeslot_default_reslot_alerts = DEFAULT, timeslot_default_group_alerts = DEFAULT"
    " WHERE id = ?";
constexpr std::string_view kEraseStarted = "DELETE FROM timeslot_friendships WHERE starter_id = ?";
constexpr std::string_view kEraseReceived =
    "DELETE FROM timeslot_friendships WHERE recipient_id = ?";
constexpr std::string_view kEraseMemberships = "DELETE FROM timeslot_memberships WHERE user_id = ?";
constexpr std::string_view kEraseImages = "DELETE FROM timeslot_images WHERE user_id = ?";

std::optional<int64_t> OptionalNumber(const Rows& rows, int column) {
  return rows.IsNull(column) ? std::nullopt : std::optional(rows.Signed(column));
}

Profile ReadProfile(const Rows& rows) {
  Profile profile;
  profile.email_verified = rows.Flag(0);
  profile.phone_verified = rows.Flag(1);
  profile.public_url = rows.OptionalText(2);
  profile.location_id = OptionalNumber(rows, 3);
  profile.slot_default_duration = OptionalNumber(rows, 4);
  profile.slot_default_location_id = OptionalNumber(rows, 5);
  profile.slot_default_type_id = OptionalNumber(rows, 6);
  profile.push = rows.Flag(7);
  profile.slot_count = rows.Number(8);
  profile.reslot_count = rows.Number(9);
  int column = 10;
  for (std::string& alerts : profile.alerts) alerts = rows.Text(column++);
  return profile;
}

// The last ones of a person: its names, picture and times, and whether it is befriended. False for
// a deleted one.
bool ReadLast(const Rows& rows, int column, User& user) {
  Person& person = user.person;
  person.first_name = rows.Text(column++);
  person.last_name = rows.Text(column++);
  person.display_name = rows.Text(column++);
  person.picture = rows.Text(column++);
  person.created_at = rows.Moment(column++).value_or(Time{});
  person.updated_at = rows.Moment(column++).value_or(Time{});
  const bool deleted = !rows.IsNull(column++);
  user.befriended = rows.Flag(column);
  return !deleted;
}

constexpr std::array<DialectColumn, kAlertKinds> kAlertColumns = {
    DialectColumn("timeslot_default_private_alerts"),
    DialectColumn("timeslot_default_own_friendslot_alerts"),
    DialectColumn("timeslot_default_own_public_alerts"),
    DialectColumn("timeslot_default_friends_friendslot_alerts"),
    DialectColumn("timeslot_default_friends_public_alerts"),
    DialectColumn("timeslot_default_reslot_alerts"),
    DialectColumn("timeslot_default_group_alerts"),
};

}  // namespace

std::optional<User> ProfileStore::Find(Session& session, UserId id) {
  Rows rows = session.Query(kFind, id);
  if (!rows.Next()) return std::nullopt;
  int column = kProfileColumns;
  User user;
  user.person.id = {rows.Number(column++)};
  user.person.username = rows.Text(column++);
  user.person.email = rows.OptionalText(column++);
  user.person.phone = rows.Text(column++);
  if (!ReadLast(rows, column, user)) return std::nullopt;
  user.profile = ReadProfile(rows);
  return user;
}

std::optional<User> ProfileStore::FindPublic(Session& session, UserId id) {
  Rows rows = session.Query(kFindPublic, id);
  if (!rows.Next()) return std::nullopt;
  User user;
  user.profile.location_id = OptionalNumber(rows, 0);
  user.profile.slot_count = rows.Number(1);
  user.profile.reslot_count = rows.Number(2);
  user.person.id = {rows.Number(3)};
  user.person.username = rows.Text(4);
  if (!ReadLast(rows, 5, user)) return std::nullopt;
  return user;
}

std::optional<Profile> ProfileStore::FindLocked(Session& session, UserId id) {
  Rows rows = session.Query(kFindLocked, id);
  if (!rows.Next()) return std::nullopt;
  return ReadProfile(rows);
}

DialectValues ProfileStore::Differences(const Profile& before, const Profile& after) {
  DialectValues values;
  const auto add = [&](DialectColumn column, const auto& was, const auto& is) {
    if (was != is) values.emplace_back(column, Parameter(is));
  };
  add(DialectColumn("timeslot_email_verified"), before.email_verified, after.email_verified);
  add(DialectColumn("timeslot_phone_verified"), before.phone_verified, after.phone_verified);
  add(DialectColumn("timeslot_public_url"), before.public_url, after.public_url);
  add(DialectColumn("timeslot_location_id"), before.location_id, after.location_id);
  add(DialectColumn("timeslot_slot_default_duration"), before.slot_default_duration,
      after.slot_default_duration);
  add(DialectColumn("timeslot_slot_default_location_id"), before.slot_default_location_id,
      after.slot_default_location_id);
  add(DialectColumn("timeslot_slot_default_type_id"), before.slot_default_type_id,
      after.slot_default_type_id);
  for (size_t kind = 0; kind < kAlertKinds; ++kind) {
    add(kAlertColumns[kind], before.alerts[kind], after.alerts[kind]);
  }
  add(DialectColumn("timeslot_push"), before.push, after.push);
  add(DialectColumn("timeslot_slot_count"), before.slot_count, after.slot_count);
  add(DialectColumn("timeslot_reslot_count"), before.reslot_count, after.reslot_count);
  return values;
}

bool ProfileStore::IsEmailTaken(Session& session, std::string_view email, UserId user) {
  return session.Query(kIsEmailTaken, email, user, user).Next();
}

void Erase(Session& session, UserId id) {
  session.Execute(kEraseColumns, id);
  session.Execute(kEraseStarted, id);
  session.Execute(kEraseReceived, id);
  session.Execute(kEraseMemberships, id);
  session.Execute(kEraseImages, id);
}

}  // namespace rosterd::db::timeslot
