// DESIGN.md 2: the row "status", and rule 3, who may sign in.

#include <gtest/gtest.h>

#include "tests/e2e/dialects/world.h"

namespace rosterd::testing {
namespace {

struct Row {
  const char* directory;
  const char* cscart;
  const char* bedita;
  const char* brightact;
};

/// Expects that the three dialects that show a status show it so, and that only active ones are let
/// in.
void ExpectStatus(const std::string& id, const std::string& email, const Row& row,
                  const std::string& what) {
  EXPECT_EQ(World().RosterctlMember({"user", "show", id}, "status"), row.directory) << what;
  EXPECT_EQ(Of("cscart").Show(id)["status"], row.cscart) << what;
  EXPECT_EQ(Of("bedita").Show(id)["status"], row.bedita) << what;
  EXPECT_EQ(Of("brightact").Show(id)["status"], row.brightact) << what;
  const bool is_active = std::string(row.directory) == "active";
  EXPECT_EQ(LetIn(email, "pass word"), is_active ? kAllSignIns : std::vector<std::string>())
      << what << " " << row.directory;
}

TEST(DialectsStatus, IsSeenInEachDialectsWords) {
  const std::string email = NewAddress();
  const std::string id = MakeWithPassword(email, "pass word");
  for (const Row& row : {Row{"pending", "P", "draft", "0"}, Row{"disabled", "D", "off", "0"},
                         Row{"active", "A", "on", "1"}, Row{"hidden", "H", "off", "0"}}) {
    ASSERT_EQ(World().Rosterctl({"user", "set", id, "--status", row.directory}).status, 0);
    ExpectStatus(id, email, row, "rosterctl");
    ASSERT_EQ(World().Rosterctl({"user", "set", id, "--status", "active"}).status, 0);
    ASSERT_EQ(Of("cscart").Change(id, {{"status", row.cscart}}).status, 200);
    ExpectStatus(id, email, row, "cscart");
  }
}

TEST(DialectsStatus, IsSetInEachDialectsWords) {
  const std::string email = NewAddress();
  const std::string id = MakeWithPassword(email, "pass word");
  for (const Row& row : {Row{"pending", "P", "draft", "0"}, Row{"active", "A", "on", "1"},
                         Row{"disabled", "D", "off", "0"}}) {
    ASSERT_EQ(Of("bedita").Change(id, {{"status", row.bedita}}).status, 200);
    ExpectStatus(id, email, row, "bedita");
  }
  ASSERT_EQ(Of("brightact").Change(id, {{"status", "1"}}).status, 200);
  ExpectStatus(id, email, {"active", "A", "on", "1"}, "brightact");
  ASSERT_EQ(Of("brightact").Change(id, {{"status", "0"}}).status, 200);
  ExpectStatus(id, email, {"disabled", "D", "off", "0"}, "brightact");
}

TEST(DialectsStatus, ThatOneDialectCannotTellApartIsKept) {
  const std::string email = NewAddress();
  const std::string id = MakeWithPassword(email, "pass word");
  ASSERT_EQ(World().Rosterctl({"user", "set", id, "--status", "hidden"}).status, 0);

  ASSERT_EQ(Of("bedita").Change(id, {{"status", "off"}}).status, 200);
  ASSERT_EQ(Of("brightact").Change(id, {{"status", "0"}}).status, 200);

  ExpectStatus(id, email, {"hidden", "H", "off", "0"}, "after writing back what was read");
}

TEST(DialectsStatus, ABlockedPersonIsLetInByNobody) {
  const std::string email = NewAddress();
  const std::string id = MakeWithPassword(email, "pass word");
  ASSERT_EQ(LetIn(email, "pass word"), kAllSignIns);
  const auto block = [&](const std::string& blocked) {
    return Send(BeditaRequest(World(), "PATCH", "/users/" + id,
                              R"({"data":{"type":"users","id":)" + Quoted(id) +
                                  R"(,"meta":{"blocked":)" + blocked + "}}}"))
        .status;
  };

  ASSERT_EQ(block("true"), 200);
  EXPECT_TRUE(LetIn(email, "pass word").empty());
  ASSERT_EQ(block("false"), 200);
  EXPECT_EQ(LetIn(email, "pass word"), kAllSignIns);
}

}  // namespace
}  // namespace rosterd::testing
