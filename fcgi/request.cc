#include "fcgi/request.h"

#include <algorithm>

namespace rosterd::fcgi {
namespace {

constexpr std::string_view kHeaderPrefix = "HTTP_";

// "user-token" as CGI spells it, letter by letter: 'U','S','E','R','_',…
char CgiLetter(char letter) {
  if (letter == '-') return '_';
  if (letter >= 'a' && letter <= 'z') return static_cast<char>(letter - 'a' + 'A');
  return letter;
}

bool IsCgiNameOf(std::string_view param, std::string_view header) {
  return std::equal(param.begin(), param.end(), header.begin(), header.end(),
                    [](char cgi, char letter) { return cgi == CgiLetter(letter); });
}

}  // namespace

std::string_view Request::NameAt(const Place& place) const {
  return std::string_view(text_).substr(place.at, place.name_size);
}

std::string_view Request::ValueAt(const Place& place) const {
  return std::string_view(text_).substr(place.at + place.name_size, place.value_size);
}

std::optional<std::string_view> Request::Header(std::string_view name) const {
  // CGI (RFC 3875) gives these two without the prefix.
  if (IsCgiNameOf("CONTENT_TYPE", name)) return Param("CONTENT_TYPE");
  if (IsCgiNameOf("CONTENT_LENGTH", name)) return Param("CONTENT_LENGTH");

  for (const Place& place : places_) {
    if (place.name_size != kHeaderPrefix.size() + name.size()) continue;
    const std::string_view param = NameAt(place);
    if (!param.starts_with(kHeaderPrefix)) continue;
    if (IsCgiNameOf(param.substr(kHeaderPrefix.size()), name)) return ValueAt(place);
  }
  return std::nullopt;
}

std::optional<std::string_view> Request::Param(std::string_view name) const {
  for (const Place& place : places_) {
    if (NameAt(place) == name) return ValueAt(place);
  }
  return std::nullopt;
}

void Request::AddParam(std::string_view name, std::string_view value) {
  places_.push_back({.at = static_cast<uint32_t>(text_.size()),
                     .name_size = static_cast<uint32_t>(name.size()),
                     .value_size = static_cast<uint32_t>(value.size())});
  text_ += name;
  text_ += value;
}

void Request::ReserveParams(size_t count, size_t bytes) {
  places_.reserve(count);
  text_.reserve(bytes);
}

}  // namespace rosterd::fcgi
