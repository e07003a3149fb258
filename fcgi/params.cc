#include "fcgi/params.h"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>

namespace rosterd::fcgi {
namespace {

struct Size {
  size_t count = 0;
  size_t bytes = 0;
};

Size Measure(const char* const* params) {
  Size size;
  for (; params[size.count] != nullptr; ++size.count) {
    size.bytes += std::string_view(params[size.count]).size();
  }
  return size;
}

// nginx passes a header that the client repeats as often as it came, and the layers disagree about
// which of them counts.
struct Repeats {
  int authorization = 0;
  int content_length = 0;
  int content_length_header = 0;

  void Count(std::string_view name) {
    if (name == "HTTP_AUTHORIZATION") ++authorization;
    if (name == "CONTENT_LENGTH") ++content_length;
    if (name == "HTTP_CONTENT_LENGTH") ++content_length_header;
  }
  bool None() const {
    return authorization <= 1 && content_length <= 1 && content_length_header <= 1;
  }
};

Repeats CopyParams(const char* const* params, Request& request) {
  Repeats repeats;
  for (; *params != nullptr; ++params) {
    const std::string_view param(*params);
    const size_t equals = param.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view name = param.substr(0, equals);
    repeats.Count(name);
    request.AddParam(name, param.substr(equals + 1));
  }
  return repeats;
}

std::optional<size_t> ParseLength(std::string_view text) {
  if (text.empty()) return 0;
  size_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return length;
}

// It goes into the log and into a header: nothing but what nginx's own $request_id is made of, and
// the letters of other common forms.
bool IsRequestId(std::string_view id) {
  constexpr size_t kLongest = 64;
  if (id.empty() || id.size() > kLongest) return false;
  return std::all_of(id.begin(), id.end(), [](char letter) {
    return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
           (letter >= 'A' && letter <= 'Z') || letter == '-' || letter == '_' || letter == '.';
  });
}

std::string NewRequestId() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<unsigned char, 16> bytes{};
  // Never short for so few bytes once the kernel has its entropy, and no secret either.
  if (::getrandom(bytes.data(), bytes.size(), 0) < 0) bytes.fill(0);
  std::string id;
  id.reserve(2 * bytes.size());
  for (const unsigned char byte : bytes) {
    id += kDigits[byte >> 4U];
    id += kDigits[byte & 0xfU];
  }
  return id;
}

void FillFields(Request& request) {
  const auto param = [&](std::string_view name) { return request.Param(name).value_or(""); };
  const std::string_view uri = param("REQUEST_URI");
  const size_t question = std::min(uri.find('?'), uri.size());
  request.raw_path = uri.substr(0, question);
  request.query = uri.substr(std::min(question + 1, uri.size()));
  request.method = param("REQUEST_METHOD");
  request.content_type = param("CONTENT_TYPE");
  request.remote_address = param("REMOTE_ADDR");
  request.dialect = param("ROSTERD_DIALECT");
  request.prefix = param("ROSTERD_PREFIX");
  request.https = param("HTTPS") == "on";
  const std::string_view id = param("REQUEST_ID");
  request.request_id = IsRequestId(id) ? std::string(id) : NewRequestId();
}

}  // namespace

ParamsSummary ReadParams(const char* const* params, size_t max_bytes, Request& request) {
  const Size size = Measure(params);
  request.ReserveParams(size.count, size.bytes);
  const Repeats repeats = CopyParams(params, request);
  FillFields(request);
  const std::optional<size_t> length = ParseLength(request.Param("CONTENT_LENGTH").value_or(""));
  return {.acceptable = size.bytes <= max_bytes && repeats.None() && length.has_value(),
          .content_length = length};
}

}  // namespace rosterd::fcgi
