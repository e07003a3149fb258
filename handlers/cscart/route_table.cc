#include "handlers/cscart/route_table.h"

#include <algorithm>
#include <utility>

#include "db/ids.h"

namespace rosterd::cscart {
namespace {

bool IsBehindCompanies(std::string_view pattern) {
  return pattern.substr(0, pattern.find('/')) == "users";
}

}  // namespace

void RouteTable::Add(std::string_view method, std::string_view pattern, Handler handler) {
  const std::string path = "/" + std::string(pattern);
  labels_.try_emplace(pattern, Labels{path, "/stores/{cid}" + path, "/vendors/{cid}" + path});
  router_.Add(method, pattern, std::move(handler));
}

bool RouteTable::KnowsEntity(std::string_view entity) const {
  return std::any_of(labels_.begin(), labels_.end(), [&](const auto& line) {
    return line.first.substr(0, line.first.find('/')) == entity;
  });
}

std::string_view RouteTable::Label(std::string_view pattern, Mount mount) const {
  const Labels& labels = labels_.at(pattern);
  if (mount == Mount::kStores) return labels.in_store;
  return mount == Mount::kVendors ? labels.at_vendor : labels.plain;
}

std::vector<fcgi::RouteLine> RouteTable::Lines() const {
  std::vector<fcgi::RouteLine> lines;
  for (const auto& [method, pattern] : router_.Lines()) {
    lines.push_back({method, Label(pattern, Mount::kPlain)});
    if (!IsBehindCompanies(pattern)) continue;
    lines.push_back({method, Label(pattern, Mount::kStores)});
    lines.push_back({method, Label(pattern, Mount::kVendors)});
  }
  return lines;
}

std::string_view EntityOf(std::string_view pattern) {
  if (pattern.starts_with("users/{id}/usergroups")) return "usergroups";
  return pattern.substr(0, pattern.find('/'));
}

std::string AllowValue(const std::vector<std::string_view>& methods) {
  std::string allow;
  for (const std::string_view method : methods) {
    if (!allow.empty()) allow += ", ";
    allow += method;
    if (method == "GET") allow += ", HEAD";
  }
  return allow;
}

bool HasValidIds(std::string_view pattern, const std::vector<std::string>& segments) {
  const bool zero_is_an_id = pattern == "usergroups/{id}";
  std::string_view rest = pattern;
  for (const std::string& segment : segments) {
    const bool stands_for_id = rest.starts_with('{');
    rest.remove_prefix(std::min(rest.size(), rest.substr(0, rest.find('/')).size() + 1));
    if (!stands_for_id) continue;
    const auto id = ParseId(segment);
    if (!id || (*id == 0 && !zero_is_an_id)) return false;
  }
  return true;
}

}  // namespace rosterd::cscart
