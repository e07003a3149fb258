#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace rosterd::fcgi {

/// One value out of a request: what a JSON body, a form with PHP-style names or a query string
/// said, as one small tree. Lists and objects keep the order of the input; objects have each key
/// once. Numbers keep the text that the client sent, so that nothing is lost or rounded on the way
/// in.
class Value {
 public:
  struct Null {};
  /// A JSON number, as it was written ("12", "1e2", "-0.5").
  struct Number {
    std::string text;
  };
  using List = std::vector<Value>;
  using Member = std::pair<std::string, Value>;
  using Object = std::vector<Member>;

  Value() = default;
  static Value Boolean(bool value) { return Value(value); }
  static Value OfNumber(std::string text) { return Value(Number{std::move(text)}); }
  static Value Text(std::string text) { return Value(std::move(text)); }
  static Value OfList(List list) { return Value(std::move(list)); }
  static Value OfObject(Object object) { return Value(std::move(object)); }

  bool IsNull() const { return std::holds_alternative<Null>(data_); }
  const bool* AsBoolean() const { return std::get_if<bool>(&data_); }
  const Number* AsNumber() const { return std::get_if<Number>(&data_); }
  const std::string* AsText() const { return std::get_if<std::string>(&data_); }
  const List* AsList() const { return std::get_if<List>(&data_); }
  const Object* AsObject() const { return std::get_if<Object>(&data_); }
  List* AsList() { return std::get_if<List>(&data_); }
  Object* AsObject() { return std::get_if<Object>(&data_); }

  /// The member of an object with this key; null when there is none, or when this is no object.
  const Value* Find(std::string_view key) const;
  Value* Find(std::string_view key);

 private:
  using Data = std::variant<Null, bool, Number, std::string, List, Object>;
  explicit Value(Data data) : data_(std::move(data)) {}

  Data data_;
};

}  // namespace rosterd::fcgi
