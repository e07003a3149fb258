#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>

#include "fcgi/router.h"

namespace rosterd::fcgi {
namespace router_detail {

/// "/users/{id}" as "users", "{id}". The slash in front may be missing.
std::vector<std::string_view> SplitPattern(std::string_view pattern);

/// How well a pattern fits a path: the higher the better, so that literal segments win over names
/// and those further left count more. Two patterns that fit one path equally well have the same
/// shape. Nothing when it does not fit.
std::optional<uint64_t> Fit(const std::vector<std::string_view>& pattern,
                            const std::vector<std::string>& path);

/// The values of the pattern's names in a path that it fits.
PathParams ParamsOf(const std::vector<std::string_view>& pattern,
                    const std::vector<std::string>& path);

}  // namespace router_detail

template <typename Handler>
void Router<Handler>::Add(std::string_view method, std::string_view pattern, Handler handler) {
  auto place = std::find_if(places_.begin(), places_.end(),
                            [&](const Place& known) { return known.pattern == pattern; });
  if (place == places_.end()) {
    places_.push_back({pattern, router_detail::SplitPattern(pattern), {}});
    place = std::prev(places_.end());
  }
  place->lines.push_back({method, std::move(handler)});
}

template <typename Handler>
std::optional<typename Router<Handler>::Match> Router<Handler>::Find(
    std::string_view method, const std::vector<std::string>& segments) const {
  std::optional<Match> match;
  uint64_t best = 0;
  for (const Place& place : places_) {
    const auto fit = router_detail::Fit(place.segments, segments);
    if (!fit || (match && *fit < best)) continue;
    if (!match || *fit > best) {
      match.emplace();
      match->pattern = place.pattern;
      best = *fit;
    }
    Look(place, method, segments, *match);
  }
  return match;
}

template <typename Handler>
std::vector<RouteLine> Router<Handler>::Lines() const {
  std::vector<RouteLine> lines;
  for (const Place& place : places_) {
    for (const Line& line : place.lines) lines.push_back({line.method, place.pattern});
  }
  return lines;
}

template <typename Handler>
void Router<Handler>::Look(const Place& place, std::string_view method,
                           const std::vector<std::string>& segments, Match& match) {
  for (const Line& line : place.lines) {
    if (std::find(match.allowed.begin(), match.allowed.end(), line.method) == match.allowed.end()) {
      match.allowed.push_back(line.method);
    }
    if (match.handler != nullptr || line.method != method) continue;
    match.handler = &line.handler;
    match.pattern = place.pattern;
    match.params = router_detail::ParamsOf(place.segments, segments);
  }
}

}  // namespace rosterd::fcgi
