#pragma once

#include <concepts>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace rosterd {

/// What a call gives back when it can be refused: a value, or the reason. A subset of std::expected
/// (C++23), which is to replace it. Both conversions are implicit on purpose: `return value;` and
/// `return Refusal::kNoSuchUser;` read as what they mean, also where the error is made from what is
/// returned (an enumerator, a lower layer's error). T and E must be different types.
template <typename T, typename E>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  using error_type = E;

  // NOLINTBEGIN(google-explicit-constructor): see above
  Result(T value) : data_(std::in_place_index<0>, std::move(value)) {}
  Result(E error) : data_(std::in_place_index<1>, std::move(error)) {}
  template <typename From>
  requires(std::is_enum_v<From>&& std::convertible_to<From, E> && !std::same_as<From, E> &&
           !std::convertible_to<From, T>) Result(From error)
      : data_(std::in_place_index<1>, error) {}
  // NOLINTEND(google-explicit-constructor)

  bool has_value() const { return data_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & { return std::get<0>(data_); }
  const T& value() const& { return std::get<0>(data_); }
  T&& value() && { return std::get<0>(std::move(data_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const E& error() const { return std::get<1>(data_); }

 private:
  std::variant<T, E> data_;
};

/// For calls that give back nothing but success.
template <typename E>
class [[nodiscard]] Result<void, E> {
 public:
  using value_type = void;
  using error_type = E;

  Result() = default;
  // NOLINTBEGIN(google-explicit-constructor): see above
  Result(E error) : error_(std::move(error)) {}
  template <typename From>
  requires(std::is_enum_v<From>&& std::convertible_to<From, E> && !std::same_as<From, E>)
      Result(From error)
      : error_(error) {}
  // NOLINTEND(google-explicit-constructor)

  bool has_value() const { return !error_.has_value(); }
  explicit operator bool() const { return has_value(); }
  const E& error() const { return *error_; }

 private:
  std::optional<E> error_;
};

}  // namespace rosterd
