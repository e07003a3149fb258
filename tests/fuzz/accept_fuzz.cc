#include <algorithm>

#include "fcgi/ascii.h"
#include "fcgi/media_type.h"
#include "tests/fuzz/fuzz.h"

namespace rosterd::fuzz {
namespace {

void CheckAccept(std::string_view text) {
  const auto ranges = fcgi::ParseAccept(text);
  int best = 1000;
  std::string again;
  for (const auto& range : ranges) {
    Require(range.q >= 0 && range.q <= best);
    best = range.q;
    Require(std::count(range.type.begin(), range.type.end(), '/') == 1);
    Require(fcgi::AsciiLower(range.type) == range.type);
    Require(fcgi::Covers(range.type, range.type) && fcgi::Covers("*/*", range.type));
    const std::string thousandths = std::to_string(1000 + range.q).substr(1);
    again += range.type + ";q=" + (range.q == 1000 ? "1" : "0." + thousandths) + ',';
  }
  const auto same = fcgi::ParseAccept(again);
  Require(std::equal(ranges.begin(), ranges.end(), same.begin(), same.end(),
                     [](const auto& a, const auto& b) { return a.type == b.type && a.q == b.q; }));
}

void CheckMediaType(std::string_view text) {
  const std::string type = fcgi::MediaType(text);
  Require(type.find(';') == std::string::npos);
  Require(fcgi::MediaType(type) == type);
}

}  // namespace
}  // namespace rosterd::fuzz

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto text = rosterd::fuzz::AsText(data, size);
  rosterd::fuzz::CheckAccept(text);
  rosterd::fuzz::CheckMediaType(text);
  return 0;
}
