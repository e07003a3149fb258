#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fcgi/value.h"

namespace rosterd::bedita {

/// The query string of a request: as a tree of PHP-style names, and as the links repeat it.
class Query {
 public:
  Query() = default;
  /// Reads it. Nothing for invalid UTF-8, and for more names or brackets than anybody needs.
  static std::optional<Query> Parse(std::string_view raw);

  /// A parameter ("filter" of "filter[name]=x"); null when it is not there.
  const fcgi::Value* Find(std::string_view name) const { return tree_.Find(name); }
  bool Has(std::string_view name) const { return Find(name) != nullptr; }
  /// The text of a parameter; nothing when it is absent, or a list or map.
  std::optional<std::string> Text(std::string_view name) const;

  /// "?filter%5Bname%5D=x&page=2", or nothing: the query as it came, percent-encoded.
  std::string Encoded() const;
  /// The same for another page: `page` stands where it stood, or at the end; 1 is left out.
  std::string WithPage(uint64_t page) const;

 private:
  fcgi::Value tree_ = fcgi::Value::OfObject({});
  std::vector<std::pair<std::string, std::string>> pairs_;  // decoded, in their order
};

}  // namespace rosterd::bedita
