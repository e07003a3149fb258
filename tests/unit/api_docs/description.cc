#include "tests/unit/api_docs/description.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>
#include <string_view>

namespace rosterd::testing {
namespace {

constexpr std::array<std::string_view, 8> kMethods = {"get",    "head",  "post",    "put",
                                                      "delete", "patch", "options", "trace"};
constexpr std::string_view kPathReference = "#/paths/";

void ReplaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

// "#/paths/~1users~1{id}" is paths["/users/{id}"].
YAML::Node Resolve(const YAML::Node& paths, const YAML::Node& item) {
  const YAML::Node reference = item["$ref"];
  if (!reference) return item;
  auto target = reference.as<std::string>();
  if (!target.starts_with(kPathReference)) throw std::runtime_error("no path: " + target);
  target.erase(0, kPathReference.size());
  ReplaceAll(target, "~1", "/");
  ReplaceAll(target, "~0", "~");
  const YAML::Node resolved = paths[target];
  if (!resolved) throw std::runtime_error("there is no path " + target);
  return resolved;
}

}  // namespace

std::set<std::string> DescribedOperations(const std::string& dialect) {
  const YAML::Node paths =
      YAML::LoadFile(std::string(ROSTERD_SOURCE_DIR) + "/docs/api/" + dialect + ".yaml")["paths"];
  std::set<std::string> operations;
  for (const auto& path : paths) {
    for (const auto& member : Resolve(paths, path.second)) {
      auto method = member.first.as<std::string>();
      if (std::ranges::find(kMethods, method) == kMethods.end()) continue;
      std::ranges::transform(method, method.begin(),
                             [](unsigned char c) { return std::toupper(c); });
      operations.insert(method + " " + path.first.as<std::string>());
    }
  }
  return operations;
}

}  // namespace rosterd::testing
