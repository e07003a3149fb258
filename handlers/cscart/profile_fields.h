#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "db/cscart/profile_store.h"
#include "handlers/cscart/field_reader.h"

namespace rosterd::cscart {

/// The profile data of a POST or PUT; what is not set was not sent. Contract: sections 12 and 13.
struct ProfileFields {
  std::array<std::optional<std::string>, db::cscart::kProfileColumns.size()> values;
  std::optional<std::string> name;
  std::optional<uint64_t> profile_id;  ///< 0 asks for one more, secondary profile
  std::vector<std::pair<std::string, std::string>> fields;  ///< an empty value removes one

  /// True when the request carried any of it.
  bool sent = false;
  /// True when it carried any shipping column.
  bool HasShipping() const;
  /// The value sent for a column, empty when none was.
  std::string Sent(std::string_view column) const;
};

/// Reads and checks it; problems stay in `reader`.
ProfileFields ReadProfileFields(FieldReader& reader);

/// Writes the columns and the name that were sent into `profile`; its custom fields are not
/// touched.
void Apply(const ProfileFields& fields, db::cscart::Profile& profile);

/// The main profile of a new account: shipping is a copy of billing when none of it was sent.
db::cscart::Profile NewMainProfile(const ProfileFields& fields, UserId user);

}  // namespace rosterd::cscart
