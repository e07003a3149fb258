#include "db/cscart/company_order.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "db/cscart/tallies.h"

namespace rosterd::db::cscart {
namespace {

/// Persons whose companies are called alike, as the collation compares names.
struct NameGroup {
  std::vector<uint64_t> companies;
  uint64_t persons = 0;
};

constexpr size_t kMostAlike = 16;  // companies of one name, or persons' that are not there

constexpr std::string_view kGroups =
    "SELECT DENSE_RANK() OVER (ORDER BY c.name), g.company, g.persons"
    " FROM (SELECT CAST(SUBSTRING_INDEX(cell, '|', 1) AS UNSIGNED) AS company,"
    " SUM(amount) AS persons FROM tallies WHERE tally = ? GROUP BY company) g"
    " LEFT JOIN cscart_companies c ON c.id = g.company WHERE g.persons > 0";

/// All groups in the order of their names, which NULL precedes.
std::vector<NameGroup> Groups(Session& session) {
  std::vector<NameGroup> groups;
  Rows rows = session.Query(kGroups, kCompanyTally.name);
  while (rows.Next()) {
    const uint64_t rank = rows.Number(0);
    if (groups.size() < rank) groups.resize(rank);
    groups[rank - 1].companies.push_back(rows.Number(1));
    groups[rank - 1].persons += rows.Number(2);
  }
  return groups;
}

/// "(SELECT u.id … UNION ALL …)": the first or the last `most` of each company of a group, of those
/// who are root and of the others, each over an index in the order of ids.
StatementBuilder SomeOfEach(const NameGroup& group, uint64_t most, Literal direction) {
  constexpr std::array<int, 2> kIsRoot = {0, 1};
  StatementBuilder parts;
  for (const uint64_t company : group.companies) {
    for (const int root : kIsRoot) {
      parts.Add(parts.Empty() ? Literal("(") : Literal(" UNION ALL "));
      parts.Add("(SELECT u.id FROM users u FORCE INDEX (cscart_by_root) WHERE u.cscart_is_root = ");
      parts.Value(root).Add(" AND u.cscart_company_id = ").Value(company);
      parts.Add(" AND u.deleted_at IS NULL ORDER BY u.id").Add(direction);
      parts.Add(" LIMIT ").Value(most).Add(")");
    }
  }
  return parts.Add(")");
}

/// The ids of the persons [offset, offset + limit) of a group, who are all there; from its nearer
/// end.
void AppendPart(Session& session, const NameGroup& group, uint64_t limit, uint64_t offset,
                std::vector<uint64_t>& ids) {
  const uint64_t behind = group.persons - offset - limit;
  const bool backward = behind < offset;
  const uint64_t skip = backward ? behind : offset;
  const Literal direction = backward ? Literal(" DESC") : Literal();
  StatementBuilder part;
  part.Add("SELECT x.id FROM ").Append(SomeOfEach(group, skip + limit, direction));
  part.Add(" x ORDER BY x.id").Add(direction);
  part.Add(" LIMIT ").Value(limit).Add(" OFFSET ").Value(skip);
  const auto first = static_cast<std::ptrdiff_t>(ids.size());
  Rows rows = part.Query(session);
  while (rows.Next()) ids.push_back(rows.Number(0));
  if (backward) std::reverse(ids.begin() + first, ids.end());
}

}  // namespace

std::optional<std::vector<uint64_t>> PageByCompany(Session& session, bool descending,
                                                   uint64_t limit, uint64_t offset) {
  if (!Tallies::AreKept(session)) return std::nullopt;
  std::vector<NameGroup> groups = Groups(session);
  if (descending) std::ranges::reverse(groups);
  std::vector<uint64_t> ids;
  for (const NameGroup& group : groups) {
    if (ids.size() == limit) break;
    if (offset >= group.persons) {
      offset -= group.persons;
      continue;
    }
    if (group.companies.size() > kMostAlike) return std::nullopt;
    const uint64_t wanted = std::min(limit - ids.size(), group.persons - offset);
    AppendPart(session, group, wanted, offset, ids);
    offset = 0;
  }
  return ids;
}

}  // namespace rosterd::db::cscart
