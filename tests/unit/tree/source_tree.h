#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace rosterd::tree {

/// One line of a text file of the repository.
struct Line {
  std::string file;  ///< path from the root of the repository
  size_t number = 0;
  std::string text;
};

/// Every line of the repository's text files: those in its root and in the folders of the design.
/// What builds and runs leave behind, the corpora of the fuzzers and binary files are not read.
std::vector<Line> AllLines();

/// Those of them that stand in a .h or .cc file below `folder`, "" for anywhere.
std::vector<Line> CodeLines(std::string_view folder);

/// "file:line: text" of each line for which `is_wrong` holds.
std::vector<std::string> Findings(const std::vector<Line>& lines,
                                  const std::function<bool(const Line&)>& is_wrong);

}  // namespace rosterd::tree
