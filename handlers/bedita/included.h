#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "db/bedita/record_store.h"
#include "db/connection.h"
#include "handlers/bedita/call.h"
#include "handlers/bedita/document.h"
#include "handlers/bedita/record_view.h"

namespace rosterd::bedita {

/// The resources on the other side of the one relationship of a type, for `include`.
class Included {
 public:
  /// Of records of `owner`; nothing is read when `wanted` is off.
  Included(const Call& call, const db::bedita::Resource& owner, bool wanted);

  /// One statement, whatever the number of owners.
  void Read(db::Session& session, const std::vector<db::bedita::Record>& owners);

  /// `relationships.<name>.data` of one owner; nothing when nothing is included.
  std::optional<std::vector<uint64_t>> Of(uint64_t owner) const;

  /// Adds each resource once to `included`.
  void WriteInto(Document& document) const;

 private:
  const Call& call_;
  bool of_users_;
  bool wanted_;
  View view_;
  std::map<uint64_t, std::vector<uint64_t>> ids_;
  std::map<uint64_t, db::bedita::Record> records_;
};

}  // namespace rosterd::bedita
