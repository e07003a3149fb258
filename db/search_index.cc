#include "db/search_index.h"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include "db/search_grams.h"

namespace rosterd::db {
namespace {

constexpr size_t kLeastBytes = 3;  // of a text that may have a gram: three letters, or a ligature
constexpr uint64_t kMostWaiting = 2000;
constexpr size_t kMostGrams = 48;   // of a line; the others would hardly shorten the answer
constexpr size_t kMostFetched = 8;  // of these, the rarest
constexpr uint64_t kFew = 100;      // persons: no further gram is worth its fetching

constexpr std::string_view kWaiting =
    "(SELECT user_id FROM search_queue LIMIT ?) UNION ALL (SELECT id FROM person_ids LIMIT ?)";

using Grams = std::vector<Gram>;
using Sizes = std::map<Gram, uint64_t>;
using Postings = std::map<Gram, std::map<uint64_t, Places>>;  // of each gram by chunk

Grams GramsOf(std::string_view weights, const Breaks& breaks) {
  Grams grams;
  ForEachGram(weights, breaks, [&](Gram gram) {
    if (grams.size() < kMostGrams) grams.push_back(gram);
  });
  std::ranges::sort(grams);
  grams.erase(std::unique(grams.begin(), grams.end()), grams.end());
  return grams;
}

/// The grams of each line; nothing when a line has none.
std::optional<std::vector<Grams>> Plan(Session& session, const std::vector<std::string>& lines,
                                       bool across_columns) {
  StatementBuilder sql;
  sql.Add(
      "SELECT WEIGHT_STRING('\n' COLLATE utf8mb4_unicode_520_ci), WEIGHT_STRING(' ' COLLATE "
      "utf8mb4_unicode_520_ci)");
  for (const std::string& line : lines) {
    // A value comes in a collation of its own.
    sql.Add(", WEIGHT_STRING(").Value(line).Add(" COLLATE utf8mb4_unicode_520_ci)");
  }
  Rows rows = sql.Query(session);
  if (!rows.Next()) return std::nullopt;
  Breaks breaks{LastWeight(rows.Text(0))};
  if (breaks.text_end == 0) return std::nullopt;
  if (across_columns) breaks.other = LastWeight(rows.Text(1));
  std::vector<Grams> plan;
  for (size_t i = 0; i < lines.size(); ++i) {
    plan.push_back(GramsOf(rows.Text(static_cast<int>(i) + 2), breaks));
    if (plan.back().empty()) return std::nullopt;
  }
  return plan;
}

std::optional<std::vector<uint64_t>> Waiting(Session& session) {
  std::vector<uint64_t> persons;
  Rows rows = session.Query(kWaiting, kMostWaiting + 1, kMostWaiting + 1);
  while (rows.Next()) persons.push_back(rows.Number(0));
  if (persons.size() > kMostWaiting) return std::nullopt;
  return persons;
}

/// Appends "(?,?,?)": the grams of all lines and kAnyGram, some twice, so that a few statements
/// serve all.
void AddList(StatementBuilder& sql, const std::vector<Grams>& lines) {
  std::vector<uint64_t> all{kAnyGram};
  for (const Grams& line : lines) all.insert(all.end(), line.begin(), line.end());
  size_t padded = kMostFetched;
  while (padded < all.size()) padded *= 2;
  all.resize(padded, kAnyGram);
  sql.Add("(").Values(all).Add(")");
}

// What follows answers nothing unless the index was ready in that same moment: the state comes out
// of the same statement. The index may be built anew at any time, and a gram without postings gives
// one row too.

/// How many persons have each gram; those that nobody has are not there.
std::optional<Sizes> Measure(Session& session, const std::vector<Grams>& lines) {
  StatementBuilder sql;
  sql.Add(
      "SELECT p.gram, SUM(p.size), MAX(s.phase = 'ready') FROM search_state s"
      " LEFT JOIN search_postings p ON p.gram IN ");
  AddList(sql, lines);
  sql.Add(" WHERE s.id = 1 GROUP BY p.gram");
  Sizes sizes;
  bool ready = false;
  Rows rows = sql.Query(session);
  while (rows.Next()) {
    ready = rows.Flag(2);
    if (!ready) return std::nullopt;
    if (!rows.IsNull(0)) sizes.emplace(rows.Number(0), rows.Number(1));
  }
  if (!ready) return std::nullopt;
  return sizes;
}

/// The rarest grams of a line that are worth fetching; none when one of them is nobody's.
Grams Rarest(const Grams& line, const Sizes& sizes) {
  std::vector<std::pair<uint64_t, Gram>> order;
  for (const Gram gram : line) {
    const auto found = sizes.find(gram);
    if (found == sizes.end()) return {};
    order.emplace_back(found->second, gram);
  }
  std::ranges::sort(order);
  Grams rarest;
  for (const auto& [size, gram] : order) {
    if (rarest.size() == kMostFetched || (!rarest.empty() && order.front().first <= kFew)) break;
    rarest.push_back(gram);
  }
  return rarest;
}

std::optional<Postings> Fetch(Session& session, const std::vector<Grams>& lines) {
  StatementBuilder sql;
  sql.Add(
      "SELECT p.gram, p.chunk, p.places, s.phase = 'ready' FROM search_state s"
      " LEFT JOIN search_postings p ON p.gram IN ");
  AddList(sql, lines);
  sql.Add(" WHERE s.id = 1");
  Postings postings;
  bool ready = false;
  Rows rows = sql.Query(session);
  while (rows.Next()) {
    ready = rows.Flag(3);
    if (!ready) return std::nullopt;
    if (!rows.IsNull(0)) {
      postings[rows.Number(0)].emplace(rows.Number(1), Places::Unpack(rows.Text(2)));
    }
  }
  if (!ready) return std::nullopt;
  return postings;
}

/// Who has all grams of a line.
std::map<uint64_t, Places> Intersection(const Grams& line, const Postings& postings) {
  std::map<uint64_t, Places> common;
  if (line.empty()) return common;
  for (const Gram gram : line) {
    const auto found = postings.find(gram);
    if (found == postings.end()) return {};
    if (gram == line.front()) {
      common = found->second;
      continue;
    }
    std::erase_if(common, [&](const auto& entry) { return !found->second.contains(entry.first); });
    for (auto& [chunk, places] : common) places.Intersect(found->second.at(chunk));
  }
  return common;
}

void Append(std::vector<uint64_t>& persons, const std::map<uint64_t, Places>& chunks) {
  for (const auto& [chunk, places] : chunks) {
    if (persons.size() > SearchIndex::kMostFound) return;
    for (const uint16_t place : places.List()) persons.push_back(chunk * kChunkSize + place);
  }
}

}  // namespace

void SearchTerms::Require(std::string_view text) {
  if (!all_.empty()) all_ += kTextEnd;
  all_ += text;
}

void SearchTerms::RequireAnyOf(const std::vector<std::string>& texts) {
  any_.insert(any_.end(), texts.begin(), texts.end());
}

std::vector<std::string> SearchTerms::Lines() const {
  if (any_.empty()) return {all_};
  std::vector<std::string> lines;
  for (const std::string& text : any_) lines.push_back(all_ + kTextEnd + text);
  return lines;
}

// Who waits is read before the postings: a person that is no longer there is in the postings.
std::optional<std::vector<uint64_t>> SearchIndex::Find(Session& session, const SearchTerms& terms) {
  const std::vector<std::string> texts = terms.Lines();
  for (const std::string& text : texts) {
    if (text.size() < kLeastBytes) return std::nullopt;
  }
  auto lines = Plan(session, texts, terms.AcrossColumns());
  if (!lines) return std::nullopt;
  auto persons = Waiting(session);
  if (!persons) return std::nullopt;
  const auto sizes = Measure(session, *lines);
  if (!sizes) return std::nullopt;
  for (Grams& line : *lines) line = Rarest(line, *sizes);
  const auto postings = Fetch(session, *lines);
  if (!postings) return std::nullopt;

  for (const Grams& line : *lines) Append(*persons, Intersection(line, *postings));
  Append(*persons, Intersection({kAnyGram}, *postings));
  std::ranges::sort(*persons);
  persons->erase(std::unique(persons->begin(), persons->end()), persons->end());
  if (persons->size() > kMostFound) return std::nullopt;
  return persons;
}

}  // namespace rosterd::db
