#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rosterd::testing {

struct Member;

/// A parsed JSON value; the order of members, repeated names and the spelling of numbers are kept.
struct Json {
  enum class Kind { kMissing, kNull, kBool, kNumber, kString, kArray, kObject };

  Kind kind = Kind::kMissing;
  std::string text;  ///< of a string, a number or "true"/"false"
  std::vector<Json> items;
  std::vector<Member> members;

  /// The member of that name; a value of kMissing when there is none.
  const Json& operator[](std::string_view name) const;
  /// The element at that place; a value of kMissing when there is none.
  const Json& operator[](std::size_t place) const;

  bool IsMissing() const { return kind == Kind::kMissing; }
  bool IsString() const { return kind == Kind::kString; }
  bool IsNumber() const { return kind == Kind::kNumber; }
  bool IsObject() const { return kind == Kind::kObject; }
  bool IsArray() const { return kind == Kind::kArray; }
  bool IsNull() const { return kind == Kind::kNull; }

  /// Names of an object's members, in order.
  std::vector<std::string> Names() const;
  /// One text for all spellings of the same value: no blanks, no needless escapes.
  std::string Canonical() const;
};

/// One member of an object.
struct Member {
  std::string name;
  Json value;
};

/// kMissing when the text is not one JSON value.
Json ParseJson(std::string_view text);

/// A JSON string, in its quotes.
std::string Quoted(std::string_view text);

/// Equal by value, the order of members included; white space and escapes aside.
::testing::AssertionResult SameJson(const char* got_name, const char* wanted_name,
                                    std::string_view got, std::string_view wanted);

}  // namespace rosterd::testing

#define EXPECT_JSON_EQ(got, wanted) EXPECT_PRED_FORMAT2(::rosterd::testing::SameJson, got, wanted)
