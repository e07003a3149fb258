#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/bedita/attributes.h"
#include "db/bedita/list_filter.h"
#include "db/connection.h"
#include "db/ids.h"

namespace rosterd::db::bedita {

/// A user or a role: its values by the positions of its attributes, as the store has them.
struct Record {
  uint64_t id = 0;
  std::vector<std::optional<std::string>> values;

  /// The text of a value; empty when it is null or was not asked for.
  std::string_view Text(size_t attribute) const;
  bool Flag(size_t attribute) const { return Text(attribute) == "1"; }
};

/// A part of a list, and how many records the whole list holds, at the moment of the part; not
/// counted when the part lies behind the end.
struct RecordPage {
  std::vector<Record> records;
  uint64_t total = 0;
};

/// What a path calls a resource by: an id, or the unique name of a user or a role.
struct Ident {
  std::optional<uint64_t> id;
  std::string name;
};

/// Reads users and roles. Each function is one statement, whatever the number of records; Page
/// needs another one where only counting can tell how many there are, and some for a search; Find
/// and Page for names that have neither a letter nor a digit.
class RecordStore {
 public:
  /// The one that is called so among those that a list without filters would show.
  static std::optional<Record> Find(Session& session, const Resource& resource, const Ident& ident,
                                    const ListFilter& filter, const Choice& choice);

  /// `limit` records of the ordered list, behind the first `offset`.
  static RecordPage Page(Session& session, const Resource& resource, const ListFilter& filter,
                         const ListOrder& order, const Choice& choice, uint64_t limit,
                         uint64_t offset);

  /// Of users their roles, of roles their living users in sight of `level`: pairs of the owner's id
  /// and the record, by owner and id. At most kMostLinked.
  using Linked = std::vector<std::pair<uint64_t, Record>>;
  static Linked RolesOf(Session& session, const std::vector<uint64_t>& users, const Choice& choice);
  static Linked UsersOf(Session& session, const std::vector<uint64_t>& roles, const Choice& choice,
                        Level level);
  static constexpr uint64_t kMostLinked = 10'000;
};

}  // namespace rosterd::db::bedita
