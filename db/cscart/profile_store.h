#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/connection.h"
#include "db/ids.h"

namespace rosterd::db::cscart {

/// A column of an address profile: its name, which is the API's word too, and its width in
/// characters.
struct ProfileColumn {
  std::string_view name;
  size_t width;
};

/// Billing (b_) and shipping (s_) columns; the first kBillingColumns of them are billing, and the
/// shipping column of each stands kBillingColumns behind it. Contract: section 20.
inline constexpr size_t kBillingColumns = 10;
inline constexpr std::array<ProfileColumn, 21> kProfileColumns = {{
    {"b_firstname", 128},    {"b_lastname", 128},  {"b_address", 255},   {"b_address_2", 255},
    {"b_city", 64},          {"b_county", 32},     {"b_state", 32},      {"b_country", 2},
    {"b_zipcode", 16},       {"b_phone", 128},     {"s_firstname", 128}, {"s_lastname", 128},
    {"s_address", 255},      {"s_address_2", 255}, {"s_city", 64},       {"s_county", 32},
    {"s_state", 32},         {"s_country", 2},     {"s_zipcode", 16},    {"s_phone", 128},
    {"s_address_type", 255},
}};

/// One address profile of a person.
struct Profile {
  uint64_t id = 0;
  UserId user;
  bool main = true;  ///< type P; else a secondary one, S
  std::string name = "Main";
  std::array<std::string, kProfileColumns.size()> values;  ///< in the order of kProfileColumns
  std::vector<std::pair<std::string, std::string>>
      fields;  ///< custom fields by name; see LoadFields
  Time updated_at;

  /// The value of a column by its name; empty for a name that is none.
  std::string_view Value(std::string_view column) const;
};

/// SQL of tables `cscart_profiles` and `cscart_profile_fields`.
class ProfileStore {
 public:
  /// The main profile, without its custom fields.
  static std::optional<Profile> Main(Session& session, UserId user);
  /// A profile of this person by its id, without its custom fields; nothing when it is another's.
  static std::optional<Profile> Find(Session& session, UserId user, uint64_t id);
  /// All profiles with their custom fields, the main one first, then by id; at most 1000.
  static std::vector<Profile> OfUser(Session& session, UserId user);

  /// Inserts all but the custom fields; its id.
  static uint64_t Insert(Session& session, const Profile& profile, Time now);
  /// Overwrites name, values and updated_at of the profile.
  static void Update(Session& session, const Profile& profile, Time now);
  /// Sets custom fields; an empty value removes one, those not named stay.
  static void SetFields(Session& session, uint64_t profile,
                        const std::vector<std::pair<std::string, std::string>>& fields);
};

}  // namespace rosterd::db::cscart
