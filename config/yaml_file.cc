#include "config/yaml_file.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

#include "config/reader.h"

namespace rosterd::config {
namespace {

constexpr size_t kLongestFile = size_t{1} << 20U;

/// Takes the parser's events instead of its nodes: the nodes hide repeated keys, aliases, tags and
/// further documents.
class Collector final : public YAML::EventHandler {
 public:
  explicit Collector(std::string file) : file_(std::move(file)) {}

  std::vector<RawSection> Take() && { return std::move(sections_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (std::exchange(document_seen_, true)) Refuse(mark, "a second YAML document is not allowed");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    switch (level_) {
      case Level::kDocument:
        return;
      case Level::kRoot:
        if (!in_section_) Refuse(mark, "a section without a name is not allowed");
        in_section_ = false;
        return;
      case Level::kSection:
        if (!in_key_) Refuse(mark, "a key without a name is not allowed");
        throw Error(Value().place + ": " + Name() + R"( has no value; write "" for an empty text)");
      case Level::kList:
        Refuse(mark, Name() + ": an empty item is not allowed");
    }
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    Refuse(mark, "aliases (*name) are not allowed");
  }
  void OnAnchor(const YAML::Mark& mark, const std::string& /*name*/) override {
    Refuse(mark, "anchors (&name) are not allowed");
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/,
                const std::string& value) override {
    RefuseTag(mark, tag);
    switch (level_) {
      case Level::kDocument:
        Refuse(mark, "sections of keys are expected here, not a text");
      case Level::kRoot:
        if (in_section_)
          Refuse(mark, Section().name + " is a section: its keys are expected below it");
        return StartSection(mark, value);
      case Level::kSection:
        if (!in_key_) return StartKey(mark, value);
        Value().items.push_back(value);
        in_key_ = false;
        return;
      case Level::kList:
        Value().items.push_back(value);
    }
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/,
                       YAML::EmitterStyle::value /*style*/) override {
    RefuseTag(mark, tag);
    if (level_ != Level::kSection || !in_key_) Refuse(mark, "a list is not allowed here");
    Value().is_list = true;
    level_ = Level::kList;
  }
  void OnSequenceEnd() override {
    level_ = Level::kSection;
    in_key_ = false;
  }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t /*anchor*/,
                  YAML::EmitterStyle::value /*style*/) override {
    RefuseTag(mark, tag);
    if (level_ == Level::kDocument) {
      level_ = Level::kRoot;
      return;
    }
    if (level_ != Level::kRoot || !in_section_) Refuse(mark, "a map is not allowed here");
    level_ = Level::kSection;
  }
  void OnMapEnd() override {
    level_ = level_ == Level::kSection ? Level::kRoot : Level::kDocument;
    in_section_ = false;
  }

 private:
  enum class Level { kDocument, kRoot, kSection, kList };

  std::string Place(const YAML::Mark& mark) const {
    return file_ + ":" + std::to_string(mark.line + 1);
  }
  [[noreturn]] void Refuse(const YAML::Mark& mark, const std::string& what) const {
    throw Error(Place(mark) + ": " + what);
  }
  /// "?" is what a plain scalar without a tag has, "!" a quoted one.
  void RefuseTag(const YAML::Mark& mark, const std::string& tag) const {
    if (!tag.empty() && tag != "?" && tag != "!")
      Refuse(mark, "tags (" + tag + ") are not allowed");
  }

  void StartSection(const YAML::Mark& mark, const std::string& name) {
    RefuseMergeKey(mark, name);
    if (Holds(sections_, name)) Refuse(mark, "section " + name + " is here a second time");
    sections_.push_back({name, Place(mark), {}});
    in_section_ = true;
  }
  void StartKey(const YAML::Mark& mark, const std::string& name) {
    RefuseMergeKey(mark, name);
    if (Holds(Section().keys, name)) {
      Refuse(mark, Section().name + "." + name + " is here a second time");
    }
    Section().keys.push_back({name, {.items = {}, .is_list = false, .place = Place(mark)}});
    in_key_ = true;
  }
  void RefuseMergeKey(const YAML::Mark& mark, const std::string& name) const {
    if (name == "<<") Refuse(mark, "merge keys (<<) are not allowed");
  }

  template <typename Named>
  static bool Holds(const std::vector<Named>& all, const std::string& name) {
    return std::ranges::find(all, name, &Named::name) != all.end();
  }
  RawSection& Section() { return sections_.back(); }
  RawValue& Value() { return Section().keys.back().value; }
  std::string Name() { return Section().name + "." + Section().keys.back().name; }

  std::string file_;
  std::vector<RawSection> sections_;
  Level level_ = Level::kDocument;
  bool document_seen_ = false;
  bool in_section_ = false;  ///< its name was read, its end was not
  bool in_key_ = false;
};

/// yaml-cpp would read on: a NUL makes it guess another encoding, others get into values.
void RefuseControlCharacters(const std::string& text, const std::string& file) {
  size_t line = 1;
  for (const char byte : text) {
    if (byte == '\n') ++line;
    const bool allowed = byte == '\n' || byte == '\r' || byte == '\t';
    const bool control = (byte >= 0 && byte < ' ') || byte == '\x7f';
    if (control && !allowed) {
      throw Error(file + ":" + std::to_string(line) + ": a control character is not allowed");
    }
  }
}

}  // namespace

std::vector<RawSection> ParseYaml(const std::string& text, const std::string& file) {
  RefuseControlCharacters(text, file);
  Collector collector(file);
  try {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(collector)) {
    }
  } catch (const YAML::Exception& error) {
    throw Error(file + ":" + std::to_string(error.mark.line + 1) +
                ": this is no YAML: " + error.msg);
  }
  return std::move(collector).Take();
}

std::vector<RawSection> ReadYamlFile(const std::string& file) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) {
    throw Error(file + ": cannot be read: it is a directory");
  }
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw Error(file + ": cannot be read: " + std::strerror(errno));
  std::string text(std::istreambuf_iterator<char>(stream), {});
  if (stream.bad()) throw Error(file + ": cannot be read to its end");
  if (text.size() > kLongestFile) throw Error(file + ": is longer than 1 MiB");
  return ParseYaml(text, file);
}

}  // namespace rosterd::config
