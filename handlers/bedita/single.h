#pragma once

#include <string>
#include <utility>
#include <vector>

#include "db/bedita/attributes.h"
#include "db/bedita/record_store.h"
#include "handlers/bedita/call.h"
#include "handlers/dialect.h"

namespace rosterd::bedita {

/// A document of one user or role.
struct Single {
  const db::bedita::Resource& resource;
  db::bedita::Ident ident = {};
  bool trash = false;       ///< a user in the trash: without relationships
  bool any_status = false;  ///< whatever `status_level` hides
  bool included = false;    ///< with its relationship, whatever `include` says
  int status = 200;
  std::string location = {};
  std::vector<std::pair<std::string, std::string>> meta = {};  ///< more texts for `meta`
};

/// The document, read from the store with at most two statements. 404 when it is not there, 400 for
/// a bad `include`. Contract: sections 3.1, 9.3, 10.2 and 14.2.
Answer ShowSingle(const Services& services, const Call& call, const Single& single);

}  // namespace rosterd::bedita
