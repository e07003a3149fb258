#include <gtest/gtest.h>

#include "tests/unit/handlers/cocoaheads/world.h"

namespace rosterd::cocoaheads {
namespace {

class CocoaheadsUpdateUser : public ::testing::Test {
 protected:
  Reply Patch(const std::string& body) {
    return world_.Patch("/user/" + vera_.id, body, vera_.token);
  }
  std::string Column(const std::string& name) {
    return world_.AskDatabase("SELECT " + name + " FROM users WHERE id = " + vera_.id);
  }

  World world_;
  Member vera_ = world_.Join();
};

TEST_F(CocoaheadsUpdateUser, ChangesWhatTheBodyNamesAndShowsTheWholeUser) {
  const Reply reply = Patch(R"({"position":"Team lead","phone":"+7"})");

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body,
            R"({"id":)" + vera_.id +
                R"(,"name":"Vera","lastname":"Orlova","company":"","position":"Team lead",)"
                R"("email":"vera@example.org","phone":"+7","photo":""})");
  EXPECT_EQ(world_.Get("/users/" + vera_.id, vera_.token).body, reply.body);
  EXPECT_EQ(reply.Header("user-token"), "");
}

TEST_F(CocoaheadsUpdateUser, ChangesNothingWithoutAKnownField) {
  const std::string before = Column("updated_at");

  EXPECT_EQ(Patch("").status, 200);
  EXPECT_EQ(Patch("{}").status, 200);
  EXPECT_EQ(Patch(R"({"id":1,"token":"x","last_name":"X"})").Member("lastname"), "Orlova");

  EXPECT_EQ(Column("updated_at"), before);
  EXPECT_EQ(world_.AskDatabase("SELECT COUNT(*) FROM audit WHERE action = 'user.update'"), "0");
}

TEST_F(CocoaheadsUpdateUser, ClearsByEmptyTextAndByNull) {
  for (const std::string field : {"phone", "company", "position", "photo"}) {
    for (const std::string nothing : {"\"\"", "null"}) {
      EXPECT_EQ(Patch("{\"" + field + "\":\"abc\"}").Member(field), "abc");
      const Reply reply = Patch("{\"" + field + "\":" + nothing + "}");
      EXPECT_EQ(reply.status, 200) << reply.body;
      EXPECT_EQ(reply.Member(field), "") << field;
    }
  }
}

TEST_F(CocoaheadsUpdateUser, KeepsNamesAndAddressFilled) {
  for (const std::string field : {"name", "lastname", "email"}) {
    for (const std::string blank : {"\"\"", "null", "\" \""}) {
      EXPECT_EQ(Patch("{\"" + field + "\":" + blank + "}").status, 400) << field << blank;
    }
  }
  EXPECT_EQ(Column("CONCAT_WS(' ', first_name, last_name, email)"), "Vera Orlova vera@example.org");
}

TEST_F(CocoaheadsUpdateUser, RefusesAnothersAddressAndChangesNothing) {
  world_.Join("anna@example.org");

  const Reply reply = Patch(R"({"name":"New","email":"ANNA@example.org"})");

  EXPECT_EQ(reply.status, 409);
  EXPECT_EQ(Column("first_name"), "Vera");
}

TEST_F(CocoaheadsUpdateUser, TakesOnesOwnAddressInOtherCase) {
  EXPECT_EQ(Patch(R"({"email":"Vera@Example.org"})").Member("email"), "Vera@Example.org");
}

TEST_F(CocoaheadsUpdateUser, MovesAUsernameThatIsTheAddress) {
  world_.Execute("UPDATE users SET username = 'Vera@example.org' WHERE id = " + vera_.id);
  Patch(R"({"email":"new@example.org"})");
  EXPECT_EQ(Column("username"), "new@example.org");
}

TEST_F(CocoaheadsUpdateUser, LeavesAnyOtherUsername) {
  world_.Execute("UPDATE users SET username = 'vera', username_key = 'vera' WHERE id = " +
                 vera_.id);
  Patch(R"({"email":"new@example.org"})");
  EXPECT_EQ(Column("username"), "vera");
}

TEST_F(CocoaheadsUpdateUser, IsAllOrNothing) {
  EXPECT_EQ(Patch(R"({"name":"New","phone":{}})").status, 400);
  EXPECT_EQ(Patch(R"({"name":"New","photo":"javascript:x"})").status, 400);
  EXPECT_EQ(Column("first_name"), "Vera");
}

TEST_F(CocoaheadsUpdateUser, TakesNoFieldFromTheQuery) {
  EXPECT_EQ(world_.Patch("/user/" + vera_.id + "?name=New", "{}", vera_.token).Member("name"),
            "Vera");
}

TEST_F(CocoaheadsUpdateUser, TouchesNobodyElse) {
  const Member anna = world_.Join("anna@example.org");

  EXPECT_EQ(world_.Patch("/users/" + anna.id, R"({"name":"New"})", vera_.token).status, 403);
  EXPECT_EQ(world_.Patch("/users/77777777", R"({"name":"New"})", vera_.token).status, 404);
  EXPECT_EQ(world_.Get("/users/" + anna.id, anna.token).Member("name"), "Vera");
}

TEST_F(CocoaheadsUpdateUser, ChecksOwnershipBeforeTheBody) {
  const Member anna = world_.Join("anna@example.org");
  EXPECT_EQ(world_.Patch("/users/" + anna.id, "{", vera_.token).status, 403);
}

TEST_F(CocoaheadsUpdateUser, ReplacesAPublicIdOfAnotherDialect) {
  world_.Execute("UPDATE users SET picture = 'id:faces/vera' WHERE id = " + vera_.id);
  EXPECT_EQ(Patch(R"({"photo":"https://a.example/b.png"})").Member("photo"),
            "https://a.example/b.png");
  EXPECT_EQ(Column("picture"), "https://a.example/b.png");
}

}  // namespace
}  // namespace rosterd::cocoaheads
