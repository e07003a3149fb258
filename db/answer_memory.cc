#include "db/answer_memory.h"

#include <algorithm>
#include <utility>

namespace rosterd::db {
namespace {

constexpr std::chrono::seconds kLongest{1};
constexpr size_t kNames = 16;
constexpr size_t kLongestName = 1024;
constexpr size_t kLongestAnswer = size_t{64} * 1024;
constexpr size_t kAllAnswers = 3 * kLongestAnswer;

uint64_t NextNumber() {
  static uint64_t last = 0;
  return ++last;
}

}  // namespace

AnswerMemory::AnswerMemory() : number_(NextNumber()) {}

AnswerMemory::Entry* AnswerMemory::Entered(std::string_view name) {
  const auto found = std::ranges::find(entries_, name, &Entry::name);
  return found == entries_.end() ? nullptr : &*found;
}

bool AnswerMemory::Asked(std::string_view name, Clock::time_point now) {
  if (name.size() > kLongestName) return false;
  const auto found = std::ranges::find(entries_, name, &Entry::name);
  if (found == entries_.end()) {
    if (entries_.size() == kNames) DropLast();
    entries_.push_front({.name = std::string(name), .asked = now});
    return false;
  }
  entries_.splice(entries_.begin(), entries_, found);
  return now - std::exchange(found->asked, now) <= kLongest;
}

const ListAnswer* AnswerMemory::Find(std::string_view name, uint64_t version,
                                     Clock::time_point now) const {
  const auto found = std::ranges::find(entries_, name, &Entry::name);
  if (found == entries_.end() || !found->answer) return nullptr;
  if (found->version != version || now - found->read > kLongest) return nullptr;
  return &*found->answer;
}

void AnswerMemory::Put(std::string_view name, uint64_t version, Clock::time_point now,
                       ListAnswer answer) {
  Entry* entry = Entered(name);
  if (entry == nullptr || answer.body.size() > kLongestAnswer) return;
  bytes_ -= entry->Size();
  entry->read = now;
  entry->version = version;
  entry->answer = std::move(answer);
  bytes_ += entry->Size();
  while (bytes_ > kAllAnswers) DropLast();
}

void AnswerMemory::DropLast() {
  bytes_ -= entries_.back().Size();
  entries_.pop_back();
}

}  // namespace rosterd::db
