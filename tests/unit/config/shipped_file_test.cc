#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "config/reader.h"
#include "config/yaml_file.h"

namespace rosterd::config {
namespace {

constexpr char kShipped[] = ROSTERD_SOURCE_DIR "/config/rosterd.yaml";

/// "section.key = value" for everything in the shipped file, lists as "[a, b]".
std::vector<std::string> ShippedKeys() {
  std::vector<std::string> lines;
  for (const RawSection& section : ReadYamlFile(kShipped)) {
    for (const RawKey& key : section.keys) {
      std::string value;
      for (const std::string& item : key.value.items) {
        value.append(value.empty() ? "" : ", ").append(item);
      }
      if (key.value.is_list) value = "[" + value + "]";
      if (value.empty()) value = "\"\"";
      lines.push_back(section.name + "." + key.name + " = " + value);
    }
  }
  return lines;
}

TEST(ShippedFile, HoldsEveryKeyWithItsDefaultInTheOrderOfKeys) {
  std::vector<std::string> expected;
  for (const Key& key : Keys()) {
    expected.push_back(key.section + "." + key.name + " = " + key.default_value);
  }

  EXPECT_THAT(ShippedKeys(), testing::ElementsAreArray(expected));
}

TEST(ShippedFile, LoadsAsTheDefaults) { EXPECT_EQ(Load(kShipped), LoadDefaults()); }

TEST(ShippedFile, HasACommentRightAboveEveryKey) {
  std::ifstream file(kShipped);
  std::string previous;
  int keys = 0;
  for (std::string line; std::getline(file, line); previous = line) {
    if (!line.starts_with("  ") || line.starts_with("  #")) continue;
    ++keys;
    EXPECT_TRUE(previous.starts_with("  # ")) << line;
  }
  EXPECT_EQ(keys, static_cast<int>(Keys().size()));
}

TEST(ManualPage, NamesEveryKeyInTheOrderOfKeys) {
  std::vector<std::string> expected;
  for (const Key& key : Keys()) expected.push_back(key.section + "." + key.name);

  std::vector<std::string> named;
  std::string section;
  std::ifstream page(ROSTERD_SOURCE_DIR "/packaging/man/rosterd.yaml.5");
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with(".Ss ")) section = line.substr(4);
    if (!line.starts_with(".It Cm ")) continue;
    named.push_back(section + "." + line.substr(7, line.find(' ', 7) - 7));
  }

  EXPECT_THAT(named, testing::ElementsAreArray(expected));
}

TEST(Keys, SayTheirDefaultAndWhatTheyTake) {
  const std::vector<Key> keys = Keys();

  EXPECT_EQ(keys.front().section, "server");
  EXPECT_EQ(keys.front().name, "run_directory");
  EXPECT_EQ(keys.front().default_value, "/run/rosterd");
  EXPECT_EQ(keys.back().name, "max_body");
  EXPECT_EQ(keys.back().default_value, "64 KiB");
  EXPECT_EQ(keys.back().allowed, "a size from 1 KiB to 1 GiB");
}

}  // namespace
}  // namespace rosterd::config
