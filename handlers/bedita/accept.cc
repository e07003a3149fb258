#include "handlers/bedita/accept.h"

#include <algorithm>

#include "fcgi/ascii.h"
#include "fcgi/media_type.h"

namespace rosterd::bedita {
namespace {

bool IsWildcard(const fcgi::AcceptRange& range) {
  return range.type == "*/*" || range.type == "application/*";
}

}  // namespace

Accepted ReadAccept(std::string_view accept) {
  using Verdict = Accepted::Verdict;
  const std::string header(fcgi::Trimmed(accept));
  if (header.empty() || header == kJsonApiType) return {};
  if (header.find(kJsonApiType) != std::string::npos) return {Verdict::kWithParameters};
  if (header.find(kJsonType) != std::string::npos) return {Verdict::kFine, kJsonType};
  const auto ranges = fcgi::ParseAccept(header);
  if (!ranges.empty() && std::ranges::all_of(ranges, IsWildcard)) return {};
  return {Verdict::kRefused};
}

std::string_view StatusType(std::string_view accept) {
  return fcgi::Trimmed(accept) == kJsonApiType ? kJsonApiType : kJsonType;
}

}  // namespace rosterd::bedita
