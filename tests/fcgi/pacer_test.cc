#include "fcgi/pacer.h"

#include <gtest/gtest.h>

#include <memory>

namespace rosterd::fcgi {
namespace {

using namespace std::chrono_literals;

constexpr size_t kReads = 0;
constexpr size_t kSlow = 2;

class Streams : public ::testing::Test {
 protected:
  Streams() {
    board_->used = 4;
    board_->workers[0].pool = kReads;
    for (size_t i = 1; i < 4; ++i) board_->workers[i].pool = kSlow;
    for (WorkerSlot& slot : board_->workers) slot.pid = 1;
    Slow().BeginWork();
  }

  WorkerSlot& Reader() { return board_->workers[0]; }
  WorkerSlot& Slow() { return board_->workers[1]; }
  WorkerSlot& SlowPeer(size_t number) { return board_->workers[2 + number]; }

  std::unique_ptr<Scoreboard> board_ = std::make_unique<Scoreboard>();
  Pacer pacer_{*board_, Slow(), /*stands_back=*/true, /*processors=*/2};
  Pacer::Clock::time_point start_{1h};
};

TEST_F(Streams, RestTwiceAsLongAsTheirPieceTookWhileAnotherPoolIsAtWork) {
  Reader().BeginWork();

  pacer_.Worked(start_, start_ + 5ms);

  EXPECT_EQ(pacer_.Rest(start_ + 5ms), 10ms);
  EXPECT_EQ(pacer_.Rest(start_ + 11ms), 4ms);
  EXPECT_EQ(pacer_.Rest(start_ + 15ms), 0ms);
  EXPECT_EQ(pacer_.Rest(start_ + 1h), 0ms);
}

TEST_F(Streams, RestLongerTheMoreWorkersOfTheirPoolAreAtWork) {
  Reader().BeginWork();
  SlowPeer(0).BeginWork();
  SlowPeer(1).resting = true;

  pacer_.Worked(start_, start_ + 5ms);

  EXPECT_EQ(pacer_.Rest(start_ + 5ms), 25ms);
}

TEST_F(Streams, RestNoLongerBesidePeersWhereProcessorsAreMany) {
  Reader().BeginWork();
  SlowPeer(0).BeginWork();
  SlowPeer(1).BeginWork();
  Pacer pacer{*board_, Slow(), /*stands_back=*/true, /*processors=*/16};

  pacer.Worked(start_, start_ + 5ms);

  EXPECT_EQ(pacer.Rest(start_ + 5ms), 10ms);
}

TEST_F(Streams, DoNotRestWhileTheirOwnPoolIsAtWork) {
  pacer_.Worked(start_, start_ + 5ms);

  EXPECT_EQ(pacer_.Rest(start_ + 5ms), 0ms);
}

TEST_F(Streams, DoNotRestAfterTheOthersAreDone) {
  Reader().BeginWork();
  Reader().EndWork();

  pacer_.Worked(start_, start_ + 5ms);

  EXPECT_EQ(pacer_.Rest(start_ + 5ms), 0ms);
}

TEST_F(Streams, DoNotRestForAWorkerThatHasDied) {
  Reader().BeginWork();
  Reader().pid = 0;

  pacer_.Worked(start_, start_ + 5ms);

  EXPECT_EQ(pacer_.Rest(start_ + 5ms), 0ms);
}

TEST_F(Streams, AddUpRestsThatAreTooShortToWait) {
  Reader().BeginWork();

  pacer_.Worked(start_, start_ + 300us);
  EXPECT_EQ(pacer_.Rest(start_ + 300us), 0ms);
  pacer_.Worked(start_ + 300us, start_ + 600us);

  EXPECT_EQ(pacer_.Rest(start_ + 400us), 1ms);
}

TEST_F(Streams, DoNotRestLongAfterAPieceForWhichTheDatabaseWasSlow) {
  Reader().BeginWork();

  pacer_.Worked(start_, start_ + 10s);

  EXPECT_EQ(pacer_.Rest(start_ + 10s), 100ms);
}

TEST_F(Streams, NeverRestInAPoolThatDoesNotStandBack) {
  Reader().BeginWork();
  Pacer pacer{*board_, Slow(), /*stands_back=*/false, /*processors=*/2};

  pacer.Worked(start_, start_ + 5ms);

  EXPECT_EQ(pacer.Rest(start_ + 5ms), 0ms);
}

}  // namespace
}  // namespace rosterd::fcgi
