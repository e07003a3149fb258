#include "fcgi/router.h"

#include "fcgi/ascii.h"

namespace rosterd::fcgi {
namespace {

bool IsName(std::string_view segment) { return segment.starts_with('{') && segment.ends_with('}'); }

}  // namespace

std::string_view PathParams::Get(std::string_view name) const {
  for (const auto& [known, value] : values_) {
    if (known == name) return value;
  }
  return {};
}

namespace router_detail {

std::vector<std::string_view> SplitPattern(std::string_view pattern) {
  if (pattern.starts_with('/')) pattern.remove_prefix(1);
  std::vector<std::string_view> segments;
  while (!pattern.empty()) segments.push_back(CutUntil(pattern, '/'));
  return segments;
}

std::optional<uint64_t> Fit(const std::vector<std::string_view>& pattern,
                            const std::vector<std::string>& path) {
  if (pattern.size() != path.size()) return std::nullopt;
  uint64_t fit = 0;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const bool is_name = IsName(pattern[i]);
    if (!is_name && pattern[i] != path[i]) return std::nullopt;
    fit = (fit << 1U) | (is_name ? 0U : 1U);
  }
  return fit;
}

PathParams ParamsOf(const std::vector<std::string_view>& pattern,
                    const std::vector<std::string>& path) {
  PathParams params;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (!IsName(pattern[i])) continue;
    params.Add(pattern[i].substr(1, pattern[i].size() - 2), path[i]);
  }
  return params;
}

}  // namespace router_detail
}  // namespace rosterd::fcgi
