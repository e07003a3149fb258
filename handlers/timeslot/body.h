#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "fcgi/request.h"
#include "fcgi/value.h"

namespace rosterd::timeslot {

/// A parameter that is to be one text.
struct Scalar {
  enum class State {
    kAbsent,  ///< not sent, or sent as an object or list
    kNull,
    kText,
  };
  State state = State::kAbsent;
  std::string text;        ///< of kText; numbers and booleans in their JSON spelling
  bool is_string = false;  ///< a JSON string, or out of a form

  bool IsSent() const { return state != State::kAbsent; }
  bool IsNull() const { return state == State::kNull; }
};

/// The value as a scalar. Contract: 8.1, 8.3, 6.6.
Scalar ToScalar(const fcgi::Value& value);

/// True for null, "", only blanks, [], [null], {} and false. Contract: 4.1.
bool IsBlank(const fcgi::Value& value);

/// The parameters of a request, whatever the type of its body was: names and texts are valid UTF-8,
/// NUL may be among them. Contract: 2.1, section 8.
class Body {
 public:
  Body() = default;
  explicit Body(fcgi::Value object) : object_(std::move(object)) {}

  /// The raw value; null when it was not sent. [] and [null] still are what they are here.
  const fcgi::Value* Find(std::string_view name) const { return object_.Find(name); }
  bool Has(std::string_view name) const { return Find(name) != nullptr; }
  Scalar Get(std::string_view name) const;
  /// True when it was not sent, too.
  bool IsBlank(std::string_view name) const;

 private:
  fcgi::Value object_ = fcgi::Value::OfObject({});
};

/// Reads the body as its Content-Type says: JSON, a form, or multipart; empty for other types and
/// for an empty body. Nothing when it cannot be parsed or is no UTF-8. Contract: 4.3.
std::optional<Body> ReadBody(const fcgi::Request& request);

}  // namespace rosterd::timeslot
