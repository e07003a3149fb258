#include "config/yaml_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "config/reader.h"

namespace rosterd::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

/// What ParseYaml says about a text that it refuses; empty when it does not.
std::string RefusalOf(const std::string& text) {
  try {
    (void)ParseYaml(text, "r.yaml");
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(YamlFile, KeepsSectionsKeysAndValuesInTheirOrderWithTheirPlaces) {
  const auto sections = ParseYaml("b:\n  two: x y\n  one: \"1\"\na:\n  list: [p, q]\n", "r.yaml");

  ASSERT_EQ(sections.size(), 2U);
  EXPECT_EQ(sections[0].name, "b");
  EXPECT_EQ(sections[0].place, "r.yaml:1");
  ASSERT_EQ(sections[0].keys.size(), 2U);
  EXPECT_EQ(sections[0].keys[0].name, "two");
  EXPECT_THAT(sections[0].keys[0].value.items, ElementsAre("x y"));
  EXPECT_FALSE(sections[0].keys[0].value.is_list);
  EXPECT_EQ(sections[0].keys[1].value.place, "r.yaml:3");
  EXPECT_EQ(sections[1].name, "a");
  EXPECT_THAT(sections[1].keys[0].value.items, ElementsAre("p", "q"));
  EXPECT_TRUE(sections[1].keys[0].value.is_list);
}

TEST(YamlFile, ReadsBlockListsAndFlowMaps) {
  const auto sections = ParseYaml("a:\n  list:\n    - p\n    - q\nb: {k: v}\n", "r.yaml");

  ASSERT_EQ(sections.size(), 2U);
  EXPECT_THAT(sections[0].keys[0].value.items, ElementsAre("p", "q"));
  EXPECT_THAT(sections[1].keys[0].value.items, ElementsAre("v"));
}

TEST(YamlFile, DoesNotInterpretScalars) {
  const auto sections = ParseYaml("a: {n: 010, s: on, d: 2.0, e: \"\"}\n", "r.yaml");

  EXPECT_THAT(sections[0].keys[0].value.items, ElementsAre("010"));
  EXPECT_THAT(sections[0].keys[1].value.items, ElementsAre("on"));
  EXPECT_THAT(sections[0].keys[2].value.items, ElementsAre("2.0"));
  EXPECT_THAT(sections[0].keys[3].value.items, ElementsAre(""));
}

TEST(YamlFile, TakesAnEmptyFileForNoSections) {
  EXPECT_THAT(ParseYaml("", "r.yaml"), IsEmpty());
  EXPECT_THAT(ParseYaml("# nothing\n", "r.yaml"), IsEmpty());
  EXPECT_THAT(ParseYaml("---\n", "r.yaml"), IsEmpty());
}

TEST(YamlFile, TakesASectionWithoutKeys) {
  const auto sections = ParseYaml("a:\n  # k: v\nb:\n  k: v\n", "r.yaml");

  ASSERT_EQ(sections.size(), 2U);
  EXPECT_THAT(sections[0].keys, IsEmpty());
  EXPECT_EQ(sections[1].keys[0].name, "k");
}

TEST(YamlFile, RefusesRepeatedSectionsAndKeys) {
  EXPECT_EQ(RefusalOf("a:\n  k: v\na:\n  l: w\n"), "r.yaml:3: section a is here a second time");
  EXPECT_EQ(RefusalOf("a:\n  k: v\n  k: w\n"), "r.yaml:3: a.k is here a second time");
}

TEST(YamlFile, RefusesWhatIsNoMapOfSections) {
  EXPECT_EQ(RefusalOf("hello\n"), "r.yaml:1: sections of keys are expected here, not a text");
  EXPECT_EQ(RefusalOf("- a\n- b\n"), "r.yaml:1: a list is not allowed here");
  EXPECT_EQ(RefusalOf("a: 5\n"), "r.yaml:1: a is a section: its keys are expected below it");
  EXPECT_EQ(RefusalOf("a: [k]\n"), "r.yaml:1: a list is not allowed here");
  EXPECT_EQ(RefusalOf("{k: v}: 5\n"), "r.yaml:1: a map is not allowed here");
}

TEST(YamlFile, RefusesDeeperMapsAndLists) {
  EXPECT_EQ(RefusalOf("a:\n  k:\n    x: 1\n"), "r.yaml:3: a map is not allowed here");
  EXPECT_EQ(RefusalOf("a:\n  k: [[x]]\n"), "r.yaml:2: a list is not allowed here");
  EXPECT_EQ(RefusalOf("a:\n  k:\n    - x: 1\n"), "r.yaml:3: a map is not allowed here");
  EXPECT_EQ(RefusalOf("a:\n  [k]: v\n"), "r.yaml:2: a list is not allowed here");
}

TEST(YamlFile, RefusesKeysWithoutAValue) {
  EXPECT_EQ(RefusalOf("a:\n  k:\n  l: 1\n"),
            "r.yaml:2: a.k has no value; write \"\" for an empty text");
  EXPECT_EQ(RefusalOf("a:\n  k: null\n"),
            "r.yaml:2: a.k has no value; write \"\" for an empty text");
  EXPECT_EQ(RefusalOf("a:\n  k: [x, ~]\n"), "r.yaml:2: a.k: an empty item is not allowed");
  EXPECT_EQ(RefusalOf("a:\n  ~: 1\n"), "r.yaml:2: a key without a name is not allowed");
  EXPECT_EQ(RefusalOf("~: 1\n"), "r.yaml:1: a section without a name is not allowed");
}

TEST(YamlFile, RefusesAnchorsAliasesMergeKeysAndTags) {
  EXPECT_EQ(RefusalOf("a: &x\n  k: v\n"), "r.yaml:1: anchors (&name) are not allowed");
  EXPECT_EQ(RefusalOf("a:\n  k: &x v\n"), "r.yaml:2: anchors (&name) are not allowed");
  EXPECT_EQ(RefusalOf("a:\n  <<: {k: v}\n"), "r.yaml:2: merge keys (<<) are not allowed");
  EXPECT_EQ(RefusalOf("a:\n  k: !!str 5\n"),
            "r.yaml:2: tags (tag:yaml.org,2002:str) are not allowed");
  EXPECT_THAT(RefusalOf("a:\n  k: *x\n"), StartsWith("r.yaml:2: "));
}

TEST(YamlFile, RefusesASecondDocument) {
  EXPECT_EQ(RefusalOf("a:\n  k: v\n---\nb:\n  l: w\n"),
            "r.yaml:3: a second YAML document is not allowed");
}

TEST(YamlFile, RefusesBrokenYamlWithItsPlace) {
  EXPECT_THAT(RefusalOf("a:\n  k: \"x\" y\n"), StartsWith("r.yaml:2: this is no YAML: "));
  EXPECT_THAT(RefusalOf("a:\n  k: v\n l: w\n"), StartsWith("r.yaml:3: this is no YAML: "));
  EXPECT_THAT(RefusalOf(std::string(5000, '[')), StartsWith("r.yaml:1: "));
}

TEST(YamlFile, RefusesControlCharacters) {
  EXPECT_EQ(RefusalOf(std::string("a:\n  k: x\0y\n", 11)),
            "r.yaml:2: a control character is not allowed");
}

TEST(YamlFile, RefusesWhatCannotBeRead) {
  try {
    (void)ReadYamlFile("/nowhere/r.yaml");
    FAIL() << "it was read";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "/nowhere/r.yaml: cannot be read: No such file or directory");
  }
  try {
    (void)ReadYamlFile("/tmp");
    FAIL() << "it was read";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "/tmp: cannot be read: it is a directory");
  }
}

}  // namespace
}  // namespace rosterd::config
