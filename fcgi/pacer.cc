#include "fcgi/pacer.h"

#include <algorithm>

namespace rosterd::fcgi {
namespace {

constexpr int kRestPerWork = 2;
// After a piece for which the database was slow: others may be done long before.
constexpr std::chrono::milliseconds kLongestRest{100};

}  // namespace

void Pacer::Worked(Clock::time_point start, Clock::time_point end) {
  if (!stands_back_ || !scoreboard_.AreOthersAtWork(pool_)) return;
  const Clock::duration rest =
      std::min<Clock::duration>(kRestPerWork * (end - start), kLongestRest);
  rest_until_ = std::max(rest_until_, end) + rest;
}

std::chrono::milliseconds Pacer::Rest(Clock::time_point now) const {
  const auto left = std::chrono::floor<std::chrono::milliseconds>(rest_until_ - now);
  return std::max(left, std::chrono::milliseconds::zero());
}

}  // namespace rosterd::fcgi
