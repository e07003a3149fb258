#include "tests/fault/traffic.h"

#include <utility>

#include "tests/fcgi/waiting.h"

namespace rosterd::testing {
namespace {

constexpr int kRequestsAtMost = 60000;
constexpr int kRoundsOnOneConnection = 6;

bool AwaitCount(const std::atomic<int>& count, int more) {
  const int wanted = count + more;
  return fcgi::testing::Eventually([&] { return count >= wanted; }, std::chrono::seconds(60));
}

}  // namespace

Traffic::Traffic(int concurrency, Maker make)
    : make_(std::move(make)), thread_([this, concurrency] { Run(concurrency); }) {}

Traffic::~Traffic() { End(); }

void Traffic::Run(int concurrency) {
  for (int number = 0; !ending_ && number < kRequestsAtMost;) {
    std::vector<HttpRequest> requests;
    const int count = kRoundsOnOneConnection * concurrency;
    requests.reserve(static_cast<size_t>(count));
    for (int i = 0; i < count; ++i) {
      requests.push_back(make_(number++));
    }
    std::vector<HttpResponse> responses = SendAll(requests, concurrency);
    for (size_t i = 0; i < requests.size(); ++i) {
      if (responses[i].status >= 200 && responses[i].status < 300) ++good_;
      sent_.push_back({std::move(requests[i]), std::move(responses[i])});
    }
    answered_ += static_cast<int>(requests.size());
  }
}

bool Traffic::Await(int more) const { return AwaitCount(answered_, more); }

bool Traffic::AwaitGood(int more) const { return AwaitCount(good_, more); }

std::vector<Traffic::Sent> Traffic::End() {
  ending_ = true;
  if (thread_.joinable()) thread_.join();
  return std::move(sent_);
}

}  // namespace rosterd::testing
