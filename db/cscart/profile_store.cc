#include "db/cscart/profile_store.h"

#include <algorithm>

namespace rosterd::db::cscart {
namespace {

// The columns behind the fixed ones stand in the order of kProfileColumns.
constexpr int kFirstValue = 5;

constexpr std::string_view kMain =
    "SELECT id, user_id, type, name, updated_at, b_firstname, b_lastname, b_address, b_address_2, "
    "b_city, b_county,"
    " b_state, b_country, b_zipcode, b_phone, s_firstname, s_lastname, s_address, s_address_2, "
    "s_city, s_county,"
    " s_state, s_country, s_zipcode, s_phone, s_address_type FROM cscart_profiles WHERE main_of = "
    "?";
constexpr std::string_view kFind =
    "SELECT id, user_id, type, name, updated_at, b_firstname, b_lastname, b_address, b_address_2, "
    "b_city, b_county,"
    " b_state, b_country, b_zipcode, b_phone, s_firstname, s_lastname, s_address, s_address_2, "
    "s_city, s_county,"
    " s_state, s_country, s_zipcode, s_phone, s_address_type FROM cscart_profiles WHERE id = ? AND "
    "user_id = ?";
constexpr std::string_view kOfUser =
    "SELECT id, user_id, type, name, updated_at, b_firstname, b_lastname, b_address, b_address_2, "
    "b_city, b_county,"
    " b_state, b_country, b_zipcode, b_phone, s_firstname, s_lastname, s_address, s_address_2, "
    "s_city, s_county,"
    " s_state, s_country, s_zipcode, s_phone, s_address_type FROM cscart_profiles WHERE user_id = ?"
    " ORDER BY type, id LIMIT 1000";
constexpr std::string_view kInsert =
    "INSERT INTO cscart_profiles (b_firstname, b_lastname, b_address, b_address_2, b_city, "
    "b_county, b_state,"
    " b_country, b_zipcode, b_phone, s_firstname, s_lastname, s_address, s_address_2, s_city, "
    "s_county, s_state,"
    " s_country, s_zipcode, s_phone, s_address_type, name, updated_at, user_id, type, main_of)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view kUpdate =
    "UPDATE cscart_profiles SET b_firstname = ?, b_lastname = ?, b_address = ?, b_address_2 = ?, "
    "b_city = ?,"
    " b_county = ?, b_state = ?, b_country = ?, b_zipcode = ?, b_phone = ?, s_firstname = ?, "
    "s_lastname = ?,"
    " s_address = ?, s_address_2 = ?, s_city = ?, s_county = ?, s_state = ?, s_country = ?, "
    "s_zipcode = ?,"
    " s_phone = ?, s_address_type = ?, name = ?, updated_at = ? WHERE id = ?";
constexpr std::string_view kFieldsOfUser =
    "SELECT f.profile_id, f.field, f.value FROM cscart_profile_fields f"
    " JOIN cscart_profiles p ON p.id = f.profile_id WHERE p.user_id = ? ORDER BY f.profile_id, "
    "f.field LIMIT 100000";
constexpr std::string_view kSetField =
    "INSERT INTO cscart_profile_fields (profile_id, field, value) VALUES (?, ?, ?)"
    " ON DUPLICATE KEY UPDATE value = VALUES(value)";
constexpr std::string_view kRemoveField =
    "DELETE FROM cscart_profile_fields WHERE profile_id = ? AND field = ?";

Profile Read(const Rows& rows) {
  Profile profile;
  profile.id = rows.Number(0);
  profile.user = UserId{rows.Number(1)};
  profile.main = rows.Text(2) == "P";
  profile.name = rows.Text(3);
  profile.updated_at = rows.Moment(4).value_or(Time{});
  int column = kFirstValue;
  for (std::string& value : profile.values) value = rows.Text(column++);
  return profile;
}

std::optional<Profile> One(Rows rows) {
  if (!rows.Next()) return std::nullopt;
  return Read(rows);
}

std::vector<Parameter> Values(const Profile& profile, Time now) {
  std::vector<Parameter> parameters(profile.values.begin(), profile.values.end());
  parameters.emplace_back(profile.name);
  parameters.emplace_back(now);
  return parameters;
}

}  // namespace

std::string_view Profile::Value(std::string_view column) const {
  for (size_t i = 0; i < kProfileColumns.size(); ++i) {
    if (kProfileColumns[i].name == column) return values[i];
  }
  return {};
}

std::optional<Profile> ProfileStore::Main(Session& session, UserId user) {
  return One(session.Query(kMain, user));
}

std::optional<Profile> ProfileStore::Find(Session& session, UserId user, uint64_t id) {
  return One(session.Query(kFind, id, user));
}

std::vector<Profile> ProfileStore::OfUser(Session& session, UserId user) {
  std::vector<Profile> profiles;
  {
    Rows rows = session.Query(kOfUser, user);
    while (rows.Next()) profiles.push_back(Read(rows));
  }
  Rows fields = session.Query(kFieldsOfUser, user);
  while (fields.Next()) {
    const uint64_t id = fields.Number(0);
    const auto owner = std::ranges::find(profiles, id, &Profile::id);
    if (owner != profiles.end()) owner->fields.emplace_back(fields.Text(1), fields.Text(2));
  }
  return profiles;
}

uint64_t ProfileStore::Insert(Session& session, const Profile& profile, Time now) {
  std::vector<Parameter> parameters = Values(profile, now);
  parameters.emplace_back(profile.user);
  parameters.emplace_back(profile.main ? "P" : "S");
  parameters.push_back(profile.main ? Parameter(profile.user) : Parameter(std::nullopt));
  session.Notes().NoteTexts(profile.user);
  return session.ExecuteWith(kInsert, parameters).last_id;
}

void ProfileStore::Update(Session& session, const Profile& profile, Time now) {
  std::vector<Parameter> parameters = Values(profile, now);
  parameters.emplace_back(profile.id);
  session.Notes().NoteTexts(profile.user);
  session.ExecuteWith(kUpdate, parameters);
}

void ProfileStore::SetFields(Session& session, uint64_t profile,
                             const std::vector<std::pair<std::string, std::string>>& fields) {
  for (const auto& [name, value] : fields) {
    if (value.empty()) {
      session.Execute(kRemoveField, profile, name);
    } else {
      session.Execute(kSetField, profile, name, value);
    }
  }
}

}  // namespace rosterd::db::cscart
