#pragma once

#include <string_view>
#include <utility>

#include "handlers/cscart/call.h"
#include "handlers/dialect.h"

namespace rosterd::cscart {

/// GET /stores and GET /vendors — the companies that the caller may enter, by name. `key` is the
/// member that holds them. Contract: section 17.
class ListStores {
 public:
  ListStores(Services services, std::string_view key) : services_(std::move(services)), key_(key) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
  std::string_view key_;
};

/// GET /stores/:id and GET /vendors/:id — one company; 404 when it is not there or another's.
class GetStore {
 public:
  explicit GetStore(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

}  // namespace rosterd::cscart
