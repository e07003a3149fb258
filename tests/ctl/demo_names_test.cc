#include "ctl/demo_names.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

namespace rosterd::ctl {
namespace {

/// Letters that are spoken: soft and hard signs, apostrophes and hyphens are left out.
size_t CountLetters(std::string_view name) {
  size_t letters = 0;
  for (size_t i = 0; i < name.size(); ++i) {
    const auto byte = static_cast<unsigned char>(name[i]);
    const bool continues = byte >= 0x80 && byte < 0xC0;
    const bool is_sign = name.substr(i, 2) == "ь" || name.substr(i, 2) == "ъ";
    if (!continues && !is_sign && name[i] != '-' && name[i] != '\'') ++letters;
  }
  return letters;
}

TEST(AsciiOf, SpellsNamesForAddresses) {
  EXPECT_EQ(AsciiOf("Пётр"), "petr");
  EXPECT_EQ(AsciiOf("Хабибуллин"), "khabibullin");
  EXPECT_EQ(AsciiOf("Щукин"), "shchukin");
  EXPECT_EQ(AsciiOf("Ильин"), "ilin");
  EXPECT_EQ(AsciiOf("Łukasz"), "lukasz");
  EXPECT_EQ(AsciiOf("Müller"), "mueller");
  EXPECT_EQ(AsciiOf("O'Brien-Díaz"), "obriendiaz");
}

TEST(PickName, DeclinesRussianNamesByTheSexOfTheirBearer) {
  std::set<std::string> of_women;
  std::set<std::string> of_men;
  for (uint64_t id = 1; id <= 40000; ++id) {
    Dice dice(id);
    const DemoName name = PickName(dice, /*russian=*/true);
    (name.female ? of_women : of_men).insert(name.last);
  }

  for (const char* const name : {"Иванова", "Ильина", "Толстая", "Вяземская", "Цой", "Черных"}) {
    EXPECT_TRUE(of_women.contains(name)) << name;
  }
  for (const char* const name : {"Иванов", "Ильин", "Толстой", "Вяземский", "Цой", "Черных"}) {
    EXPECT_TRUE(of_men.contains(name)) << name;
  }
  EXPECT_FALSE(of_women.contains("Иванов"));
  EXPECT_FALSE(of_men.contains("Иванова"));
}

TEST(PickName, HasEveryLetterOfItsNamesSpelled) {
  for (uint64_t id = 1; id <= 20000; ++id) {
    Dice dice(id);
    const DemoName name = PickName(dice, id % 2 == 0);
    EXPECT_GE(AsciiOf(name.first).size(), CountLetters(name.first)) << name.first;
    EXPECT_GE(AsciiOf(name.last).size(), CountLetters(name.last)) << name.last;
  }
}

TEST(PickName, GivesFrequentNamesToMany) {
  int ivanovs = 0;
  int rakhimovs = 0;
  for (uint64_t id = 1; id <= 40000; ++id) {
    Dice dice(id);
    const std::string last = PickName(dice, /*russian=*/true).last;
    if (last.starts_with("Иванов")) ++ivanovs;
    if (last.starts_with("Рахимов")) ++rakhimovs;
  }

  EXPECT_GT(ivanovs, 100);
  EXPECT_LT(rakhimovs, 20);
}

}  // namespace
}  // namespace rosterd::ctl
