#include "handlers/bedita/query.h"

#include <algorithm>

#include "fcgi/form.h"
#include "fcgi/json.h"

namespace rosterd::bedita {
namespace {

bool IsUnreserved(char byte) {
  return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
         (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

void AppendEncoded(std::string& to, std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (const char byte : text) {
    if (IsUnreserved(byte)) {
      to += byte;
      continue;
    }
    const auto bits = static_cast<unsigned char>(byte);
    to += '%';
    to += kDigits[bits >> 4U];
    to += kDigits[bits & 15U];
  }
}

void AppendPair(std::string& to, std::string_view name, std::string_view value) {
  to += to.empty() ? '?' : '&';
  AppendEncoded(to, name);
  to += '=';
  AppendEncoded(to, value);
}

std::vector<std::pair<std::string, std::string>> SplitPairs(std::string_view raw) {
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!raw.empty()) {
    const std::string_view pair = raw.substr(0, raw.find('&'));
    raw.remove_prefix(std::min(raw.size(), pair.size() + 1));
    const size_t equals = std::min(pair.find('='), pair.size());
    std::string name = fcgi::PercentDecode(pair.substr(0, equals), /*plus_is_space=*/true);
    if (name.empty()) continue;
    const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
    pairs.emplace_back(std::move(name), fcgi::PercentDecode(value, /*plus_is_space=*/true));
  }
  return pairs;
}

}  // namespace

std::optional<Query> Query::Parse(std::string_view raw) {
  Query query;
  if (raw.empty()) return query;
  auto tree = fcgi::ParseForm(raw);
  if (!tree) return std::nullopt;
  query.tree_ = *std::move(tree);
  query.pairs_ = SplitPairs(raw);
  const bool clean = std::ranges::all_of(query.pairs_, [](const auto& pair) {
    return fcgi::IsUtf8(pair.first) && fcgi::IsUtf8(pair.second);
  });
  if (!clean) return std::nullopt;
  return query;
}

std::optional<std::string> Query::Text(std::string_view name) const {
  const fcgi::Value* value = Find(name);
  if (value == nullptr || value->AsText() == nullptr) return std::nullopt;
  return *value->AsText();
}

std::string Query::Encoded() const {
  std::string encoded;
  for (const auto& [name, value] : pairs_) AppendPair(encoded, name, value);
  return encoded;
}

std::string Query::WithPage(uint64_t page) const {
  std::string encoded;
  bool placed = page <= 1;
  for (const auto& [name, value] : pairs_) {
    if (name != "page") {
      AppendPair(encoded, name, value);
    } else if (!placed) {
      AppendPair(encoded, name, std::to_string(page));
      placed = true;
    }
  }
  if (!placed) AppendPair(encoded, "page", std::to_string(page));
  return encoded;
}

}  // namespace rosterd::bedita
