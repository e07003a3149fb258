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
    board_->used = 2;
    board_->workers[0].pool = kReads;
    board_->workers[1].pool = kSlow;
    for (WorkerSlot& slot : board_->workers) slot.pid = 1;
    Slow().BeginWork();
  }

  WorkerSlot& Reader() { return board_->workers[0]; }
  WorkerSlot& Slow() { return board_->workers[1]; }

  std::unique_ptr<Scoreboard> board_ = std::make_unique<Scoreboard>();
  Pacer pacer_{*board_, kSlow, /*stands_back=*/true};
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
  Pacer pacer{*board_, kSlow, /*stands_back=*/false};

  pacer.Worked(start_, start_ + 5ms);

  EXPECT_EQ(pacer.Rest(start_ + 5ms), 0ms);
}

}  // namespace
}  // namespace rosterd::fcgi
