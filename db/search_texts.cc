#include "db/search_texts.h"

#include <string>

namespace rosterd::db {
namespace {

// Longer texts are not taken apart: most grams are in them anyway.
#define ROSTERD_MOST_CHARACTERS "2000"

// So many rows in one answer, which is held in memory.
constexpr uint64_t kBlock = 1024;

constexpr std::string_view kWeights =
    "SELECT WEIGHT_STRING('\n' COLLATE utf8mb4_unicode_520_ci),"
    " WEIGHT_STRING('0123456789' COLLATE utf8mb4_unicode_520_ci)";

/// "SELECT id, weights, phones": NULL in place of the weights of what is too long. The line feed at
/// the end says that the server had room for the weights of the whole text.
std::string SelectOf(const SearchTexts& texts) {
  const std::string columns(texts.texts);
  return "SELECT t." + std::string(texts.person) + ", IF(CHAR_LENGTH(CONCAT_WS('\n', " + columns +
         ")) > " ROSTERD_MOST_CHARACTERS ", NULL, WEIGHT_STRING(CONCAT_WS('\n', " + columns +
         ", '\n'))), " + std::string(texts.phones) + " FROM ";
}

std::string RangeOf(const SearchTexts& texts) {
  return SelectOf(texts) + std::string(texts.table) + " t WHERE t." + std::string(texts.person) +
         " BETWEEN ? AND ?" + std::string(texts.condition);
}

std::string ListOf(const SearchTexts& texts) {
  return SelectOf(texts) +
         "JSON_TABLE(?, '$[*]' COLUMNS (listed BIGINT UNSIGNED PATH '$')) j STRAIGHT_JOIN " +
         std::string(texts.table) + " t ON t." + std::string(texts.person) + " = j.listed WHERE 1" +
         std::string(texts.condition);
}

}  // namespace

SearchTextReader::SearchTextReader(Session& session, std::span<const SearchTexts> texts)
    : session_(session), texts_(texts) {
  Rows rows = session.Query(kWeights);
  if (!rows.Next()) return;
  breaks_.text_end = LastWeight(rows.Text(0));
  digits_ = rows.Text(1);
}

void SearchTextReader::ReadChunk(uint64_t chunk, GramMap& grams) {
  for (const SearchTexts& texts : texts_) {
    const std::string sql = RangeOf(texts);
    const uint64_t end = (chunk + 1) * kChunkSize;
    for (uint64_t first = chunk * kChunkSize; first < end; first += kBlock) {
      Take(session_.Query(sql, first, first + kBlock - 1), grams);
    }
  }
}

void SearchTextReader::ReadPersons(const std::vector<uint64_t>& persons, GramMap& grams) {
  const std::string list = JsonList(persons);
  for (const SearchTexts& texts : texts_) Take(session_.Query(ListOf(texts), list), grams);
}

void SearchTextReader::Take(Rows rows, GramMap& grams) const {
  while (rows.Next()) {
    const auto place = static_cast<uint16_t>(rows.Number(0) % kChunkSize);
    const std::string weights = rows.Text(1);
    if (LastWeight(weights) != breaks_.text_end) {
      grams.Add(kAnyGram, place);
      continue;
    }
    ForEachGram(weights, breaks_, [&](Gram gram) { grams.Add(gram, place); });
    TakeDigits(rows.Text(2), place, grams);
    TakeDigits(rows.Text(3), place, grams);
  }
}

// As REGEXP_REPLACE(phone, '[^0-9]', '') leaves them.
void SearchTextReader::TakeDigits(const std::string& phone, uint16_t place, GramMap& grams) const {
  std::string weights;
  for (const char c : phone) {
    if (c >= '0' && c <= '9') weights += digits_.substr(static_cast<size_t>(c - '0') * 2, 2);
  }
  ForEachGram(weights, breaks_, [&](Gram gram) { grams.Add(gram, place); });
}

std::string JsonList(std::span<const uint64_t> numbers) {
  std::string list = "[";
  for (const uint64_t number : numbers) {
    if (list.size() > 1) list += ',';
    list += std::to_string(number);
  }
  return list + ']';
}

#undef ROSTERD_MOST_CHARACTERS

}  // namespace rosterd::db
