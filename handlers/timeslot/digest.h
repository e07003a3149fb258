#pragma once

#include <string>
#include <string_view>

namespace rosterd::timeslot {

/// 32 lower-case hex digits: entity tags are MD5 of the body. Contract: 2.3.
std::string HexMd5(std::string_view bytes);

/// 40 lower-case hex digits: upload signatures. Contract: 6.4.
std::string HexSha1(std::string_view bytes);

}  // namespace rosterd::timeslot
