#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "db/cscart/account_columns.h"
#include "db/person.h"
#include "handlers/cscart/field_reader.h"

namespace rosterd::cscart {

/// The account's own fields of a POST or PUT; what is not set was not sent. Contract: section 12.
struct AccountFields {
  std::optional<std::string> email;
  std::optional<std::string> user_type;
  std::optional<std::string> user_login;
  std::optional<std::string> firstname;
  std::optional<std::string> lastname;
  std::optional<std::string> company;
  std::optional<std::string> phone;
  std::optional<std::string> url;
  std::optional<std::string> fax;
  std::optional<std::string> lang_code;
  std::optional<std::string> tax_exempt;
  std::optional<std::string> referer;
  std::optional<uint64_t> company_id;
  std::optional<int64_t> birthday;
  std::optional<db::Status> status;
  std::optional<db::Time> created_at;
};

/// Reads and checks them, each for itself; problems stay in `reader`.
AccountFields ReadAccountFields(FieldReader& reader);

/// Writes what was sent into the person and its account; an empty login becomes "user_<id>".
void Apply(const AccountFields& fields, db::Person& person, db::cscart::AccountColumns& account);

/// The status behind a letter: A, D, H or P.
std::optional<db::Status> StatusFromLetter(std::string_view letter);

/// The kind of group that accounts of this type belong to: "A" for administrators and vendors, else
/// "C".
std::string_view GroupTypeOf(std::string_view user_type);

}  // namespace rosterd::cscart
