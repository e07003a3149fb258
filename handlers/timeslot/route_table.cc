#include "handlers/timeslot/route_table.h"

#include <algorithm>

#include "fcgi/path.h"

namespace rosterd::timeslot {
namespace {

constexpr std::string_view kSuffix = ".json";

std::string_view WithoutMount(std::string_view path, std::string_view prefix) {
  while (!prefix.empty() && prefix.back() == '/') prefix.remove_suffix(1);
  if (prefix.empty() || !path.starts_with(prefix)) return path;
  const std::string_view rest = path.substr(prefix.size());
  return rest.empty() || rest.front() == '/' ? rest : path;
}

bool IsDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::optional<RouteTable::Match> RouteTable::Find(std::string_view method,
                                                  const std::vector<std::string>& segments) const {
  auto match = router_.Find(method == "HEAD" ? "GET" : method, segments);
  if (!match || match->handler == nullptr) return std::nullopt;
  const bool names_id = match->pattern.find("{id}") != std::string_view::npos;
  if (names_id && !IsDigits(match->params.Get("id"))) return std::nullopt;
  return match;
}

std::optional<std::vector<std::string>> SegmentsOf(const fcgi::Request& request) {
  auto path = fcgi::SplitPath(WithoutMount(request.raw_path, request.prefix));
  if (!path || path->segments.empty()) return std::nullopt;
  std::string& last = path->segments.back();
  if (last.ends_with(kSuffix)) last.resize(last.size() - kSuffix.size());
  return std::move(path->segments);
}

}  // namespace rosterd::timeslot
