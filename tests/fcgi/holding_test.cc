// Answers that a worker keeps back while others follow.
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <array>
#include <functional>
#include <string>
#include <utility>

#include "fcgi/service.h"
#include "fcgi/shared.h"
#include "tests/fcgi/raw_client.h"
#include "tests/fcgi/test_application.h"
#include "tests/fcgi/waiting.h"

namespace rosterd::fcgi::testing {
namespace {

/// A connection of the web server, with both of its ends.
struct Line {
  explicit Line(std::array<int, 2> ends) : near(Descriptor(ends[0])), far(Descriptor(ends[1])) {}
  RawClient near;
  Connection far;
};

std::array<int, 2> Pair() {
  std::array<int, 2> ends{-1, -1};
  ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data());
  return ends;
}

/// Calls back when it is asked for something that is not quick.
class Watched : public TestApplication {
 public:
  Response Handle(const Request& request) override {
    if (!IsQuick(request)) before_slow();
    return TestApplication::Handle(request);
  }
  std::function<void()> before_slow = [] {};
};

class Holding : public ::testing::Test {
 protected:
  Holding() { InitializeFastCgi(); }

  void Serve(Line& line, const std::string& uri, bool others_wait) {
    line.near.Send(Get(uri));
    service_.Serve(line.far, /*may_stream=*/true, others_wait);
  }

  Watched application_;
  Shared<Metrics> metrics_;
  WorkerSlot slot_;
  Service service_{application_, *metrics_, {.max_body = 1000, .max_params = 4000}, slot_};
  Line first_{Pair()};
  Line second_{Pair()};
};

TEST_F(Holding, KeepsAQuickAnswerWhileOthersWait) {
  // Not for more than some milliseconds, so it may be sent at once on a busy machine.
  const auto is_kept = [&] {
    Serve(first_, "/quick?1", /*others_wait=*/true);
    const bool kept = !first_.near.HasAnswer();
    service_.SendHeld();
    return first_.near.Receive().body == "GET /quick?1 " && kept;
  };
  EXPECT_TRUE(Eventually(is_kept));
}

TEST_F(Holding, SendsAllWithTheLastThatNobodyWaitsBehind) {
  Serve(first_, "/quick?1", /*others_wait=*/true);
  Serve(second_, "/quick?2", /*others_wait=*/false);

  EXPECT_EQ(first_.near.Receive().body, "GET /quick?1 ");
  EXPECT_EQ(second_.near.Receive().body, "GET /quick?2 ");
}

TEST_F(Holding, KeepsNothingBackForWhatMayTakeLong) {
  bool was_there = false;
  application_.before_slow = [&] { was_there = first_.near.HasAnswer(); };

  Serve(first_, "/quick", /*others_wait=*/true);
  Serve(second_, "/echo", /*others_wait=*/true);

  EXPECT_TRUE(was_there);
  EXPECT_TRUE(second_.near.HasAnswer());
}

TEST_F(Holding, KeepsNoAnswerOfAConnectionThatCloses) {
  RawRequest request = Get("/quick");
  request.keep = false;
  first_.near.Send(request);

  service_.Serve(first_.far, /*may_stream=*/true, /*others_wait=*/true);

  EXPECT_EQ(first_.near.Receive().body, "GET /quick? ");
  EXPECT_FALSE(first_.far.IsOpen());
}

TEST_F(Holding, ClosesAConnectionWhosePeerHasGone) {
  Serve(first_, "/quick", /*others_wait=*/true);
  first_.near.Close();
  Serve(second_, "/quick", /*others_wait=*/true);
  service_.SendHeld();

  EXPECT_EQ(second_.near.Receive().status_line, "Status: 200 OK");
  // Where the answer was sent before its peer went, the next look at the connection tells.
  EXPECT_FALSE(first_.far.Receive({.max_body = 1, .max_params = 1}).has_value());
  EXPECT_FALSE(first_.far.IsOpen());
}

TEST_F(Holding, ServesTheNextRequestOfTheConnection) {
  for (const std::string number : {"1", "2", "3"}) {
    Serve(first_, "/quick?" + number, /*others_wait=*/true);
    service_.SendHeld();
    EXPECT_EQ(first_.near.Receive().body, "GET /quick?" + number + " ");
  }
  EXPECT_NE(metrics_->Text().find("} 3\n"), std::string::npos) << "all are counted";
}

}  // namespace
}  // namespace rosterd::fcgi::testing
