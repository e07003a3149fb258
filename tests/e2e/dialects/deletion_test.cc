// DESIGN.md 2, rule 2: deleted in one, gone from all; restored, back in all.

#include <gtest/gtest.h>

#include "tests/e2e/dialects/world.h"

namespace rosterd::testing {
namespace {

std::vector<std::string> ShownBy(const std::string& id) {
  std::vector<std::string> names;
  for (const auto& caller : Callers()) {
    if (!caller->Show(id).empty()) names.push_back(caller->Name());
  }
  return names;
}

const std::vector<std::string> kAll = {"cscart", "bedita", "brightact", "cocoaheads", "timeslot"};

HttpResponse Restore(const std::string& id) {
  return Send(BeditaRequest(World(), "PATCH", "/trash/" + id,
                            R"({"data":{"type":"users","id":)" + Quoted(id) + "}}"));
}

int WithToken(const std::string& header, const std::string& path) {
  HttpRequest request = PlainRequest(World(), "GET", path);
  request.headers = {header};
  return Send(request).status;
}

TEST(DialectsDeletion, InOneIsGoneFromAllAndARestoreBringsItBack) {
  for (const auto& deleter : Callers()) {
    if (!deleter->CanDelete()) continue;
    const std::string email = NewAddress();
    const std::string id = MakeWithPassword(email, "pass word");
    ASSERT_EQ(ShownBy(id), kAll) << deleter->Name();
    const std::string app = "user-token: " + TokenOf(World(), "cocoaheads", id);
    ASSERT_EQ(WithToken(app, "/user/" + id), 200);

    const HttpResponse deleted = deleter->Delete(id);

    ASSERT_LT(deleted.status, 300) << deleter->Name() << deleted.body;
    EXPECT_TRUE(ShownBy(id).empty()) << deleter->Name();
    EXPECT_TRUE(LetIn(email, "pass word").empty()) << deleter->Name();
    EXPECT_EQ(WithToken(app, "/user/" + id), 401) << deleter->Name();

    EXPECT_EQ(Restore(id).status, 204) << deleter->Name();

    EXPECT_EQ(ShownBy(id), kAll) << deleter->Name();
    EXPECT_EQ(LetIn(email, "pass word"), kAllSignIns) << deleter->Name();
    EXPECT_EQ(WithToken(app, "/user/" + id), 401) << "it stays ended, " << deleter->Name();
  }
}

TEST(DialectsDeletion, ARestoreByTheConsoleIsOneForAll) {
  const std::string email = NewAddress();
  const std::string id = MakeWithPassword(email, "pass word");
  ASSERT_EQ(Of("timeslot").Delete(id).status, 200);
  HttpRequest restore = PlainRequest(
      World(), "PUT", "/api/v1/user/" + id + "?key=" + World().Credential("brightact", "admin_key"),
      "application/x-www-form-urlencoded", "is_deleted=0");

  EXPECT_EQ(Send(restore).status, 200);

  EXPECT_EQ(ShownBy(id), kAll);
  EXPECT_EQ(LetIn(email, "pass word"), kAllSignIns);
}

TEST(DialectsDeletion, FreesTheNamesForAll) {
  for (const auto& next : Callers()) {
    const std::string email = NewAddress();
    const std::string id = MakeWithPassword(email, "pass word");
    ASSERT_EQ(Of("bedita").Delete(id).status, 204);

    const std::string second = Make(*next, {{"email", email}});

    EXPECT_NE(second, id);
    EXPECT_GE(Restore(id).status, 400) << "its name is taken, " << next->Name();
    EXPECT_EQ(Of("cscart").Show(id).size(), 0U);
    EXPECT_EQ(next->Show(second).at("id"), second);
  }
}

TEST(DialectsDeletion, ForGoodErasesWhatEveryDialectKept) {
  const std::string email = NewAddress();
  const std::string id = MakeWithPassword(email, "pass word");
  HttpRequest push = PlainRequest(World(), "POST", "/users/clients", "application/json",
                                  R"({"push_token":"A1B2"})");
  push.headers.push_back("user-token: " + TokenOf(World(), "cocoaheads", id));
  ASSERT_EQ(Send(push).status, 200);
  ASSERT_EQ(Of("brightact").Delete(id).status, 200);

  EXPECT_EQ(Send(BeditaRequest(World(), "DELETE", "/trash/" + id)).status, 204);

  EXPECT_EQ(World().Sql("SELECT COUNT(*) FROM users WHERE email = '" + email + "'"), "0\n");
  EXPECT_TRUE(ShownBy(id).empty());
  EXPECT_GE(Restore(id).status, 400);
  const std::string next = Make(Of("cscart"), {{"email", email}});
  EXPECT_GT(std::stoull(next), std::stoull(id));
}

TEST(DialectsDeletion, ByRosterctlForGoodErasesToo) {
  const std::string email = NewAddress();
  const std::string id = MakeWithPassword(email, "pass word");
  HttpRequest push = PlainRequest(World(), "POST", "/users/clients", "application/json",
                                  R"({"push_token":"B1B2"})");
  push.headers.push_back("user-token: " + TokenOf(World(), "cocoaheads", id));
  ASSERT_EQ(Send(push).status, 200);
  const std::string others = MakeWithPassword(NewAddress(), "pass word");
  HttpRequest befriend = PlainRequest(World(), "POST", "/v1/users/add_friends", "application/json",
                                      "{\"ids\":[" + others + "]}");
  befriend.headers.push_back("Authorization: Token token=" + TokenOf(World(), "timeslot", id));
  ASSERT_EQ(Send(befriend).status, 200);

  ASSERT_EQ(World().Rosterctl({"user", "delete", id}).status, 0);
  ASSERT_EQ(World().Rosterctl({"user", "purge", id}).status, 0);

  EXPECT_EQ(World().Sql("SELECT COUNT(*) FROM cocoaheads_clients WHERE user_id = " + id), "0\n");
  EXPECT_EQ(World().Sql("SELECT COUNT(*) FROM timeslot_friendships WHERE " + id +
                        " IN (starter_id, recipient_id)"),
            "0\n");
}

}  // namespace
}  // namespace rosterd::testing
