#include "handlers/cscart/accept.h"

#include <algorithm>
#include <array>
#include <vector>

#include "fcgi/media_type.h"
#include "handlers/cscart/body.h"

namespace rosterd::cscart {
namespace {

struct Offer {
  std::string_view asked;
  std::string_view given;
};

// In the order in which a wildcard finds them.
constexpr std::array<Offer, 3> kOffers = {{
    {"application/json", "application/json"},
    {"application/javascript", "application/json"},
    {"text/plain", "text/plain"},
}};

bool IsRefused(const std::vector<fcgi::AcceptRange>& ranges, std::string_view type) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const fcgi::AcceptRange& range) {
    return range.q == 0 && range.type == type;
  });
}

}  // namespace

std::optional<std::string_view> NegotiateType(std::string_view accept) {
  if (Trim(accept).empty()) return kOffers.front().given;
  const auto ranges = fcgi::ParseAccept(accept);
  for (const fcgi::AcceptRange& range : ranges) {
    if (range.q == 0) continue;
    for (const Offer& offer : kOffers) {
      if (fcgi::Covers(range.type, offer.asked) && !IsRefused(ranges, offer.asked)) {
        return offer.given;
      }
    }
  }
  return std::nullopt;
}

}  // namespace rosterd::cscart
