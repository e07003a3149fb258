#include "tests/docs/literals.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace rosterd::docs {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kAnything = "…";

/// Reads source from left to right.
class Scanner {
 public:
  explicit Scanner(std::string_view source) : source_(source) {}

  std::vector<std::string> Run() {
    while (at_ < source_.size()) Step();
    return literals_;
  }

 private:
  void Step() {
    const std::string_view rest = source_.substr(at_);
    if (rest.starts_with("//")) return SkipTo("\n");
    if (rest.starts_with("R\"(")) return Raw();
    if (rest.front() == '"') return Quoted();
    // A character between single quotes, and not the separator of a number's digits.
    if (rest.front() == '\'' && (rest.substr(2, 1) == "'" || rest.substr(1, 1) == "\\")) {
      at_ += rest.substr(1, 1) == "\\" ? 4 : 3;
      joins_ = false;
      return;
    }
    if (std::string_view(" \n\t").find(rest.front()) == std::string_view::npos) joins_ = false;
    ++at_;
  }

  void SkipTo(std::string_view mark) {
    const size_t end = source_.find(mark, at_);
    at_ = end == std::string_view::npos ? source_.size() : end + mark.size();
  }

  void Raw() {
    const size_t start = at_ + 3;
    SkipTo(")\"");
    Add(std::string(source_.substr(start, at_ - 2 - start)));
  }

  void Quoted() {
    std::string text;
    for (++at_; at_ < source_.size() && source_[at_] != '"'; ++at_) {
      if (source_[at_] == '\\') ++at_;
      text += source_[at_];
    }
    ++at_;
    Add(std::move(text));
  }

  void Add(std::string text) {
    if (joins_ && !literals_.empty()) {
      literals_.back() += text;
    } else {
      literals_.push_back(std::move(text));
    }
    joins_ = true;
  }

  std::string_view source_;
  size_t at_ = 0;
  bool joins_ = false;
  std::vector<std::string> literals_;
};

std::vector<std::string> PartsOf(std::string_view line) {
  std::vector<std::string> parts;
  while (!line.empty()) {
    const size_t end = std::min(line.find(kAnything), line.size());
    if (end > 0) parts.emplace_back(line.substr(0, end));
    line.remove_prefix(std::min(end + kAnything.size(), line.size()));
  }
  return parts;
}

bool Says(const std::vector<std::string>& literals, const std::string& part) {
  return std::ranges::any_of(literals, [&](const std::string& literal) {
    return literal.find(part) != std::string::npos;
  });
}

}  // namespace

std::vector<std::string> Literals(std::string_view source) { return Scanner(source).Run(); }

const std::vector<std::vector<std::string>>& LiteralsOfThePrograms() {
  static const auto all = [] {
    std::vector<std::vector<std::string>> files;
    for (const char* folder : {"config", "ctl", "db", "directory", "fcgi", "handlers"}) {
      for (const auto& entry :
           fs::recursive_directory_iterator(fs::path(ROSTERD_SOURCE_DIR) / folder)) {
        const auto extension = entry.path().extension();
        if (extension != ".cc" && extension != ".h") continue;
        std::ifstream file(entry.path());
        files.push_back(Literals(std::string(std::istreambuf_iterator<char>(file), {})));
      }
    }
    return files;
  }();
  return all;
}

bool IsSaid(const std::vector<std::vector<std::string>>& files, std::string_view line) {
  const std::vector<std::string> parts = PartsOf(line);
  return !parts.empty() && std::ranges::any_of(files, [&](const auto& literals) {
    return std::ranges::all_of(parts,
                               [&](const std::string& part) { return Says(literals, part); });
  });
}

}  // namespace rosterd::docs
