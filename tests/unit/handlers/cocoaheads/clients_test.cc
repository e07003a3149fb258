#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "tests/unit/handlers/cocoaheads/world.h"

namespace rosterd::cocoaheads {
namespace {

constexpr char kDevice[] = "A1B2C3D4E5F60718293A4B5C6D7E8F90A1B2C3D4E5F60718293A4B5C6D7E8F90";

std::string Body(const std::string& token) { return R"({"push_token":")" + token + "\"}"; }

class CocoaheadsClients : public ::testing::Test {
 protected:
  Reply Register(const std::string& body) {
    return world_.Post("/users/clients", body, vera_.token);
  }
  std::string Count() { return world_.AskDatabase("SELECT COUNT(*) FROM cocoaheads_clients"); }

  World world_;
  Member vera_ = world_.Join();
};

TEST_F(CocoaheadsClients, AnswersTheRegistration) {
  const Reply reply = Register(Body(kDevice));

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, R"({"id":)" + world_.AskDatabase("SELECT id FROM cocoaheads_clients") +
                            R"(,"user_id":)" + vera_.id + R"(,"push_token":")" + kDevice + "\"}");
}

TEST_F(CocoaheadsClients, KeepsOneRowAPersonWithItsId) {
  const std::string id = Register(Body("first")).Member("id");

  const Reply again = Register(Body("second"));

  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.Member("id"), id);
  EXPECT_EQ(again.Member("push_token"), "second");
  EXPECT_EQ(Register(Body("second")).body, again.body);
  EXPECT_EQ(Count(), "1");
}

TEST_F(CocoaheadsClients, TakesTheTokenAlsoFromTheQueryAndTheBodyFirst) {
  const std::string path = "/users/clients?push_token=query%20one";
  EXPECT_EQ(
      world_.Send({.method = "POST", .target = path, .token = vera_.token}).Member("push_token"),
      "query one");
  EXPECT_EQ(world_.Post(path, Body("body"), vera_.token).Member("push_token"), "body");
}

TEST_F(CocoaheadsClients, WantsATokenOfOneTo255Characters) {
  for (const std::string& body :
       {std::string("{}"), Body(""), Body("  "), Body(std::string(256, 'a')),
        std::string(R"({"push_token":null})"), std::string(R"({"push_token":true})"),
        std::string(R"({"push_token":"a\u0000"})")}) {
    EXPECT_EQ(Register(body).status, 400) << body;
  }
  EXPECT_EQ(Count(), "0");
  EXPECT_EQ(Register(Body(" " + std::string(255, 'a') + " ")).Member("push_token"),
            std::string(255, 'a'));
  EXPECT_EQ(
      world_
          .Send({.method = "POST", .target = "/users/clients?push_token=%FF", .token = vera_.token})
          .status,
      400);
}

TEST_F(CocoaheadsClients, TellsTokensApartByEveryByte) {
  const Member anna = world_.Join("anna@example.org");
  Register(Body("abc"));
  world_.Post("/users/clients", Body("ABC"), anna.token);
  EXPECT_EQ(Count(), "2");
}

TEST_F(CocoaheadsClients, MovesADeviceToWhoRegistersItLast) {
  const Member anna = world_.Join("anna@example.org");
  Register(Body(kDevice));

  EXPECT_EQ(world_.Post("/users/clients", Body(kDevice), anna.token).Member("user_id"), anna.id);

  EXPECT_EQ(world_.AskDatabase("SELECT GROUP_CONCAT(user_id) FROM cocoaheads_clients"), anna.id);
  EXPECT_EQ(world_.AskDatabase("SELECT COUNT(*) FROM audit WHERE action = 'push.remove'"
                               " AND user_id = " +
                               vera_.id + " AND actor_id = " + anna.id),
            "1");
}

TEST_F(CocoaheadsClients, MovesADeviceToWhoHasAnotherOne) {
  const Member anna = world_.Join("anna@example.org");
  Register(Body(kDevice));
  const std::string id = world_.Post("/users/clients", Body("old"), anna.token).Member("id");

  EXPECT_EQ(world_.Post("/users/clients", Body(kDevice), anna.token).Member("id"), id);
  EXPECT_EQ(Count(), "1");
}

TEST_F(CocoaheadsClients, BearsParallelRegistrationsOfOnePerson) {
  std::vector<std::thread> threads;
  std::vector<int> statuses(8, 0);
  for (size_t i = 0; i < statuses.size(); ++i) {
    threads.emplace_back([&, i] {
      Worker worker(world_.Settings());
      const Reply reply = worker.Send({.method = "POST",
                                       .target = "/users/clients",
                                       .body = Body("device-" + std::to_string(i % 2)),
                                       .token = vera_.token});
      statuses[i] = reply.status;
    });
  }
  for (std::thread& thread : threads) thread.join();

  EXPECT_THAT(statuses, ::testing::Each(200));
  EXPECT_EQ(Count(), "1");
}

TEST_F(CocoaheadsClients, BearsParallelRegistrationsOfOneDevice) {
  const Member anna = world_.Join("anna@example.org");
  std::vector<std::thread> threads;
  std::vector<int> statuses(6, 0);
  for (size_t i = 0; i < statuses.size(); ++i) {
    threads.emplace_back([&, i] {
      Worker worker(world_.Settings());
      const Reply reply = worker.Send({.method = "POST",
                                       .target = "/users/clients",
                                       .body = Body(kDevice),
                                       .token = i % 2 == 0 ? vera_.token : anna.token});
      statuses[i] = reply.status;
    });
  }
  for (std::thread& thread : threads) thread.join();

  EXPECT_THAT(statuses, ::testing::Each(200));
  EXPECT_EQ(Count(), "1");
}

TEST_F(CocoaheadsClients, AsksForATokenOfTheUser) {
  EXPECT_EQ(world_.Post("/users/clients", Body(kDevice)).status, 401);
}

TEST_F(CocoaheadsClients, EndsOnesOwnRegistration) {
  Register(Body(kDevice));
  const Ask remove{
      .method = "DELETE", .target = "/users/clients/" + vera_.id, .token = vera_.token};

  const Reply reply = world_.Send(remove);

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, R"({"message":"Registration removed"})");
  EXPECT_EQ(Count(), "0");
  EXPECT_EQ(world_.Send(remove).status, 404);
}

TEST_F(CocoaheadsClients, EndsNobodyElsesRegistration) {
  const Member anna = world_.Join("anna@example.org");
  Register(Body(kDevice));
  EXPECT_EQ(
      world_
          .Send(
              {.method = "DELETE", .target = "/user/notification/" + vera_.id, .token = anna.token})
          .status,
      403);
  EXPECT_EQ(
      world_.Send({.method = "DELETE", .target = "/users/clients/77777777", .token = anna.token})
          .status,
      404);
  EXPECT_EQ(Count(), "1");
}

}  // namespace
}  // namespace rosterd::cocoaheads
