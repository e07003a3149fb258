// DESIGN.md 2, rule 8: who changed what, through which dialect.

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/e2e/dialects/world.h"

namespace rosterd::testing {
namespace {

Json AuditOf(const std::string& id) {
  return ParseJson(World().Rosterctl({"audit", "--user", id}).out);
}

/// Whether a row is of that dialect and names the field.
bool Tells(const Json& audit, const std::string& dialect, const std::string& field) {
  return std::ranges::any_of(audit.items, [&](const Json& row) {
    return row["dialect"].text == dialect &&
           std::ranges::any_of(row["fields"].items,
                               [&](const Json& name) { return name.text == field; });
  });
}

TEST(DialectsAudit, TellsOfEachCreation) {
  for (const auto& maker : Callers()) {
    const std::string id = Make(*maker, {{"email", NewAddress()}});

    const Json audit = AuditOf(id);

    ASSERT_GE(audit.items.size(), 1U) << maker->Name();
    const Json& first = audit.items.back();
    EXPECT_EQ(first["dialect"].text, maker->Name());
    EXPECT_EQ(first["user"].text, id);
    EXPECT_EQ(first["address"].text, "127.0.0.1") << maker->Name();
  }
}

TEST(DialectsAudit, TellsOfEachChangeWithoutItsValue) {
  const std::string id = MakeWithPassword(NewAddress(), "pass word");
  for (const auto& changer : Callers()) {
    const std::string phone = "phone of " + NewName();
    ASSERT_EQ(changer->Change(id, {{"phone", phone}}).status, 200) << changer->Name();
    EXPECT_TRUE(Tells(AuditOf(id), changer->Name(), "phone")) << changer->Name();
  }
  for (const char* changer : {"cscart", "bedita", "brightact", "timeslot"}) {
    const std::string password = "secret of " + NewName();
    ASSERT_EQ(Of(changer).Change(id, {{"password", password}}).status, 200) << changer;
    const std::string text = World().Rosterctl({"audit", "--user", id}).out;
    EXPECT_TRUE(Tells(ParseJson(text), changer, "password")) << changer;
    EXPECT_EQ(text.find(password), std::string::npos) << changer;
  }
}

TEST(DialectsAudit, TellsOfEachDeletion) {
  for (const auto& deleter : Callers()) {
    if (!deleter->CanDelete()) continue;
    const std::string id = MakeWithPassword(NewAddress(), "pass word");
    ASSERT_LT(deleter->Delete(id).status, 300);

    const Json audit = AuditOf(id);

    ASSERT_GE(audit.items.size(), 2U);
    EXPECT_TRUE(std::ranges::any_of(audit.items, [&](const Json& row) {
      return row["dialect"].text == deleter->Name() &&
             row["action"].text.find("delete") != std::string::npos;
    })) << deleter->Name();
  }
}

}  // namespace
}  // namespace rosterd::testing
