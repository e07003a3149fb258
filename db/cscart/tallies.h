#pragma once

#include <array>

#include "db/tally.h"

namespace rosterd::db::cscart {

inline constexpr TallyColumn kUserType{"cscart_user_type", "C"};
inline constexpr TallyColumn kCompanyId{"cscart_company_id", "0"};

inline constexpr std::array<TallyColumn, 2> kByStandingAndType = {kStanding, kUserType};
/// Accounts by standing and type.
inline constexpr Tally kAccountTally{"cscart.accounts", Tally::Of::kLiving, kByStandingAndType};

inline constexpr std::array<TallyColumn, 3> kByCompany = {kCompanyId, kStanding, kUserType};
/// The same of each company.
inline constexpr Tally kCompanyTally{"cscart.companies", Tally::Of::kLiving, kByCompany};

inline constexpr std::array<Tally, 2> kTallies = {kAccountTally, kCompanyTally};

}  // namespace rosterd::db::cscart
