#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "tests/unit/tree/rules.h"
#include "tests/unit/tree/source_tree.h"

namespace rosterd::tree {
namespace {

using ::testing::IsEmpty;

bool IsWrongInclude(const Line& line) {
  const auto header = Included(line.text);
  return header && !MayInclude(line.file, *header);
}

/// A header of ours is named by its path from the root.
bool IsLostInclude(const Line& line) {
  const auto header = Included(line.text);
  if (!header || line.text.find('"') == std::string::npos) return false;
  return !std::filesystem::exists(std::filesystem::path(ROSTERD_SOURCE_DIR) / *header);
}

/// The first include of each source that has a header of its own, unless it is that one.
std::vector<std::string> SourcesWithAnotherFirstInclude(const std::vector<Line>& lines) {
  std::vector<std::string> wrong;
  std::set<std::string> seen;
  for (const Line& line : lines) {
    const auto included = Included(line.text);
    if (!included || !line.file.ends_with(".cc") || !seen.insert(line.file).second) continue;
    const std::string header = line.file.substr(0, line.file.size() - 2) + "h";
    const bool has_one =
        std::filesystem::exists(std::filesystem::path(ROSTERD_SOURCE_DIR) / header);
    if (has_one && *included != header) wrong.push_back(line.file + ": " + line.text);
  }
  return wrong;
}

TEST(Tree, IsRead) {
  EXPECT_GT(AllLines().size(), 1000U);
  EXPECT_GT(CodeLines("fcgi/").size(), 100U);
}

TEST(Tree, IncludesAlongTheArrowsOfTheDesign) {
  EXPECT_THAT(Findings(CodeLines(""), IsWrongInclude), IsEmpty());
}

TEST(Tree, IncludesItsOwnHeadersByTheirPathFromTheRoot) {
  EXPECT_THAT(Findings(CodeLines(""), IsLostInclude), IsEmpty());
}

// So that it is compiled alone with them: Tree.CompilesEveryHeaderAlone leaves these out.
TEST(Tree, IncludesTheHeaderOfASourceFirst) {
  EXPECT_THAT(SourcesWithAnotherFirstInclude(CodeLines("")), IsEmpty());
  EXPECT_THAT(SourcesWithAnotherFirstInclude(
                  {{"db/time.cc", 1, "#include <x>"}, {"db/time.cc", 2, "#include \"db/time.h\""}}),
              testing::ElementsAre("db/time.cc: #include <x>"));
}

TEST(Tree, HasNoSqlInHandlersNorRules) {
  const auto holds_sql = [](const Line& line) { return HoldsSql(line.text); };
  EXPECT_THAT(Findings(CodeLines("handlers/"), holds_sql), IsEmpty());
  EXPECT_THAT(Findings(CodeLines("directory/"), holds_sql), IsEmpty());
}

TEST(Tree, NamesNoDialectInTheDirectory) {
  const auto names_one = [](const Line& line) { return NamesADialect(line.text); };
  EXPECT_THAT(Findings(CodeLines("directory/"), names_one), IsEmpty());
}

TEST(Tree, LeavesNothingToDoWithoutANumber) {
  const auto is_open = [](const Line& line) { return IsUnnumberedToDo(line.text); };
  EXPECT_THAT(Findings(AllLines(), is_open), IsEmpty());
}

TEST(Tree, NamesNoFolderOfAMachine) {
  // The rule's own cases, below, are the exception.
  const auto names_one = [](const Line& line) {
    return NamesAMachine(line.text) && line.file != "tests/unit/tree/tree_test.cc";
  };
  EXPECT_THAT(Findings(AllLines(), names_one), IsEmpty());
}

TEST(Findings, SayWhere) {
  const std::vector<Line> lines = {{"a.h", 1, "good"}, {"a.h", 2, "bad"}};
  EXPECT_THAT(Findings(lines, [](const Line& line) { return line.text == "bad"; }),
              testing::ElementsAre("a.h:2: bad"));
}

TEST(Rules, ReadIncludes) {
  EXPECT_EQ(Included("#include \"db/person.h\""), "db/person.h");
  EXPECT_EQ(Included(" #  include <cppdb/frontend.h>  // why"), "cppdb/frontend.h");
  EXPECT_EQ(Included("// #include <x>"), std::nullopt);
}

TEST(Rules, KeepDialectsApart) {
  EXPECT_TRUE(MayInclude("handlers/cscart/users.cc", "handlers/cscart/views.h"));
  EXPECT_TRUE(MayInclude("handlers/cscart/users.cc", "handlers/dialect.h"));
  EXPECT_TRUE(MayInclude("handlers/cscart/users.cc", "db/cscart/user_store.h"));
  EXPECT_FALSE(MayInclude("handlers/cscart/users.cc", "handlers/bedita/views.h"));
  EXPECT_FALSE(MayInclude("handlers/cscart/users.cc", "db/bedita/role_store.h"));
  EXPECT_FALSE(MayInclude("handlers/dialect.h", "handlers/cscart/routes.h"));
  EXPECT_FALSE(MayInclude("db/cscart/user_store.cc", "db/bedita/role_store.h"));
  EXPECT_TRUE(MayInclude("db/cscart/user_store.cc", "db/person.h"));
}

TEST(Rules, PointDownward) {
  EXPECT_TRUE(MayInclude("handlers/cscart/users.cc", "directory/persons.h"));
  EXPECT_TRUE(MayInclude("handlers/cscart/users.cc", "fcgi/value.h"));
  EXPECT_FALSE(MayInclude("handlers/cscart/users.cc", "fcgi/server.h"));
  EXPECT_TRUE(MayInclude("directory/persons.cc", "db/person.h"));
  EXPECT_FALSE(MayInclude("directory/persons.cc", "db/cscart/user_store.h"));
  EXPECT_FALSE(MayInclude("directory/persons.cc", "fcgi/value.h"));
  EXPECT_FALSE(MayInclude("directory/persons.cc", "handlers/dialect.h"));
  EXPECT_FALSE(MayInclude("db/person.cc", "db/cscart/user_store.h"));
  EXPECT_FALSE(MayInclude("db/person.cc", "directory/persons.h"));
  EXPECT_FALSE(MayInclude("fcgi/server.cc", "db/connection.h"));
  EXPECT_TRUE(MayInclude("fcgi/main.cc", "handlers/cscart/routes.h"));
  EXPECT_FALSE(MayInclude("config/reader.cc", "db/connection.h"));
  EXPECT_FALSE(MayInclude("ctl/main.cc", "handlers/dialect.h"));
}

TEST(Rules, KeepLibrariesInTheirFolders) {
  EXPECT_TRUE(MayInclude("db/link.cc", "cppdb/frontend.h"));
  EXPECT_FALSE(MayInclude("db/link.h", "cppdb/frontend.h"));
  EXPECT_FALSE(MayInclude("directory/persons.cc", "cppdb/frontend.h"));
  EXPECT_TRUE(MayInclude("fcgi/connection.h", "fcgiapp.h"));
  EXPECT_FALSE(MayInclude("handlers/cscart/users.cc", "fcgiapp.h"));
  EXPECT_TRUE(MayInclude("directory/persons.cc", "string"));
}

TEST(Rules, TellSqlFromHttp) {
  EXPECT_TRUE(HoldsSql(R"("SELECT id FROM users")"));
  EXPECT_TRUE(HoldsSql(R"("UPDATE users SET status = ?")"));
  EXPECT_TRUE(HoldsSql(R"("DELETE FROM users")"));
  EXPECT_FALSE(HoldsSql(R"(router.Add("DELETE", "users/{id}", remove);)"));
  EXPECT_FALSE(HoldsSql("// Select the newest where it counts."));
}

TEST(Rules, LetCommentsNameADialect) {
  EXPECT_TRUE(NamesADialect("if (dialect == \"cscart\") return;"));
  EXPECT_FALSE(NamesADialect("int x;  // as in cscart"));
}

TEST(Rules, WantANumberForWhatIsToBeDone) {
  const std::string word = std::string("TO") + "DO";
  EXPECT_TRUE(IsUnnumberedToDo("// " + word + ": later"));
  EXPECT_TRUE(IsUnnumberedToDo("// " + word + "(ann): later"));
  EXPECT_FALSE(IsUnnumberedToDo("// " + word + "(#12): later"));
  EXPECT_FALSE(IsUnnumberedToDo("mastodon"));
}

TEST(Rules, TellFoldersOfAMachineFromPathsOfAnApi) {
  EXPECT_TRUE(NamesAMachine("see /home/ann/x"));
  EXPECT_TRUE(NamesAMachine("\"/Users/ann/rosterd\""));
  EXPECT_FALSE(NamesAMachine("GET /api/home/x"));
  EXPECT_FALSE(NamesAMachine("/usr/lib/x, /users/1"));
}

}  // namespace
}  // namespace rosterd::tree
