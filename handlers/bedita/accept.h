#pragma once

#include <string>
#include <string_view>

namespace rosterd::bedita {

inline constexpr std::string_view kJsonApiType = "application/vnd.api+json";
inline constexpr std::string_view kJsonType = "application/json";

/// What an Accept header means. Contract: section 2.2.
struct Accepted {
  enum class Verdict {
    kFine,
    kWithParameters,  ///< 415
    kRefused,         ///< 406
  };
  Verdict verdict = Verdict::kFine;
  std::string_view type = kJsonApiType;  ///< of the answer; of the refusal too
};

/// `accept` is empty when there is no header.
Accepted ReadAccept(std::string_view accept);

/// The same for GET /status, which refuses nothing.
std::string_view StatusType(std::string_view accept);

}  // namespace rosterd::bedita
