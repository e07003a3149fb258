#include "fcgi/json.h"
#include "fcgi/path.h"
#include "tests/fuzz/fuzz.h"

namespace rosterd::fuzz {
namespace {

void Check(std::string_view raw) {
  const auto path = fcgi::SplitPath(raw);
  if (!path) return;
  std::string again;
  for (const auto& segment : path->segments) {
    Require(!segment.empty() && segment != "." && segment != "..");
    Require(segment.find('\0') == std::string::npos && fcgi::IsUtf8(segment));
    again += '/' + Percent(segment);
  }
  if (path->trailing_slash) again += '/';
  const auto same = fcgi::SplitPath(again);
  Require(same && same->segments == path->segments && same->trailing_slash == path->trailing_slash);
}

}  // namespace
}  // namespace rosterd::fuzz

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  rosterd::fuzz::Check(rosterd::fuzz::AsText(data, size));
  return 0;
}
