// What the operators' pages say, against the sources.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>

#include "config/reader.h"
#include "tests/docs/literals.h"
#include "tests/docs/markdown.h"

namespace rosterd::docs {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// The quoted lines below a heading that no program says.
std::vector<std::string> UnsaidBelow(std::string_view heading) {
  std::vector<std::string> unsaid;
  for (const std::string& line : FirstCells(ReadSource("docs/operations.md"), heading)) {
    if (!IsSaid(LiteralsOfThePrograms(), line)) unsaid.push_back(line);
  }
  return unsaid;
}

TEST(OperatorPages, QuoteLinesThatTheProgramsSay) {
  const std::string page = ReadSource("docs/operations.md");
  EXPECT_GT(FirstCells(page, "Lines of rosterd").size(), 20U);
  EXPECT_GT(FirstCells(page, "Lines of rosterctl").size(), 5U);
  EXPECT_THAT(UnsaidBelow("Lines of rosterd"), IsEmpty());
  EXPECT_THAT(UnsaidBelow("Lines of rosterctl"), IsEmpty());
}

TEST(OperatorPages, LinkToWhatIsThere) {
  std::vector<std::string> lost;
  for (const std::string& page : OperatorPages()) {
    for (const std::string& link : Links(ReadSource(page))) {
      const size_t hash = std::min(link.find('#'), link.size());
      const auto folder = std::filesystem::path(page).parent_path();
      const std::string target =
          hash == 0 ? page : (folder / link.substr(0, hash)).lexically_normal().string();
      const bool is_there =
          std::filesystem::exists(std::filesystem::path(ROSTERD_SOURCE_DIR) / target);
      const bool names_heading = hash < link.size();
      if (!is_there ||
          (names_heading && !Anchors(ReadSource(target)).contains(link.substr(hash + 1)))) {
        lost.push_back(page + ": " + link);
      }
    }
  }
  EXPECT_THAT(lost, IsEmpty());
}

TEST(OperatorPages, NameSettingsThatThereAre) {
  std::set<std::string> sections;
  std::set<std::string> known;
  for (const config::Key& key : config::Keys()) {
    sections.insert(key.section);
    known.insert(key.section + "." + key.name);
  }
  static const std::regex setting(R"(^([a-z]+)\.[a-z_]+(?:\.[a-z_]+)*(?=$|:|=| ))");
  std::vector<std::string> unknown;
  for (const std::string& page : OperatorPages()) {
    for (const std::string& span : CodeSpans(ReadSource(page))) {
      std::smatch found;
      if (!std::regex_search(span, found, setting) || !sections.contains(found[1])) continue;
      if (!known.contains(found[0])) unknown.push_back(page + ": " + found[0].str());
    }
  }
  // Words that look like settings: the name of an audit's action, and of units.
  EXPECT_THAT(unknown, ElementsAre("docs/operations.md: mail.give_up"));
}

TEST(Literals, AreJoinedAndUnescaped) {
  EXPECT_THAT(Literals(R"x(Log("a \"b\" " // "no"
      "c", '"', R"(raw "d")"); 1'000; "e")x"),
              ElementsAre("a \"b\" c", "raw \"d\"", "e"));
}

TEST(Literals, SayALineWithItsVariableParts) {
  const std::vector<std::vector<std::string>> files = {{"worker ", " is stuck: killed"}, {"gone"}};
  EXPECT_TRUE(IsSaid(files, "worker … is stuck: …"));
  EXPECT_FALSE(IsSaid(files, "worker … gone"));
  EXPECT_FALSE(IsSaid(files, "…"));
}

TEST(Markdown, HasTheAnchorsOfWebPages) {
  EXPECT_THAT(Anchors("# All workers, busy\n```\n# no heading\n```\n### TLS\n"),
              ElementsAre("all-workers-busy", "tls"));
}

}  // namespace
}  // namespace rosterd::docs
