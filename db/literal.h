#pragma once

#include <cstddef>
#include <string_view>

namespace rosterd::db {

/// A piece of SQL that is a constant of ours.
struct Literal {
  constexpr Literal() = default;
  template <size_t size>
  consteval Literal(  // NOLINT(google-explicit-constructor): a table of constants reads best so
      const char (&literal)[size])  // NOLINT(modernize-avoid-c-arrays): literals alone
      : text(literal, size - 1) {}
  std::string_view text;
};

}  // namespace rosterd::db
