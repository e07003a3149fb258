// DESIGN.md 2: one person, five views.

#include <gtest/gtest.h>

#include "tests/e2e/dialects/world.h"

namespace rosterd::testing {
namespace {

/// Expects that every dialect shows these of its fields so, and the id.
void ExpectShownByAll(const std::string& id, const Fields& wanted, const std::string& what) {
  for (const auto& reader : Callers()) {
    const Fields shown = reader->Show(id);
    ASSERT_FALSE(shown.empty()) << what << ": " << reader->Name() << " shows nobody";
    EXPECT_EQ(shown.at("id"), id) << what << ", " << reader->Name();
    for (const auto& [name, value] : wanted) {
      const auto found = shown.find(name);
      if (found != shown.end()) {
        EXPECT_EQ(found->second, value) << what << ": " << name << " in " << reader->Name();
      }
    }
  }
}

TEST(DialectsSharing, APersonMadeInOneIsReadInAll) {
  for (const auto& maker : Callers()) {
    const Fields given = {{"email", NewAddress()},
                          {"first_name", NewName()},
                          {"last_name", NewName()},
                          {"company", NewName() + " & <Co>"},
                          {"phone", "+7 (842) " + NewName()},
                          {"position", NewName()}};

    const std::string id = Make(*maker, given);

    Fields kept = {{"email", given.at("email")}, {"phone", given.at("phone")}};
    for (const std::string& name : maker->Changeable()) kept[name] = given.at(name);
    ExpectShownByAll(id, kept, "made by " + maker->Name());
  }
}

TEST(DialectsSharing, AChangeInOneIsSeenInAll) {
  const std::string id = MakeWithPassword(NewAddress(), "any password");
  for (const auto& changer : Callers()) {
    for (const std::string& name : changer->Changeable()) {
      const std::string value = name == "email" ? NewAddress() : "Новое " + NewName();

      const HttpResponse answer = changer->Change(id, {{name, value}});

      ASSERT_LT(answer.status, 300) << changer->Name() << " " << name << ": " << answer.body;
      ExpectShownByAll(id, {{name, value}}, changer->Name() + " changes " + name);
    }
  }
}

TEST(DialectsSharing, AnAddressTakenInOneIsTakenInAll) {
  for (const auto& first : Callers()) {
    const std::string email = NewAddress();
    Make(*first, {{"email", email}});
    std::string other_case = email;
    other_case.front() = 'n';
    for (const auto& second : Callers()) {
      const HttpResponse answer = Send(second->Create({{"email", other_case}}));

      EXPECT_EQ(second->IdOf(answer), "") << first->Name() << ", " << second->Name();
      EXPECT_GE(answer.status, 400) << first->Name() << ", " << second->Name();
      EXPECT_LT(answer.status, 500) << first->Name() << ", " << second->Name() << answer.body;
    }
  }
}

TEST(DialectsSharing, AnEmailThatIsTheUsernameMovesWithIt) {
  const std::string email = NewAddress();
  const std::string id = Make(Of("brightact"), {{"email", email}});

  const std::string second = NewAddress();
  ASSERT_EQ(Of("brightact").Change(id, {{"username", second}}).status, 200);
  ExpectShownByAll(id, {{"email", second}, {"username", second}}, "through brightact");

  const std::string third = NewAddress();
  ASSERT_EQ(Of("cocoaheads").Change(id, {{"email", third}}).status, 200);
  ExpectShownByAll(id, {{"email", third}, {"username", third}}, "through cocoaheads");
}

TEST(DialectsSharing, APersonOfTheDemoIsWholeInAll) {
  const std::string id = World().RosterctlMember({"demo", "--count", "1"}, "first_id");
  const std::string email = ParseJson(World().Rosterctl({"user", "show", id}).out)["email"].text;
  // Some are in the trash, and some are blocked.
  World().Rosterctl({"user", "restore", id});
  World().Rosterctl({"user", "set", id, "--status", "active", "--blocked", "off"});

  ExpectShownByAll(id, {{"email", email}}, "demo");
}

}  // namespace
}  // namespace rosterd::testing
