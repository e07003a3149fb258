#include "handlers/timeslot/own_request_id.h"

#include <algorithm>
#include <string_view>

#include "directory/secrets.h"

namespace rosterd::timeslot {
namespace {

constexpr size_t kLongest = 255;
constexpr size_t kHexDigits = 32;

bool MayStay(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

bool IsHex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// 32 hex digits with the bits of version 4, in groups.
std::string ToUuid(std::string digits) {
  constexpr std::string_view kVariants = "89ab";
  digits[12] = '4';
  digits[16] = kVariants[static_cast<unsigned char>(digits[16]) & 3U];
  for (const size_t at : {20U, 16U, 12U, 8U}) digits.insert(at, 1, '-');
  return digits;
}

}  // namespace

std::string OwnRequestId(const fcgi::Request& request) {
  std::string id(request.Header("X-Request-Id").value_or(""));
  std::erase_if(id, [](char c) { return !MayStay(c); });
  if (!id.empty()) return id.substr(0, kLongest);
  const std::string& servers = request.request_id;
  const bool is_random = servers.size() == kHexDigits && IsHex(servers);
  return ToUuid(is_random ? servers : directory::Hex(directory::RandomBytes(kHexDigits / 2)));
}

}  // namespace rosterd::timeslot
