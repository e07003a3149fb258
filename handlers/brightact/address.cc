#include "handlers/brightact/address.h"

#include <algorithm>
#include <utility>

#include "db/ids.h"
#include "fcgi/path.h"

namespace rosterd::brightact {
namespace {

constexpr size_t kMostDigits = 19;

std::string_view WithoutMount(std::string_view path, std::string_view prefix) {
  while (!prefix.empty() && prefix.back() == '/') prefix.remove_suffix(1);
  if (prefix.empty() || !path.starts_with(prefix)) return path;
  const std::string_view rest = path.substr(prefix.size());
  return rest.empty() || rest.front() == '/' ? rest : path;
}

bool TakeSuffix(std::string& segment, std::string_view suffix) {
  if (!segment.ends_with(suffix)) return false;
  segment.resize(segment.size() - suffix.size());
  return true;
}

}  // namespace

std::optional<Address> ParseAddress(const fcgi::Request& request) {
  auto path = fcgi::SplitPath(WithoutMount(request.raw_path, request.prefix));
  if (!path || path->segments.empty()) return std::nullopt;
  Address address{std::move(path->segments), false};
  std::string& last = address.segments.back();
  if (!TakeSuffix(last, ".json")) address.xml = TakeSuffix(last, ".xml");
  return address;
}

std::optional<PathId> ParsePathId(std::string_view text, bool allow_my) {
  if (allow_my && text == "my") return PathId{true, 0};
  const bool digits =
      std::ranges::all_of(text, [](char byte) { return byte >= '0' && byte <= '9'; });
  if (text.empty() || text.size() > kMostDigits || !digits) return std::nullopt;
  return PathId{false, ParseId(text).value_or(0)};
}

}  // namespace rosterd::brightact
