#include "tests/docs/markdown.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>

namespace rosterd::docs {
namespace {

std::vector<std::string> LinesOf(const std::string& page) {
  std::vector<std::string> lines;
  std::istringstream text(page);
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

std::string AnchorOf(const std::string& heading) {
  std::string anchor;
  for (const char letter : heading) {
    const auto byte = static_cast<unsigned char>(letter);
    if (letter == ' ') anchor += '-';
    if (std::isalnum(byte) != 0 || letter == '-' || letter == '_') {
      anchor += static_cast<char>(std::tolower(byte));
    }
  }
  return anchor;
}

/// Calls `visit(line, is_code)` for each line, without the ``` lines themselves.
template <typename Visit>
void ForEachLine(const std::string& page, const Visit& visit) {
  bool is_code = false;
  for (const std::string& line : LinesOf(page)) {
    if (line.find_first_not_of(' ') != std::string::npos &&
        std::string_view(line).substr(line.find_first_not_of(' ')).starts_with("```")) {
      is_code = !is_code;
      continue;
    }
    visit(line, is_code);
  }
}

std::string_view HeadingOf(std::string_view line) {
  const size_t level = line.find_first_not_of('#');
  if (level == 0 || level == std::string_view::npos || line[level] != ' ') return "";
  return line.substr(level + 1);
}

}  // namespace

std::string ReadSource(std::string_view path) {
  std::ifstream file(std::string(ROSTERD_SOURCE_DIR "/") + std::string(path));
  if (!file) throw std::runtime_error(std::string(path) + " cannot be read");
  return {std::istreambuf_iterator<char>(file), {}};
}

const std::vector<std::string>& OperatorPages() {
  static const std::vector<std::string> pages = {"docs/operations.md",
                                                 "docs/operations/applications.md"};
  return pages;
}

std::set<std::string> Anchors(const std::string& page) {
  std::set<std::string> anchors;
  ForEachLine(page, [&](const std::string& line, bool is_code) {
    if (const std::string_view heading = HeadingOf(line); !is_code && !heading.empty()) {
      anchors.insert(AnchorOf(std::string(heading)));
    }
  });
  return anchors;
}

std::vector<std::string> Links(const std::string& page) {
  static const std::regex link(R"(\]\(([^)]+)\))");
  std::vector<std::string> links;
  for (std::sregex_iterator at(page.begin(), page.end(), link), end; at != end; ++at) {
    links.push_back((*at)[1]);
  }
  return links;
}

std::vector<std::string> CodeSpans(const std::string& page) {
  std::vector<std::string> spans;
  std::string prose;
  ForEachLine(page, [&](const std::string& line, bool is_code) {
    if (is_code) {
      spans.push_back(line);
    } else {
      prose += line + '\n';
    }
  });
  static const std::regex span("`([^`]+)`");
  for (std::sregex_iterator at(prose.begin(), prose.end(), span), end; at != end; ++at) {
    std::string text = (*at)[1];
    std::replace(text.begin(), text.end(), '\n', ' ');
    spans.push_back(text);
  }
  return spans;
}

std::vector<std::string> FirstCells(const std::string& page, std::string_view heading) {
  std::vector<std::string> cells;
  bool is_inside = false;
  for (const std::string& line : LinesOf(page)) {
    if (const std::string_view found = HeadingOf(line); !found.empty()) {
      is_inside = found == heading;
    }
    if (!is_inside || !line.starts_with("| `")) continue;
    const size_t end = line.find("` |", 3);
    if (end != std::string::npos) cells.push_back(line.substr(3, end - 3));
  }
  return cells;
}

}  // namespace rosterd::docs
