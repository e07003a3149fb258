#pragma once

#include <chrono>
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>

namespace rosterd::db {

/// What a dialect has made of a list: the text of an answer, and a tag for it where the dialect has
/// such a thing.
struct ListAnswer {
  std::string body;
  std::string tag = {};
};

/// The answers of lists that one connection was asked for last, each under the version that was
/// read before it (db/list_answer.h): at most 16 names, 192 KiB of answers, and none for longer
/// than a second.
class AnswerMemory {
 public:
  using Clock = std::chrono::steady_clock;

  AnswerMemory();

  /// Tells one connection's memory from another's.
  uint64_t Number() const { return number_; }

  /// Whether this name was asked for within the last second; notes that it is asked for now.
  bool Asked(std::string_view name, Clock::time_point now);
  /// The answer, when it was read under this version and within the last second.
  const ListAnswer* Find(std::string_view name, uint64_t version, Clock::time_point now) const;
  /// Of a name that was asked for; long answers are not taken.
  void Put(std::string_view name, uint64_t version, Clock::time_point now, ListAnswer answer);

 private:
  struct Entry {
    std::string name;
    Clock::time_point asked = {};
    Clock::time_point read = {};
    uint64_t version = 0;
    std::optional<ListAnswer> answer = {};

    size_t Size() const { return answer ? answer->body.size() : 0; }
  };
  Entry* Entered(std::string_view name);
  void DropLast();

  uint64_t number_;
  std::list<Entry> entries_;  // the one asked for last comes first
  size_t bytes_ = 0;
};

}  // namespace rosterd::db
