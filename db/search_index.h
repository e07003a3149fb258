#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.h"

namespace rosterd::db {

/// What a list searches for, as far as the index can help.
class SearchTerms {
 public:
  enum class In {
    kColumns,  ///< a text stands in one column
    kJoined,   ///< or goes across columns that are joined by spaces
  };
  explicit SearchTerms(In in = In::kColumns) : in_(in) {}

  /// The person's texts hold this one, wherever.
  void Require(std::string_view text);
  /// The person's texts hold at least one of those that are given to this.
  void RequireAnyOf(const std::vector<std::string>& texts);

  bool Empty() const { return all_.empty() && any_.empty(); }
  bool AcrossColumns() const { return in_ == In::kJoined; }
  /// Texts joined by kTextEnd; a person found has all of one line.
  std::vector<std::string> Lines() const;

 private:
  In in_;
  std::string all_;
  std::vector<std::string> any_;
};

/// Finds who may be meant by a substring search.
class SearchIndex {
 public:
  /// The ids, in ascending order, of at most kMostFound persons, among whom all are whose texts
  /// hold the terms at this moment; who is among them must be looked at. Nothing when the index
  /// cannot tell, and everybody must be looked at: it is not ready, much waits to be indexed, the
  /// terms are too short or meet too many.
  static std::optional<std::vector<uint64_t>> Find(Session& session, const SearchTerms& terms);
  static constexpr size_t kMostFound = 10'000;
};

}  // namespace rosterd::db
