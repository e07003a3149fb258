// DESIGN.md 2, rule 1: one winner, whoever races.

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/e2e/dialects/world.h"

namespace rosterd::testing {
namespace {

TEST(DialectsRaces, OfCreatesThroughAllDialectsHaveOneWinner) {
  for (int round = 0; round < 5; ++round) {
    const std::string email = NewAddress();
    std::vector<HttpRequest> requests;
    std::vector<const Caller*> owners;
    for (int i = 0; i < 20; ++i) {
      const Caller& caller = *Callers()[i % Callers().size()];
      requests.push_back(caller.Create({{"email", email}}));
      owners.push_back(&caller);
    }

    const std::vector<HttpResponse> answers = SendAll(requests, 20);

    int winners = 0;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      const bool won = !owners[i]->IdOf(answers[i]).empty();
      winners += won ? 1 : 0;
      if (won) continue;
      EXPECT_GE(answers[i].status, 400) << owners[i]->Name() << answers[i].body;
      EXPECT_LT(answers[i].status, 500) << owners[i]->Name() << answers[i].body;
    }
    EXPECT_EQ(winners, 1);
    EXPECT_EQ(World().Sql("SELECT COUNT(*) FROM users WHERE email = '" + email + "'"), "1\n");
  }
}

TEST(DialectsRaces, OfChangesOfOnePersonAllSucceed) {
  const std::string id = MakeWithPassword(NewAddress(), "pass word");
  const auto put = [&](const std::string& phone) {
    return PlainRequest(
        World(), "PUT",
        "/api/v1/user/" + id + "?key=" + World().Credential("brightact", "admin_key"),
        "application/x-www-form-urlencoded", "mobile=" + phone);
  };
  std::vector<HttpRequest> requests;
  for (int i = 0; i < 10; ++i) {
    requests.push_back(put(std::to_string(100 + i)));
    requests.push_back(BeditaRequest(World(), "PATCH", "/users/" + id,
                                     R"({"data":{"type":"users","id":)" + Quoted(id) +
                                         R"(,"attributes":{"surname":"S)" + std::to_string(i) +
                                         "\"}}}"));
  }

  for (const HttpResponse& answer : SendAll(requests, 20))
    EXPECT_EQ(answer.status, 200) << answer.body;

  EXPECT_EQ(Of("cscart").Show(id)["phone"].substr(0, 2), "10");
  EXPECT_EQ(Of("cocoaheads").Show(id)["last_name"].substr(0, 1), "S");
}

}  // namespace
}  // namespace rosterd::testing
