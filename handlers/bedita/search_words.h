#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rosterd::bedita {

/// The words of a search: cut at every character that is no letter, digit or "_", those of fewer
/// than three characters left out, each once. Contract: section 12.6.
std::vector<std::string> SearchWords(std::string_view text);

/// How many characters valid UTF-8 holds.
size_t CountCharacters(std::string_view text);

}  // namespace rosterd::bedita
