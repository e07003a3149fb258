// What a peer of the workers' own sockets may do wrong; nginx never does.
#include <gtest/gtest.h>

#include <csignal>
#include <list>

#include "tests/fault/calls.h"
#include "tests/fault/processes.h"
#include "tests/fault/reload.h"
#include "tests/fcgi/raw_client.h"

namespace rosterd::testing {
namespace {

using fcgi::testing::BodyRecord;
using fcgi::testing::RawClient;
using fcgi::testing::RawRequest;

constexpr int kPeers = 10;  // more than there are workers of a pool

std::string Socket(const Stack& stack) { return stack.State() / "run/write.sock"; }

/// The POST that creates a customer, as nginx passes it on.
RawRequest Customer(const Stack& stack, const std::string& email) {
  RawRequest request =
      fcgi::testing::Post("/api/2.0/users", "email=" + email + "&user_type=C&company_id=1");
  request.params.insert(
      request.params.end(),
      {{"ROSTERD_DIALECT", "cscart"},
       {"ROSTERD_PREFIX", ""},
       {"REMOTE_ADDR", "127.0.0.1"},
       {"CONTENT_TYPE", "text/plain"},
       {"HTTP_AUTHORIZATION", "Basic " + Base64(stack.AdminEmail() + ":" + stack.AdminKey())}});
  return request;
}

void ExpectAllWell(const Stack& stack, const std::string& email) {
  EXPECT_EQ(Send(NewCustomer(stack, email)).status, 201);
  EXPECT_EQ(CountOf(stack, email), 1);
}

TEST(WorkerSocket, TakesAWholeRequest) {
  const Stack& stack = SharedStack();
  RawClient peer(Socket(stack));
  ASSERT_TRUE(peer.Send(Customer(stack, "whole@example.com")));
  EXPECT_EQ(peer.Receive().status_line, "Status: 201 Created");
}

TEST(WorkerSocket, SurvivesGarbage) {
  const Stack& stack = SharedStack();
  const std::vector<pid_t> workers = Children(stack.MasterPid());
  for (int i = 0; i < kPeers; ++i) {
    RawClient peer(Socket(stack));
    peer.SendBytes("GET / HTTP/1.1\r\nHost: not FastCGI\r\n\r\n");
    EXPECT_FALSE(peer.Receive().complete);
  }
  ExpectAllWell(stack, "after-garbage@example.com");
  EXPECT_EQ(Children(stack.MasterPid()), workers);
}

TEST(WorkerSocket, StoresNothingOfABodyCutShort) {
  const Stack& stack = SharedStack();
  for (int i = 0; i < kPeers; ++i) {
    const RawRequest request = Customer(stack, "cut@example.com");
    RawClient peer(Socket(stack));
    // What came is a form that could be stored, if only its length were right.
    peer.SendBytes(fcgi::testing::RecordsWithoutBody(request) +
                   BodyRecord(request.body.substr(0, request.body.size() - 1)));
    peer.Close();
  }
  ExpectAllWell(stack, "after-cut@example.com");
  EXPECT_EQ(CountOf(stack, "cut@example.com"), 0);
}

TEST(WorkerSocket, StoresNothingOfABodyThatIsShorterThanPromised) {
  const Stack& stack = SharedStack();
  const RawRequest request = Customer(stack, "short@example.com");
  RawClient peer(Socket(stack));
  peer.SendBytes(fcgi::testing::RecordsWithoutBody(request) +
                 BodyRecord(request.body.substr(0, request.body.size() - 1)) + BodyRecord(""));
  EXPECT_FALSE(peer.Receive().complete);
  ExpectAllWell(stack, "after-short@example.com");
  EXPECT_EQ(CountOf(stack, "short@example.com"), 0);
}

TEST(WorkerSocket, HasRoomBesideSilentPeers) {
  const Stack& stack = SharedStack();
  std::list<RawClient> silent;
  for (int i = 0; i < kPeers; ++i) silent.emplace_back(Socket(stack));
  ExpectAllWell(stack, "beside-peers@example.com");
}

// A worker reads one request at a time, so half a record holds it until it counts as stuck.
TEST(WorkerSocket, IsFreeAgainWhenAPeerStopsInMidRecord) {
  const Stack& stack = SharedStack();
  const ChangedSettings settings(stack, "server:\n  request_timeout: 2s\n");
  const std::string records = fcgi::testing::Records(Customer(stack, "record@example.com"));
  std::list<RawClient> silent;
  for (int i = 0; i < kPeers; ++i) {
    silent.emplace_back(Socket(stack));
    silent.back().SendBytes(std::string_view(records).substr(0, records.size() / 2));
  }
  ASSERT_TRUE(Eventually([&] { return !BusyChildren(stack.MasterPid()).empty(); }));

  EXPECT_TRUE(Eventually(
      [&] { return Send(NewCustomer(stack, "after-record@example.com")).status == 201; }));
  EXPECT_EQ(CountOf(stack, "record@example.com"), 0);
}

}  // namespace
}  // namespace rosterd::testing
