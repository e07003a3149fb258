#pragma once

#include "handlers/bedita/route_table.h"
#include "handlers/dialect.h"

namespace rosterd::bedita {

/// The paths of users, roles, their relationships and the trash: contract sections 9 to 12 and 14.
void AddResourceRoutes(RouteTable& routes, const Services& services);

}  // namespace rosterd::bedita
