#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <memory>
#include <vector>

#include "tests/fcgi/raw_client.h"
#include "tests/fcgi/test_server.h"
#include "tests/fcgi/waiting.h"

namespace rosterd::fcgi::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Serving : public ::testing::Test {
 protected:
  static ServerOptions OneWorker(const std::string& socket) {
    ServerOptions options = TestOptions(socket);
    options.pools[0].workers = 1;
    options.max_body = 1000;
    options.max_params = 4000;
    options.max_streams = 2;
    return options;
  }

  RawAnswer Ask(const RawRequest& request) {
    RawClient client(socket_);
    client.Send(request);
    return client.Receive();
  }

  Folder folder_;
  std::string socket_ = folder_ / "s";
  TestServer server_{folder_, OneWorker(socket_)};
};

TEST_F(Serving, AnswersWithStatusHeadersAndBody) {
  RawRequest request = Get("/echo%2Fx?a=b");
  request.params.emplace_back("REQUEST_ID", "abc123");

  const RawAnswer answer = Ask(request);

  EXPECT_EQ(answer.text,
            "Status: 200 OK\r\n"
            "Content-Type: text/plain\r\n"
            "X-Request-Id: abc123\r\n"
            "Content-Length: 18\r\n"
            "\r\n"
            "GET /echo%2Fx?a=b ");
}

TEST_F(Serving, KeepsTheConnectionForTheNextRequest) {
  RawClient client(socket_);
  client.Send(Get("/echo"));
  client.Receive();

  client.Send(Post("/echo", "second"));

  EXPECT_EQ(client.Receive().body, "POST /echo? second");
}

TEST_F(Serving, ClosesTheConnectionOfAPeerThatDoesNotKeepIt) {
  RawRequest request = Get("/echo");
  request.keep = false;
  RawClient client(socket_);
  client.Send(request);

  EXPECT_TRUE(client.Receive().complete);
  EXPECT_TRUE(client.Receive().closed);
}

TEST_F(Serving, ReadsABodyOfManyRecords) {
  RawRequest request = Post("/echo", std::string(1000, 'b'));
  RawClient client(socket_);
  client.SendBytes(RecordsWithoutBody(request));
  for (int i = 0; i < 1000; ++i) client.SendBytes(BodyRecord("b"));
  client.SendBytes(BodyRecord(""));

  EXPECT_EQ(client.Receive().body, "POST /echo? " + std::string(1000, 'b'));
}

TEST_F(Serving, AnswersEveryOneOfManyKeptConnections) {
  std::vector<std::unique_ptr<RawClient>> clients;
  clients.reserve(256);
  for (int i = 0; i < 256; ++i) clients.push_back(std::make_unique<RawClient>(socket_));

  int answered = 0;
  for (int round = 0; round < 3; ++round) {
    for (const auto& client : clients) client->Send(Get("/echo"));
    for (const auto& client : clients) answered += client->Receive().complete ? 1 : 0;
  }

  EXPECT_EQ(answered, 3 * 256);
}

TEST_F(Serving, LeavesTheBodyOfHeadOut) {
  RawRequest request = Get("/big?5");
  request.params[0].second = "HEAD";

  const RawAnswer answer = Ask(request);

  EXPECT_THAT(answer.headers, HasSubstr("\r\nContent-Length: 5\r\n"));
  EXPECT_EQ(answer.body, "");
}

TEST_F(Serving, SendsALongBodyWhole) {
  EXPECT_EQ(Ask(Get("/big?3000000")).body, std::string(3000000, 'x'));
}

TEST_F(Serving, KeepsTheConnectionBehindABodyOfSomeRecords) {
  RawClient client(socket_);
  client.Send(Get("/big?131056"));
  EXPECT_EQ(client.Receive().body, std::string(131056, 'x'));

  client.Send(Get("/echo"));

  EXPECT_EQ(client.Receive().body, "GET /echo? ");
}

TEST_F(Serving, SendsAStreamPieceByPieceWithoutALength) {
  const RawAnswer answer = Ask(Get("/stream?3"));

  EXPECT_EQ(answer.body, "piece 0\npiece 1\npiece 2\n");
  EXPECT_THAT(answer.headers, Not(HasSubstr("Content-Length")));
}

TEST_F(Serving, BreaksOffWhenAStreamThrows) {
  const RawAnswer answer = Ask(Get("/break?3"));

  EXPECT_FALSE(answer.complete);
  EXPECT_TRUE(answer.closed);
}

TEST_F(Serving, StopsAStreamWhosePeerIsGone) {
  {
    RawClient client(socket_);
    client.Send(Get("/stream?100000000"));
  }
  EXPECT_EQ(Ask(Get("/echo")).body, "GET /echo? ");
}

TEST_F(Serving, AnswersOthersBetweenThePiecesOfAStream) {
  RawRequest stream = Get("/drip?30");
  stream.params.emplace_back("REQUEST_ID", "dripping");
  RawClient client(socket_);
  client.Send(stream);

  EXPECT_EQ(Ask(Get("/echo")).body, "GET /echo? ");

  EXPECT_THAT(server_.LogText(), Not(HasSubstr("id=dripping")));
  EXPECT_THAT(client.Receive().body, ::testing::EndsWith("piece 29\n"));
  EXPECT_TRUE(
      Eventually([&] { return server_.LogText().find("id=dripping") != std::string::npos; }));
  client.Send(Get("/echo"));
  EXPECT_EQ(client.Receive().body, "GET /echo? ");
}

TEST_F(Serving, AnswersOthersWhileNobodyReadsAStream) {
  RawClient client(socket_);
  client.Send(Get("/stream?200000"));

  for (int i = 0; i < 100; ++i) EXPECT_EQ(Ask(Get("/echo")).body, "GET /echo? ");

  EXPECT_THAT(client.Receive().body, ::testing::EndsWith("piece 199999\n"));
}

class StandingBack : public ::testing::Test {
 protected:
  ServerOptions TwoPools() const {
    ServerOptions options = TestOptions(socket_);
    options.pools[0].workers = 1;
    options.pools[0].nice = 1;
    options.pools.push_back({.name = "first", .socket = first_, .workers = 1});
    return options;
  }
  bool Logs(const std::string& text) const {
    return server_.LogText().find(text) != std::string::npos;
  }

  Folder folder_;
  std::string socket_ = folder_ / "s";
  std::string first_ = folder_ / "first";
  TestServer server_{folder_, TwoPools()};
};

TEST_F(StandingBack, StreamsGoOnWhileAnotherPoolIsAtWork) {
  RawClient busy(first_);
  busy.Send(Get("/sleep?1000"));
  ASSERT_TRUE(Eventually([&] { return Logs("sleeping"); }));
  RawClient reader(socket_);
  RawClient other(socket_);
  reader.Send(Get("/stream?2000"));
  other.Send(Get("/stream?2000"));

  RawClient between(socket_);
  between.Send(Get("/echo"));
  EXPECT_EQ(between.Receive().body, "GET /echo? ");

  EXPECT_THAT(reader.Receive().body, ::testing::EndsWith("piece 1999\n"));
  EXPECT_THAT(other.Receive().body, ::testing::EndsWith("piece 1999\n"));
}

TEST_F(Serving, RefusesMoreStreamsThanItMayHold) {
  RawClient first(socket_);
  first.Send(Get("/stream?100000000"));
  RawClient second(socket_);
  second.Send(Get("/stream?100000000"));
  ASSERT_EQ(Ask(Get("/echo")).body, "GET /echo? ");

  EXPECT_EQ(Ask(Get("/stream?1")).body, "failed 503");
  EXPECT_EQ(Ask(Get("/echo")).body, "GET /echo? ");

  first.Close();
  EXPECT_TRUE(Eventually([&] { return Ask(Get("/stream?1")).body == "piece 0\n"; }));
}

TEST_F(Serving, AnswersFiveHundredWhenTheHandlerThrows) {
  RawRequest request = Get("/throw");
  request.params.emplace_back("REQUEST_ID", "abc123");

  const RawAnswer answer = Ask(request);

  EXPECT_EQ(answer.status_line, "Status: 500 Internal Server Error");
  EXPECT_EQ(answer.body, "failed 500");
  EXPECT_THAT(server_.LogText(),
              HasSubstr("<3>id=abc123 the handler threw: the handler is broken\n"));
  EXPECT_EQ(Ask(Get("/echo")).status_line, "Status: 200 OK");
}

TEST_F(Serving, RefusesARepeatedAuthorization) {
  RawRequest request = Get("/echo");
  request.params.emplace_back("HTTP_AUTHORIZATION", "Basic YTpi");
  request.params.emplace_back("HTTP_AUTHORIZATION", "Basic YTpj");

  EXPECT_EQ(Ask(request).body, "failed 400");
}

TEST_F(Serving, RefusesARepeatedContentLength) {
  RawRequest request = Post("/echo", "four");
  request.params.emplace_back("CONTENT_LENGTH", "4");

  EXPECT_EQ(Ask(request).body, "failed 400");
}

TEST_F(Serving, RefusesALengthThatIsNoNumber) {
  RawRequest request = Post("/echo", "four");
  request.params[2].second = "4x";

  EXPECT_EQ(Ask(request).body, "failed 400");
}

TEST_F(Serving, RefusesTooManyParameters) {
  RawRequest request = Get("/echo");
  request.params.emplace_back("HTTP_LONG", std::string(4000, 'x'));

  EXPECT_EQ(Ask(request).body, "failed 400");
}

TEST_F(Serving, ReadsALongBodyAwayAndServesTheNextRequest) {
  RawClient client(socket_);
  client.Send(Post("/echo", std::string(1001, 'x')));
  EXPECT_EQ(client.Receive().status_line, "Status: 413 Content Too Large");

  client.Send(Get("/echo"));

  EXPECT_EQ(client.Receive().body, "GET /echo? ");
}

TEST_F(Serving, AnswersNothingToABodyCutShort) {
  RawRequest request = Post("/echo", "whole body");
  request.body = "whole";
  RawClient client(socket_);
  client.Send(request);

  const RawAnswer answer = client.Receive();

  EXPECT_EQ(answer.text, "");
  EXPECT_TRUE(answer.closed);
  EXPECT_EQ(Ask(Get("/echo")).body, "GET /echo? ");
}

TEST_F(Serving, AnswersNothingToABodyThatIsTooLong) {
  RawRequest request = Post("/echo", "body");
  request.body = "body and more";

  EXPECT_EQ(Ask(request).text, "");
}

TEST_F(Serving, SurvivesAPeerThatIsGoneInMidBody) {
  {
    RawClient client(socket_);
    client.SendBytes(RecordsWithoutBody(Post("/echo", std::string(500, 'x'))));
    client.SendBytes(BodyRecord("half"));
  }
  EXPECT_EQ(Ask(Get("/echo")).body, "GET /echo? ");
}

TEST_F(Serving, DropsAPeerThatStopsInMidRecord) {
  RawClient half(socket_);
  half.SendBytes(Records(Get("/echo")).substr(0, 11));

  EXPECT_EQ(Ask(Get("/echo")).body, "GET /echo? ");
  EXPECT_TRUE(half.Receive().closed);
}

TEST_F(Serving, DropsAPeerThatDoesNotSpeakFastCgi) {
  RawClient http(socket_);
  http.SendBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");

  EXPECT_TRUE(http.Receive().closed);
  EXPECT_EQ(Ask(Get("/echo")).body, "GET /echo? ");
}

TEST_F(Serving, LetsSilentPeersWaitWithoutServingThemFirst) {
  std::vector<std::unique_ptr<RawClient>> silent;
  silent.reserve(32);
  for (int i = 0; i < 32; ++i) silent.push_back(std::make_unique<RawClient>(socket_));

  EXPECT_EQ(Ask(Get("/echo")).body, "GET /echo? ");
  silent.back()->Send(Get("/echo"));
  EXPECT_EQ(silent.back()->Receive().body, "GET /echo? ");
}

TEST_F(Serving, EndsOnTermAmongPeersThatNeverEnd) {
  const RawClient silent(socket_);
  RawClient half(socket_);
  half.SendBytes(Records(Get("/echo")).substr(0, 11));
  RawClient kept(socket_);
  kept.Send(Get("/echo"));
  kept.Receive();

  server_.Signal(SIGTERM);

  EXPECT_EQ(server_.WaitForEnd(), 0);
  EXPECT_TRUE(kept.Receive().closed);
}

TEST_F(Serving, WritesOneLineForARequestWithoutWhatTheClientSent) {
  RawRequest request = Post("/echo/hidden?secret=1", "hushed");
  request.params.emplace_back("REQUEST_ID", "abc123");
  request.params.emplace_back("ROSTERD_DIALECT", "test");
  Ask(request);

  ASSERT_TRUE(Eventually([&] { return server_.LogText().find("id=abc123") != std::string::npos; }));
  const std::string log = server_.LogText();
  EXPECT_THAT(log, ::testing::ContainsRegex(
                       "<6>time=20[0-9-]+T[0-9:]+\\.[0-9][0-9][0-9]Z id=abc123 dialect=test "
                       "method=POST route=echo status=200 us=[0-9]+ db_us=0 person=7\n"));
  EXPECT_THAT(log, Not(HasSubstr("hidden")));
  EXPECT_THAT(log, Not(HasSubstr("secret")));
  EXPECT_THAT(log, Not(HasSubstr("hushed")));
}

TEST_F(Serving, TellsHowThePoolsStand) {
  const std::string text = Ask(Get("/metrics")).body;

  EXPECT_THAT(text, HasSubstr("\nrosterd_workers{pool=\"test\",state=\"busy\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("\nrosterd_workers{pool=\"test\",state=\"idle\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("\nrosterd_worker_restarts_total{pool=\"test\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("\nrosterd_queue{pool=\"test\"} 0\n"));
}

TEST_F(Serving, CountsConnectionsThatWaitForAccept) {
  RawClient busy(socket_);
  busy.Send(Get("/sleep?500"));
  RawClient asking(socket_);
  asking.Send(Get("/metrics"));
  const RawClient waiting(socket_);
  const RawClient another(socket_);

  // Accepted one by one: when the question is served, the two behind it are still waiting.
  EXPECT_THAT(asking.Receive().body,
              ::testing::ContainsRegex("rosterd_queue\\{pool=\"test\"\\} [12]"));
}

}  // namespace
}  // namespace rosterd::fcgi::testing
