#include "handlers/timeslot/upload_signature.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>

#include "directory/secrets.h"
#include "handlers/timeslot/digest.h"

namespace rosterd::timeslot {
namespace {

constexpr size_t kRandomBytes = 20;
constexpr size_t kMostOfName = 20;
constexpr size_t kLeastOfName = 16;

bool IsDigit(char byte) { return byte >= '0' && byte <= '9'; }

}  // namespace

std::string SignUpload(std::vector<std::pair<std::string, std::string>> parameters,
                       std::string_view secret) {
  std::sort(parameters.begin(), parameters.end());
  std::string text;
  for (const auto& [name, value] : parameters) {
    if (value.empty()) continue;
    if (!text.empty()) text += '&';
    text.append(name).append("=").append(value);
  }
  return HexSha1(text.append(secret));
}

std::string PublicIdFrom(std::string_view base64) {
  std::string name;
  for (char byte : base64) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte - 'A' + 'a');
    if (IsDigit(byte) && name.empty()) continue;
    if (!IsDigit(byte) && (byte < 'a' || byte > 'z')) continue;
    name += byte;
    if (name.size() == kMostOfName) break;
  }
  return name;
}

std::string MakePublicId() {
  // The URL form of Base64 differs in the two characters that are dropped.
  std::string name;
  do {
    name = PublicIdFrom(directory::Base64Url(directory::RandomBytes(kRandomBytes)));
  } while (name.size() < kLeastOfName);
  return name;
}

std::string SignatureTimestamp(db::Time now, std::string_view form) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
  if (form != "compact") return std::to_string(seconds.time_since_epoch().count());
  // "2015-05-07 12:00:00.000000" without what is no digit, and without the fraction.
  std::string digits = db::ToSql(seconds);
  std::erase_if(digits, [](char byte) { return !IsDigit(byte); });
  return digits.substr(0, 14);
}

bool IsNumberKey(std::string_view api_key) {
  constexpr uint64_t kBeyond = uint64_t{1} << 53U;
  if (api_key.empty() || !std::all_of(api_key.begin(), api_key.end(), IsDigit)) return false;
  if (api_key.front() == '0' && api_key.size() > 1) return false;
  uint64_t number = 0;
  const char* end = api_key.data() + api_key.size();
  const auto read = std::from_chars(api_key.data(), end, number);
  return read.ec == std::errc() && number < kBeyond;
}

}  // namespace rosterd::timeslot
