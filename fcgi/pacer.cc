#include "fcgi/pacer.h"

#include <unistd.h>

#include <algorithm>

namespace rosterd::fcgi {
namespace {

// In pieces' times: a worker is at work for a third of the time at most.
constexpr int kShortestRest = 2;
// One in so many processors is for the workers of a pool that stands back, all together.
constexpr int kProcessorsEach = 4;
// After a piece for which the database was slow: others may be done long before.
constexpr std::chrono::milliseconds kLongestRest{100};

}  // namespace

int Processors() { return std::max(1, static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN))); }

void Pacer::Worked(Clock::time_point start, Clock::time_point end) {
  if (!stands_back_ || !scoreboard_.AreOthersAtWork(own_.pool)) return;
  const int workers = 1 + static_cast<int>(scoreboard_.PeersAtWork(own_));
  const int pieces = std::max(kShortestRest, kProcessorsEach * workers / processors_ - 1);
  const Clock::duration rest = std::min<Clock::duration>(pieces * (end - start), kLongestRest);
  rest_until_ = std::max(rest_until_, end) + rest;
}

std::chrono::milliseconds Pacer::Rest(Clock::time_point now) const {
  const auto left = std::chrono::floor<std::chrono::milliseconds>(rest_until_ - now);
  return std::max(left, std::chrono::milliseconds::zero());
}

}  // namespace rosterd::fcgi
