#include "handlers/bedita/route_table.h"

#include <utility>

namespace rosterd::bedita {

void RouteTable::Add(std::string_view method, std::string_view pattern, Access access,
                     BodyRule body, Endpoint endpoint) {
  const auto [place, is_new] =
      places_.try_emplace(pattern, Place{"/" + std::string(pattern), access});
  if (!is_new && access == Access::kWrite) place->second.access = access;
  router_.Add(method, pattern, Route{access, body, std::move(endpoint)});
}

std::vector<fcgi::RouteLine> RouteTable::Lines() const {
  std::vector<fcgi::RouteLine> lines = router_.Lines();
  for (fcgi::RouteLine& line : lines) line.pattern = Label(line.pattern);
  return lines;
}

std::string AllowValue(const std::vector<std::string_view>& methods) {
  std::string allow;
  for (const std::string_view method : methods) {
    if (!allow.empty()) allow += ", ";
    allow += method;
    if (method == "GET") allow += ", HEAD";
  }
  return allow;
}

}  // namespace rosterd::bedita
