#include "handlers/bedita/moment.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "fcgi/ascii.h"

namespace rosterd::bedita {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year_month_day;

constexpr size_t kYearSize = 4;
constexpr size_t kMonthEnd = 7;
constexpr size_t kDateSize = 10;
constexpr size_t kStoredSize = 19;
constexpr std::string_view kUtc = "+00:00";

/// Reads a text from left to right; once something did not fit it stays wrong.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool AtEnd() const { return rest_.empty(); }
  bool Ok() const { return ok_; }
  bool NextIs(std::string_view one_of) const {
    return !rest_.empty() && one_of.find(rest_.front()) != std::string_view::npos;
  }
  bool Take(std::string_view one_of) {
    if (!NextIs(one_of)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void Expect(char c) { ok_ = Take(std::string_view(&c, 1)) && ok_; }
  /// A number of so many digits, at most `most`.
  int Digits(size_t size, int most) {
    int number = 0;
    for (size_t i = 0; i < size; ++i) {
      if (!NextIs("0123456789")) ok_ = false;
      if (!ok_) return 0;
      number = number * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    if (number > most) ok_ = false;
    return number;
  }
  void SkipDigits() {
    if (!NextIs("0123456789")) ok_ = false;
    while (Take("0123456789")) {
    }
  }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

bool IsStorable(sys_seconds utc) {
  const year_month_day date(std::chrono::floor<days>(utc));
  return static_cast<int>(date.year()) >= 1 && static_cast<int>(date.year()) <= 9999;
}

std::optional<Moment> Whole(sys_seconds utc, year_month_day date) {
  if (!IsStorable(utc)) return std::nullopt;
  return Moment{utc, date};
}

// Eleven digits with a sign reach beyond the year 9999.
std::optional<Moment> ParseUnix(std::string_view text) {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  constexpr int64_t kFar = 300'000'000'000;
  if (number > kFar || number < -kFar) return std::nullopt;
  const sys_seconds utc{seconds(number)};
  return Whole(utc, year_month_day(std::chrono::floor<days>(utc)));
}

year_month_day ReadDate(Reader& reader) {
  const std::chrono::year year(reader.Digits(kYearSize, 9999));
  std::chrono::month month(1);
  std::chrono::day day(1);
  if (reader.Take("-")) {
    month = std::chrono::month(static_cast<unsigned>(reader.Digits(2, 12)));
    if (reader.Take("-")) day = std::chrono::day(static_cast<unsigned>(reader.Digits(2, 31)));
  }
  return {year, month, day};
}

seconds ReadTime(Reader& reader) {
  seconds time = hours(reader.Digits(2, 23));
  reader.Expect(':');
  time += minutes(reader.Digits(2, 59));
  if (!reader.Take(":")) return time;
  time += seconds(reader.Digits(2, 59));
  if (reader.Take(".")) reader.SkipDigits();
  return time;
}

/// How far the written time is ahead of UTC.
seconds ReadZone(Reader& reader) {
  if (reader.AtEnd() || reader.Take("Zz")) return seconds(0);
  const bool west = reader.NextIs("-");
  if (!reader.Take("+-")) return seconds(0);
  seconds ahead = hours(reader.Digits(2, 23));
  if (!reader.AtEnd()) {
    reader.Take(":");
    ahead += minutes(reader.Digits(2, 59));
  }
  return west ? -ahead : ahead;
}

std::string TwoDigits(int64_t number) {
  std::string text = std::to_string(number);
  return text.size() < 2 ? "0" + text : text;
}

std::string DateText(year_month_day date) {
  std::string year = std::to_string(static_cast<int>(date.year()));
  year.insert(0, kYearSize - std::min(kYearSize, year.size()), '0');
  return year + "-" + TwoDigits(static_cast<unsigned>(date.month())) + "-" +
         TwoDigits(static_cast<unsigned>(date.day()));
}

}  // namespace

std::optional<Moment> ParseMoment(std::string_view text) {
  text = fcgi::Trimmed(text);
  const bool is_integer =
      !text.empty() &&
      text.find_first_not_of("0123456789", text.starts_with('-') ? 1 : 0) == std::string_view::npos;
  if (is_integer && text.size() != kYearSize) return ParseUnix(text);

  Reader reader(text);
  const year_month_day date = ReadDate(reader);
  if (!reader.Ok() || !date.ok()) return std::nullopt;
  seconds time(0);
  if (!reader.AtEnd()) {
    const bool whole_date = text.size() > kDateSize && text[kMonthEnd] == '-';
    if (!whole_date || !reader.Take("Tt ")) return std::nullopt;
    time = ReadTime(reader);
    time -= ReadZone(reader);
  }
  if (!reader.Ok() || !reader.AtEnd()) return std::nullopt;
  return Whole(sys_days(date) + time, date);
}

std::string ToStored(const Moment& moment) { return db::ToSql(moment.utc).substr(0, kStoredSize); }

std::string ToStoredDate(const Moment& moment) { return DateText(moment.date); }

std::string ToWire(std::string_view stored) {
  if (stored.size() < kStoredSize) return std::string(stored);
  std::string wire;
  wire.reserve(kStoredSize + kUtc.size());
  wire.append(stored.substr(0, kStoredSize)).append(kUtc);
  wire[kDateSize] = 'T';
  return wire;
}

}  // namespace rosterd::bedita
