#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "db/connection.h"
#include "db/time.h"

namespace rosterd::db::cscart {

/// A store (Ultimate) or a vendor (Multi-Vendor): what `company_id` of a person names.
struct Company {
  uint64_t id = 0;
  std::string name;
  std::string status = "A";  ///< A active, D disabled, P pending, N new
  std::string email;
  Time created_at;
};

/// SQL of table `cscart_companies`.
class CompanyStore {
 public:
  /// Inserts a company, under its id when that is not 0; gives the id.
  static uint64_t Add(Session& session, const Company& company);
  static std::optional<Company> Find(Session& session, uint64_t id);
  /// At most `limit` companies with an id above `after`, by id.
  static std::vector<Company> List(Session& session, uint64_t after, int limit);
};

}  // namespace rosterd::db::cscart
