#include "directory/hash_slots.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "fcgi/shared.h"

namespace rosterd::directory {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kNoPatience{0};
constexpr milliseconds kPatience{10'000};

/// A child that takes a slot, says so, and holds it until it is killed or told to give it back.
class Holder {
 public:
  explicit Holder(HashSlots& slots) {
    EXPECT_EQ(::pipe(says_), 0);
    EXPECT_EQ(::pipe(hears_), 0);
    pid_ = ::fork();
    if (pid_ == 0) Hold(slots);
    char word = 0;
    EXPECT_EQ(::read(says_[0], &word, 1), 1);
  }
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;
  ~Holder() {
    if (pid_ > 0) Kill();
    for (const int end : {says_[0], says_[1], hears_[0], hears_[1]}) ::close(end);
  }

  int Pid() const { return pid_; }
  void LetGo() const { EXPECT_EQ(::write(hears_[1], "g", 1), 1); }
  int Kill() {
    const int pid = pid_;
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
    pid_ = 0;
    return pid;
  }

 private:
  [[noreturn]] void Hold(HashSlots& slots) const {
    const int slot = slots.Acquire(kPatience);
    char word = 0;
    if (::write(says_[1], "t", 1) != 1) ::_exit(1);
    if (::read(hears_[0], &word, 1) != 1) ::_exit(1);
    slots.Release(slot);
    for (;;) ::pause();
  }

  int says_[2]{};
  int hears_[2]{};
  pid_t pid_ = 0;
};

TEST(HashSlots, GiveNoMoreThanTheLimit) {
  HashSlots slots;
  slots.SetLimit(2);

  EXPECT_EQ(slots.Acquire(kNoPatience), 0);
  EXPECT_EQ(slots.Acquire(kNoPatience), 1);
  EXPECT_EQ(slots.Acquire(kNoPatience), -1);
}

TEST(HashSlots, GiveAgainWhatCameBack) {
  HashSlots slots;
  const int slot = slots.Acquire(kNoPatience);

  slots.Release(slot);

  EXPECT_EQ(slots.Acquire(kNoPatience), slot);
}

TEST(HashSlots, TakeTheReleaseOfNothing) {
  HashSlots slots;
  EXPECT_EQ(slots.Acquire(kNoPatience), 0);

  slots.Release(-1);

  EXPECT_EQ(slots.Acquire(kNoPatience), -1);
}

TEST(HashSlots, AllowOneAtLeastAndSixtyFourAtMost) {
  HashSlots slots;
  slots.SetLimit(0);
  EXPECT_EQ(slots.Acquire(kNoPatience), 0);
  slots.SetLimit(1000);
  for (int slot = 1; slot < HashSlots::kMost; ++slot) EXPECT_EQ(slots.Acquire(kNoPatience), slot);
  EXPECT_EQ(slots.Acquire(kNoPatience), -1);
}

TEST(HashSlots, StayTakenWhileAnotherProcessHoldsThem) {
  const fcgi::Shared<HashSlots> slots;
  const Holder holder(*slots);

  EXPECT_EQ(slots->Acquire(milliseconds{20}), -1);
}

TEST(HashSlots, AreWaitedFor) {
  const fcgi::Shared<HashSlots> slots;
  const Holder holder(*slots);

  holder.LetGo();

  EXPECT_EQ(slots->Acquire(kPatience), 0);
}

TEST(HashSlots, AreNotReleasedBySomebodyElse) {
  const fcgi::Shared<HashSlots> slots;
  const Holder holder(*slots);

  slots->Release(0);

  EXPECT_EQ(slots->Acquire(kNoPatience), -1);
}

TEST(HashSlots, AreCounted) {
  const fcgi::Shared<HashSlots> slots;
  slots->SetLimit(3);
  EXPECT_EQ(slots->InUse(), 0);

  slots->Acquire(kNoPatience);
  const int second = slots->Acquire(kNoPatience);
  EXPECT_EQ(slots->InUse(), 2);

  slots->Release(second);
  EXPECT_EQ(slots->InUse(), 1);
}

TEST(HashSlots, ComeBackWhenTheirHolderWasKilled) {
  const fcgi::Shared<HashSlots> slots;
  Holder holder(*slots);
  const int pid = holder.Kill();
  EXPECT_EQ(slots->Acquire(kNoPatience), -1);

  slots->Reclaim(pid);

  EXPECT_EQ(slots->Acquire(kNoPatience), 0);
}

TEST(HashSlots, OfTheLivingAreNotReclaimed) {
  const fcgi::Shared<HashSlots> slots;
  const Holder holder(*slots);

  slots->Reclaim(holder.Pid() + 1);

  EXPECT_EQ(slots->Acquire(kNoPatience), -1);
}

}  // namespace
}  // namespace rosterd::directory
