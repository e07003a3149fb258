#include "handlers/cocoaheads/address.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "fcgi/path.h"

namespace rosterd::cocoaheads {
namespace {

constexpr std::string_view kFacade = "/method";

/// What a mount puts in front of the paths: without the facade's own prefix, which is part of the
/// API.
std::string_view MountOf(std::string_view prefix) {
  while (prefix.ends_with('/')) prefix.remove_suffix(1);
  if (prefix.ends_with(kFacade)) prefix.remove_suffix(kFacade.size());
  return prefix;
}

std::string_view WithoutMount(std::string_view path, std::string_view prefix) {
  if (!path.starts_with(prefix)) return path;
  const std::string_view rest = path.substr(prefix.size());
  return rest.empty() || rest.front() == '/' ? rest : path;
}

void DropFirst(std::vector<std::string>& segments, std::string_view name) {
  if (!segments.empty() && segments.front() == name) segments.erase(segments.begin());
}

}  // namespace

std::optional<Address> ParseAddress(const fcgi::Request& request) {
  auto path = fcgi::SplitPath(WithoutMount(request.raw_path, MountOf(request.prefix)));
  if (!path) return std::nullopt;
  Address address;
  address.segments = std::move(path->segments);
  address.facade = !address.segments.empty() && address.segments.front() == "method";
  if (address.facade) return address;
  DropFirst(address.segments, "api");
  if (!address.segments.empty() && address.segments[0] == "user") address.segments[0] = "users";
  const bool notification = address.segments.size() > 1 && address.segments[0] == "users" &&
                            address.segments[1] == "notification";
  if (notification) address.segments[1] = "clients";
  return address;
}

bool IsId(std::string_view segment) {
  constexpr size_t kMostDigits = 19;
  if (segment.empty() || segment.size() > kMostDigits || segment.front() == '0') return false;
  return std::ranges::all_of(segment, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace rosterd::cocoaheads
