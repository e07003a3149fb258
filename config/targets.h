#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rosterd::config {

// What a key of rosterd.yaml writes to, by type. Each can take a spelled value (Set, false when it
// is not allowed), spell what it holds (Show) and say what it takes (Allowed, "…; allowed: HERE").

struct Switch {
  bool* to;
  bool letters = false;  ///< Y and N are on and off too
  bool Set(const std::string& text) const;
  std::string Show() const;
  std::string Allowed() const;
};

/// A whole number from `least` to `most`.
struct Whole {
  int* to;
  int least;
  int most;
  bool Set(const std::string& text) const;
  std::string Show() const;
  std::string Allowed() const;
};

struct LongWhole {
  uint64_t* to;
  uint64_t least;
  uint64_t most;
  bool Set(const std::string& text) const;
  std::string Show() const;
  std::string Allowed() const;
};

/// Bytes from `least` to `most`; 0 too when it means something.
struct Size {
  size_t* to;
  uint64_t least;
  uint64_t most;
  bool or_zero = false;
  bool Set(const std::string& text) const;
  std::string Show() const;
  std::string Allowed() const;
};

struct Seconds {
  std::chrono::seconds* to;
  std::chrono::seconds least;
  std::chrono::seconds most;
  bool Set(const std::string& text) const;
  std::string Show() const;
  std::string Allowed() const;
};

struct Milliseconds {
  std::chrono::milliseconds* to;
  std::chrono::milliseconds least;
  std::chrono::milliseconds most;
  bool Set(const std::string& text) const;
  std::string Show() const;
  std::string Allowed() const;
};

/// What a text must look like.
struct TextRule {
  bool (*fits)(std::string_view text);
  std::string_view allowed;
};

struct Text {
  std::string* to;
  TextRule rule;
  bool Set(const std::string& text) const;
  std::string Show() const;
  std::string Allowed() const;
};

struct Choice {
  std::string* to;
  std::vector<std::string_view> words;
  bool Set(const std::string& text) const;
  std::string Show() const;
  std::string Allowed() const;
};

struct NumberChoice {
  int* to;
  std::vector<int> numbers;
  bool Set(const std::string& text) const;
  std::string Show() const;
  std::string Allowed() const;
};

/// Items that each fit the rule.
struct List {
  std::vector<std::string>* to;
  TextRule rule;
  bool Set(const std::vector<std::string>& items) const;
  std::string Show() const;
  std::string Allowed() const;
};

using Target = std::variant<Switch, Whole, LongWhole, Size, Seconds, Milliseconds, Text, Choice,
                            NumberChoice, List>;

}  // namespace rosterd::config
