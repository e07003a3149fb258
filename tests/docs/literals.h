#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rosterd::docs {

/// The texts between quotes in C++ source, escapes resolved; adjacent ones are one text.
std::vector<std::string> Literals(std::string_view source);

/// The literals of each file of ours that a program can say something from.
const std::vector<std::vector<std::string>>& LiteralsOfThePrograms();

/// Whether a quoted line, in which "…" stands for anything, is said by one of the files: each part
/// between two "…" stands within one literal of it.
bool IsSaid(const std::vector<std::vector<std::string>>& files, std::string_view line);

}  // namespace rosterd::docs
