#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "db/bedita/attributes.h"
#include "db/bedita/record_store.h"
#include "handlers/bedita/call.h"
#include "handlers/bedita/document.h"

namespace rosterd::bedita {

/// Which attributes of a type a document shows.
struct View {
  const db::bedita::Resource& resource;
  db::bedita::Choice choice;
  /// What `fields` asked for, in its order; with it each attribute stands in one place alone.
  std::optional<std::vector<size_t>> asked = {};
};

/// The view of a type that `fields` asks for, out of what the caller may see. Contract: section
/// 12.3.
View ChooseView(const Call& call, const db::bedita::Resource& resource,
                const db::bedita::Choice& visible);

/// Which relationships `include` asks for. Contract: section 12.4.
struct Includes {
  bool roles = false;
  bool users = false;
};
Result<Includes, Problem> ReadIncludes(const Call& call, const db::bedita::Resource& resource);

/// How one record stands in its document.
struct Framing {
  std::string self = {};                             ///< path of `links.self`; empty = no links
  bool related = true;                               ///< with `relationships`
  std::optional<std::vector<uint64_t>> linked = {};  ///< `data` of its relationship
  bool bare = false;                                 ///< an identifier: neither attributes nor meta
};

/// Writes one user or role. Contract: sections 3, 8 and 10.
void WriteRecord(const Call& call, JsonWriter& json, const View& view,
                 const db::bedita::Record& record, const Framing& framing);

}  // namespace rosterd::bedita
