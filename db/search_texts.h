#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "db/connection.h"
#include "db/search_grams.h"

namespace rosterd::db {

/// Texts that lists are searched for, of persons, in one table. All are constants of ours.
struct SearchTexts {
  std::string_view table;
  std::string_view person;     ///< column of the person's id
  std::string_view texts;      ///< columns, with commas between
  std::string_view phones;     ///< two expressions, whose digits are searched for by themselves
  std::string_view condition;  ///< " AND …": rows that have such texts; may be empty
};

/// The texts of a person that all dialects share.
inline constexpr SearchTexts kSharedSearchTexts = {
    .table = "users",
    .person = "id",
    .texts = "username, email, phone, first_name, last_name, display_name, company",
    .phones = "phone, ''",
    .condition = ""};

/// Takes the texts of persons apart.
class SearchTextReader {
 public:
  /// `texts` outlive this.
  SearchTextReader(Session& session, std::span<const SearchTexts> texts);

  /// Adds the grams of all persons of a chunk.
  void ReadChunk(uint64_t chunk, GramMap& grams);
  /// Adds the grams of these persons, all of one chunk; at most kMostListed.
  void ReadPersons(const std::vector<uint64_t>& persons, GramMap& grams);
  static constexpr size_t kMostListed = 4096;

 private:
  void Take(Rows rows, GramMap& grams) const;
  void TakeDigits(const std::string& phone, uint16_t place, GramMap& grams) const;

  Session& session_;
  std::span<const SearchTexts> texts_;
  Breaks breaks_;
  std::string digits_;  // the weights of 0 to 9
};

/// "[1,2,3]": a list as one value, for JSON_TABLE.
std::string JsonList(std::span<const uint64_t> numbers);

}  // namespace rosterd::db
