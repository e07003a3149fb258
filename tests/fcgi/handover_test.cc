#include "fcgi/handover.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <array>
#include <string>

namespace rosterd::fcgi {
namespace {

TEST(Handover, PassesAConnectionOnWithWhatHasCome) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
  const Descriptor client(ends[0]);
  Descriptor server(ends[1]);
  const Handover handover;
  ASSERT_EQ(::send(client.Number(), "early", 5, 0), 5);

  EXPECT_TRUE(handover.Give(server.Number()));
  server = Descriptor();
  const Descriptor taken = handover.Take();

  std::string text(5, '\0');
  ASSERT_TRUE(taken.IsOpen());
  EXPECT_EQ(::recv(taken.Number(), text.data(), text.size(), 0), 5);
  EXPECT_EQ(text, "early");
}

TEST(Handover, HasNothingWhenNothingWasGiven) {
  const Handover handover;

  EXPECT_FALSE(handover.Take().IsOpen());
}

TEST(Handover, SaysWhenItIsFullAndLosesNothing) {
  const Handover handover;
  const Descriptor any(::socket(AF_UNIX, SOCK_STREAM, 0));
  int given = 0;
  while (given < 100000 && handover.Give(any.Number())) ++given;

  int taken = 0;
  while (handover.Take().IsOpen()) ++taken;

  EXPECT_GT(given, 10);
  EXPECT_EQ(taken, given);
}

}  // namespace
}  // namespace rosterd::fcgi
