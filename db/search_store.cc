#include "db/search_store.h"

#include <array>
#include <string>
#include <unordered_map>

#include "db/hex.h"
#include "db/search_texts.h"

namespace rosterd::db {
namespace {

constexpr std::string_view kLook = "SELECT phase + 0, chunk FROM search_state WHERE id = 1";
// A write, so that a cluster sees two that do it at the same time.
constexpr std::string_view kTakeTurn = "UPDATE search_state SET rounds = rounds + 1 WHERE id = 1";
constexpr std::string_view kSet = "UPDATE search_state SET phase = ?, chunk = ? WHERE id = 1";

constexpr std::string_view kPersonFrom = "SELECT id FROM users WHERE id >= ? ORDER BY id LIMIT 1";

constexpr std::string_view kWaiting =
    "(SELECT id, user_id, erased FROM search_queue ORDER BY id LIMIT ?)"
    " UNION ALL (SELECT 0, id, 0 FROM person_ids ORDER BY id LIMIT ?)";
constexpr std::string_view kCountWaiting =
    "SELECT (SELECT COUNT(*) FROM search_queue) + (SELECT COUNT(*) FROM person_ids)";

// Row by row over the primary key: gaps stay free for those who queue.
constexpr std::string_view kDequeue =
    "DELETE q FROM JSON_TABLE(?, '$[*]' COLUMNS (listed BIGINT UNSIGNED PATH '$')) j"
    " STRAIGHT_JOIN search_queue q ON q.id = j.listed";
constexpr std::string_view kDequeueNew =
    "DELETE q FROM JSON_TABLE(?, '$[*]' COLUMNS (listed BIGINT UNSIGNED PATH '$')) j"
    " STRAIGHT_JOIN person_ids q ON q.id = j.listed";

constexpr std::string_view kPostingsOf =
    "SELECT p.gram, p.places FROM JSON_TABLE(?, '$[*]' COLUMNS (listed BIGINT UNSIGNED PATH '$')) j"
    " STRAIGHT_JOIN search_postings p ON p.gram = j.listed AND p.chunk = ?";
constexpr std::string_view kPostingsOfChunk =
    "SELECT gram, places FROM search_postings WHERE chunk = ? AND gram >= ? ORDER BY gram LIMIT ?";
constexpr std::string_view kRemovePostings =
    "DELETE p FROM JSON_TABLE(?, '$[*]' COLUMNS (listed BIGINT UNSIGNED PATH '$')) j"
    " STRAIGHT_JOIN search_postings p ON p.gram = j.listed AND p.chunk = ?";
constexpr std::string_view kClearSome =
    "DELETE FROM search_postings ORDER BY gram, chunk LIMIT 20000";

constexpr std::array<std::string_view, 4> kPhases = {"none", "clearing", "building", "ready"};

constexpr uint64_t kBlock = 1000;  // postings that are read at once

/// Postings on their way into the table, many in one statement.
class Writer {
 public:
  Writer(Session& session, uint64_t chunk) : session_(session), chunk_(chunk) {}

  void Put(Gram gram, const Places& places) {
    rows_.push_back({gram, places.Size(), Hex(places.Pack())});
    if (rows_.size() == kMany) Flush();
  }

  // Few texts of statements: each is prepared once and held.
  void Flush() {
    size_t first = 0;
    for (const size_t count : {kMany, kSome, size_t{1}}) {
      for (; rows_.size() - first >= count; first += count) Write(first, count);
    }
    rows_.clear();
  }

 private:
  static constexpr size_t kMany = 128;
  static constexpr size_t kSome = 8;

  struct Row {
    Gram gram;
    size_t size;
    std::string places;
  };

  void Write(size_t first, size_t count) {
    StatementBuilder sql;
    sql.Add("INSERT INTO search_postings (gram, chunk, size, places) VALUES ");
    for (size_t i = first; i < first + count; ++i) {
      const Row& row = rows_[i];
      if (i > first) sql.Add(", ");
      sql.Add("(").Value(row.gram).Add(", ").Value(chunk_).Add(", ").Value(row.size);
      sql.Add(", UNHEX(").Value(row.places).Add("))");
    }
    sql.Add(" ON DUPLICATE KEY UPDATE size = VALUES(size), places = VALUES(places)");
    sql.Execute(session_);
  }

  Session& session_;
  uint64_t chunk_;
  std::vector<Row> rows_;
};

/// What a chunk holds of some grams.
std::unordered_map<Gram, Places> Held(Session& session, uint64_t chunk,
                                      std::span<const Gram> grams) {
  std::unordered_map<Gram, Places> held;
  Rows rows = session.Query(kPostingsOf, JsonList(grams), chunk);
  while (rows.Next()) held.emplace(rows.Number(0), Places::Unpack(rows.Text(1)));
  return held;
}

/// A block of the postings of a chunk, from a gram on.
std::vector<std::pair<Gram, Places>> BlockOf(Session& session, uint64_t chunk, Gram first) {
  std::vector<std::pair<Gram, Places>> block;
  Rows rows = session.Query(kPostingsOfChunk, chunk, first, kBlock);
  while (rows.Next()) block.emplace_back(rows.Number(0), Places::Unpack(rows.Text(1)));
  return block;
}

}  // namespace

SearchStore::State SearchStore::Look(Session& session) {
  Rows rows = session.Query(kLook);
  State state;
  if (!rows.Next()) return state;
  state.phase = static_cast<Phase>(rows.Number(0) - 1);
  state.chunk = rows.Number(1);
  return state;
}

SearchStore::State SearchStore::Lock(Session& session) {
  session.Execute(kTakeTurn);
  return Look(session);
}

void SearchStore::Set(Session& session, const State& state) {
  session.Execute(kSet, kPhases.at(static_cast<size_t>(state.phase)), state.chunk);
}

std::optional<uint64_t> SearchStore::PersonFrom(Session& session, uint64_t first) {
  Rows rows = session.Query(kPersonFrom, first);
  if (!rows.Next()) return std::nullopt;
  return rows.Number(0);
}

std::vector<SearchStore::Queued> SearchStore::Waiting(Session& session, uint64_t limit) {
  std::vector<Queued> waiting;
  Rows rows = session.Query(kWaiting, limit, limit);
  while (rows.Next()) waiting.push_back({rows.Number(0), rows.Number(1), rows.Flag(2)});
  return waiting;
}

uint64_t SearchStore::CountWaiting(Session& session) {
  Rows rows = session.Query(kCountWaiting);
  return rows.Next() ? rows.Number(0) : 0;
}

void SearchStore::Dequeue(Session& session, const std::vector<Queued>& queued) {
  std::vector<uint64_t> changed;
  std::vector<uint64_t> born;
  for (const Queued& one : queued) {
    one.id != 0 ? changed.push_back(one.id) : born.push_back(one.person);
  }
  if (!changed.empty()) session.Execute(kDequeue, JsonList(changed));
  if (!born.empty()) session.Execute(kDequeueNew, JsonList(born));
}

void SearchStore::Merge(Session& session, uint64_t chunk, const GramMap& grams) {
  const std::vector<Gram> all = grams.Grams();
  Writer writer(session, chunk);
  for (size_t first = 0; first < all.size(); first += kBlock) {
    const std::span<const Gram> block =
        std::span(all).subspan(first, std::min<size_t>(kBlock, all.size() - first));
    const std::unordered_map<Gram, Places> held = Held(session, chunk, block);
    for (const Gram gram : block) {
      Places places = grams.Of(gram);
      const auto found = held.find(gram);
      if (found != held.end()) places.Unite(found->second);
      if (found == held.end() || places != found->second) writer.Put(gram, places);
    }
  }
  writer.Flush();
}

void SearchStore::Scrub(Session& session, uint64_t chunk, const std::vector<uint64_t>& persons) {
  Writer writer(session, chunk);
  std::vector<Gram> empty;
  Gram next = 0;
  for (auto block = BlockOf(session, chunk, next); !block.empty();
       block = BlockOf(session, chunk, next)) {
    for (auto& [gram, places] : block) {
      const Places before = places;
      for (const uint64_t person : persons) {
        places.Remove(static_cast<uint16_t>(person % kChunkSize));
      }
      if (places == Places()) {
        empty.push_back(gram);
      } else if (places != before) {
        writer.Put(gram, places);
      }
    }
    next = block.back().first + 1;
  }
  writer.Flush();
  if (!empty.empty()) session.Execute(kRemovePostings, JsonList(empty), chunk);
}

bool SearchStore::ClearSome(Session& session) { return session.Execute(kClearSome).rows > 0; }

}  // namespace rosterd::db
