#include "fcgi/media_type.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "fcgi/ascii.h"
#include "fcgi/header_params.h"

namespace rosterd::fcgi {
namespace {

constexpr int kBest = 1000;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

/// "0.5" as 500. Digits after the third are cut off; ".2", as Java's HttpURLConnection sends it, is
/// taken for "0.2". Nothing above 1.
std::optional<int> ParseQ(std::string_view text) {
  if (text.empty() || text == ".") return std::nullopt;
  const std::string_view fraction = text.substr(std::min(text.find('.'), text.size()));
  const std::string_view whole = text.substr(0, text.size() - fraction.size());
  if (!whole.empty() && whole != "0" && whole != "1") return std::nullopt;

  int q = whole == "1" ? kBest : 0;
  int weight = kBest / 10;
  for (const char digit : fraction.substr(std::min<size_t>(1, fraction.size()))) {
    if (!IsDigit(digit)) return std::nullopt;
    q += weight * (digit - '0');
    weight /= 10;
  }
  if (q > kBest) return std::nullopt;
  return q;
}

bool IsToken(std::string_view text) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    const char lower = AsciiLower(c);
    return (lower >= 'a' && lower <= 'z') || IsDigit(c) || kMarks.find(c) != std::string_view::npos;
  });
}

bool IsRange(std::string_view text) {
  const size_t slash = text.find('/');
  if (slash == std::string_view::npos) return false;
  const std::string_view type = text.substr(0, slash);
  const std::string_view subtype = text.substr(slash + 1);
  return IsToken(type) && IsToken(subtype) && (type != "*" || subtype == "*");
}

std::optional<AcceptRange> ParseRange(std::string_view entry) {
  auto parsed = ParseHeaderParams(entry);
  if (!parsed) return std::nullopt;
  // Java's HttpURLConnection writes "*" for "*/*".
  AcceptRange range{.type = parsed->value == "*" ? "*/*" : std::move(parsed->value)};
  if (!IsRange(range.type)) return std::nullopt;
  const std::string* q = parsed->Find("q");
  if (q == nullptr) return range;
  const auto parsed_q = ParseQ(*q);
  if (!parsed_q) return std::nullopt;
  range.q = *parsed_q;
  return range;
}

}  // namespace

std::string MediaType(std::string_view content_type) {
  return AsciiLower(Trimmed(content_type.substr(0, content_type.find(';'))));
}

std::vector<AcceptRange> ParseAccept(std::string_view accept) {
  std::vector<AcceptRange> ranges;
  for (const std::string_view entry : SplitOutsideQuotes(accept, ',')) {
    if (auto range = ParseRange(entry)) ranges.push_back(std::move(*range));
  }
  std::stable_sort(ranges.begin(), ranges.end(),
                   [](const AcceptRange& a, const AcceptRange& b) { return a.q > b.q; });
  return ranges;
}

bool Covers(std::string_view range, std::string_view type) {
  if (range == "*/*" || range == type) return true;
  if (!range.ends_with("/*")) return false;
  return type.starts_with(range.substr(0, range.size() - 1));
}

}  // namespace rosterd::fcgi
