#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "db/literal.h"
#include "db/person.h"

namespace rosterd::db::bedita {

/// What a value is, on the wire and in the store.
enum class Kind {
  kText,
  kStatus,    ///< on, off, draft; a shared column with words of its own
  kDateTime,  ///< whole seconds are shown
  kDate,
  kBoolean,
  kNumber,
  kJson,  ///< an object or a list, kept as text
  kList,  ///< always empty: external_auth
};

/// Where a resource carries an attribute.
enum class Place { kAttributes, kMeta, kBoth };

/// One attribute of a resource: the one place that knows all about it. Contract: section 8.1, 8.2,
/// 10.
struct Attribute {
  std::string_view name;
  Kind kind = Kind::kText;
  Place place = Place::kAttributes;
  Literal shown;   ///< the expression that is shown and compared
  Literal sorted;  ///< what sorts alike over an index, or in whole seconds; empty = `shown`
  std::optional<DialectColumn> column;  ///< the dialect's own, when it has one that is written
  bool nullable = true;
  bool writable = false;
  bool common = false;    ///< also shown in the list of the trash
  bool searched = false;  ///< part of what `q` looks through
  bool listable = true;   ///< lists may be sorted and filtered by it
  bool one_line = false;  ///< holds neither line breaks nor tabs
  uint32_t most_characters = 0;
  uint32_t most_bytes = 0;
};

namespace user {

/// Positions in kUserAttributes, in the order in which a resource shows them.
enum Index : size_t {
  kStatus,
  kUname,
  kTitle,
  kDescription,
  kBody,
  kExtra,
  kLang,
  kName,
  kSurname,
  kEmail,
  kPersonTitle,
  kGender,
  kBirthdate,
  kDeathdate,
  kCompany,
  kCompanyName,
  kCompanyKind,
  kStreetAddress,
  kCity,
  kZipcode,
  kCountry,
  kStateName,
  kPhone,
  kWebsite,
  kNationalIdNumber,
  kVatNumber,
  kPublishStart,
  kPublishEnd,
  kUsername,
  kPseudonym,
  kUserPreferences,
  kLocked,
  kCreated,
  kModified,
  kPublished,
  kCreatedBy,
  kModifiedBy,
  kBlocked,
  kLastLogin,
  kLastLoginErr,
  kNumLoginErr,
  kVerified,
  kPasswordModified,
  kExternalAuth,
  kCount,
};

}  // namespace user

namespace role {

enum Index : size_t {
  kName,
  kDescription,
  kUnchangeable,
  kCreated,
  kModified,
  kPriority,
  kCount,
};

}  // namespace role

/// A choice of attributes by their positions.
using Choice = std::bitset<64>;

/// A type of resource with all its attributes, in the order in which they are shown.
struct Resource {
  std::string_view type;  ///< "users"
  std::span<const Attribute> attributes;

  /// The position of an attribute; nothing when there is none of this name (`password` is none).
  std::optional<size_t> Find(std::string_view name) const;
  Choice All() const;
  Choice Common() const;  ///< what the list of the trash shows
};

const Resource& Users();  ///< positions: user::Index
const Resource& Roles();  ///< positions: role::Index

}  // namespace rosterd::db::bedita
