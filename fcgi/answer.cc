#include "fcgi/answer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string_view>

namespace rosterd::fcgi {
namespace {

bool IsWithoutBody(int status) { return status == 204 || status == 304; }

bool IsTokenLetter(char letter) {
  if (letter >= 'a' && letter <= 'z') return true;
  if (letter >= 'A' && letter <= 'Z') return true;
  if (letter >= '0' && letter <= '9') return true;
  return std::string_view("!#$%&'*+-.^_`|~").find(letter) != std::string_view::npos;
}

bool EqualsLowercase(std::string_view name, std::string_view lowercase) {
  return std::equal(
      name.begin(), name.end(), lowercase.begin(), lowercase.end(), [](char letter, char lower) {
        return (letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter) == lower;
      });
}

bool IsOurs(std::string_view name) {
  constexpr std::array<std::string_view, 2> kOurs = {"status", "content-length"};
  return std::any_of(kOurs.begin(), kOurs.end(),
                     [&](std::string_view ours) { return EqualsLowercase(name, ours); });
}

// A dialect may have a rule of its own for the id that clients see.
bool NamesItself(const Response& response) {
  return std::any_of(response.headers.begin(), response.headers.end(), [](const auto& header) {
    return EqualsLowercase(header.first, "x-request-id");
  });
}

void AppendNumber(std::string& text, uint64_t number) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  text.append(digits.data(), end.ptr);
}

void AppendHeader(std::string& text, std::string_view name, std::string_view value) {
  text += name;
  text += ": ";
  const size_t start = text.size();
  text += value;
  std::replace_if(
      text.begin() + static_cast<std::ptrdiff_t>(start), text.end(),
      [](char letter) { return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f; }, ' ');
  text += "\r\n";
}

}  // namespace

bool HasNoBody(const Request& request, const Response& response) {
  return request.method == "HEAD" || IsWithoutBody(response.status);
}

std::string AnswerText(const Request& request, const Response& response) {
  constexpr size_t kUsualHeaders = 512;
  std::string text;
  text.reserve(kUsualHeaders + response.body.size());

  text += "Status: ";
  AppendNumber(text, static_cast<uint64_t>(std::max(response.status, 100)));
  text += ' ';
  text += response.reason.empty() ? ReasonPhrase(response.status) : response.reason;
  text += "\r\n";
  for (const auto& [name, value] : response.headers) {
    if (name.empty() || !std::all_of(name.begin(), name.end(), IsTokenLetter)) continue;
    if (!IsOurs(name)) AppendHeader(text, name, value);
  }
  if (!NamesItself(response)) AppendHeader(text, "X-Request-Id", request.request_id);
  if (!response.stream && !IsWithoutBody(response.status)) {
    text += "Content-Length: ";
    AppendNumber(text, response.body.size());
    text += "\r\n";
  }
  text += "\r\n";

  if (!HasNoBody(request, response)) text += response.body;
  return text;
}

}  // namespace rosterd::fcgi
