#include "tests/unit/tree/source_tree.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace rosterd::tree {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 12> kFolders = {".ci",      "cmake",     "config",    "ctl",
                                                  "db",       "directory", "docs",      "fcgi",
                                                  "handlers", "nginx",     "packaging", "tests"};

bool IsLeftBehind(const fs::path& path) {
  static const std::set<std::string> kNames = {"node_modules", "__pycache__", "corpus", "build"};
  return kNames.contains(path.filename().string());
}

void AddLines(const fs::path& path, const fs::path& root, std::vector<Line>& lines) {
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  const std::string bytes = content.str();
  if (bytes.find('\0') != std::string::npos) return;
  std::istringstream text(bytes);
  Line line{.file = fs::relative(path, root).string(), .number = 0, .text = {}};
  while (std::getline(text, line.text)) {
    ++line.number;
    lines.push_back(line);
  }
}

void AddFolder(const fs::path& folder, const fs::path& root, std::vector<Line>& lines) {
  for (auto it = fs::recursive_directory_iterator(folder); it != fs::end(it); ++it) {
    if (it->is_directory() && IsLeftBehind(it->path())) it.disable_recursion_pending();
    if (it->is_regular_file() && !it->is_symlink()) AddLines(it->path(), root, lines);
  }
}

std::vector<Line> ReadTree() {
  const fs::path root = ROSTERD_SOURCE_DIR;
  std::vector<Line> lines;
  for (const auto& entry : fs::directory_iterator(root)) {
    // In a second working tree of git, ".git" is a file.
    const bool counts = entry.path().filename() != ".git" && !entry.is_symlink();
    if (counts && entry.is_regular_file()) AddLines(entry.path(), root, lines);
  }
  for (const char* folder : kFolders) {
    if (fs::is_directory(root / folder)) AddFolder(root / folder, root, lines);
  }
  return lines;
}

}  // namespace

std::vector<Line> AllLines() {
  static const std::vector<Line> kLines = ReadTree();
  return kLines;
}

std::vector<Line> CodeLines(std::string_view folder) {
  std::vector<Line> lines = AllLines();
  std::erase_if(lines, [&](const Line& line) {
    const bool is_code = line.file.ends_with(".h") || line.file.ends_with(".cc");
    return !is_code || !line.file.starts_with(folder);
  });
  return lines;
}

std::vector<std::string> Findings(const std::vector<Line>& lines,
                                  const std::function<bool(const Line&)>& is_wrong) {
  std::vector<std::string> findings;
  for (const Line& line : lines) {
    if (!is_wrong(line)) continue;
    findings.push_back(line.file + ':' + std::to_string(line.number) + ": " + line.text);
  }
  return findings;
}

}  // namespace rosterd::tree
