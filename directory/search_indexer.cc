#include "directory/search_indexer.h"

#include <map>
#include <set>
#include <variant>
#include <vector>

#include "db/migrator.h"

namespace rosterd::directory {
namespace {

using db::SearchStore;
using Done = std::monostate;
using Phase = SearchStore::Phase;

constexpr std::chrono::milliseconds kPoll{500};
constexpr std::chrono::milliseconds kPollWithoutSchema{1000};
constexpr uint64_t kBatch = 2000;  // changed persons in one transaction, and as many new ones
constexpr uint64_t kForgotten = 20'000;
static_assert(2 * kBatch <= db::SearchTextReader::kMostListed);

bool HasSchema(db::Connection& connection) {
  const auto version = db::SchemaVersion(connection);
  return version && *version >= db::kSchemaVersion;
}

}  // namespace

SearchIndexer::SearchIndexer(db::Connection& connection, std::span<const db::SearchTexts> texts,
                             uint64_t least_id)
    : connection_(connection), texts_(texts), least_id_(least_id) {}

void SearchIndexer::Run(const Wait& wait) {
  while (!HasSchema(connection_)) {
    if (!wait(kPollWithoutSchema)) return;
  }
  while (wait(Step() == Progress::kMore ? std::chrono::milliseconds(0) : kPoll)) continue;
}

SearchIndexer::Progress SearchIndexer::Step() {
  // Most looks find nothing to do, and need no lock.
  const auto has_work = connection_.Read(
      [&](db::Session& session) -> db::StoreResult<bool> { return HasWork(session); });
  if (!has_work) return Progress::kFailed;
  if (!*has_work) return Progress::kIdle;
  const auto progress = connection_.Transaction(
      [&](db::Session& session) -> db::StoreResult<Progress> { return Work(session); });
  return progress ? *progress : Progress::kFailed;
}

bool SearchIndexer::HasWork(db::Session& session) const {
  const Phase phase = SearchStore::Look(session).phase;
  if (phase == Phase::kClearing || phase == Phase::kBuilding) return true;
  if (!SearchStore::Waiting(session, 1).empty()) return true;
  return phase == Phase::kNone && SearchStore::PersonFrom(session, least_id_);
}

SearchIndexer::Progress SearchIndexer::Work(db::Session& session) const {
  const SearchStore::State state = SearchStore::Lock(session);
  switch (state.phase) {
    case Phase::kNone:
      if (!SearchStore::PersonFrom(session, least_id_)) return Forget(session);
      SearchStore::Set(session, {Phase::kClearing, 0});
      return Progress::kMore;
    case Phase::kClearing: {
      const bool cleared = !SearchStore::ClearSome(session);
      const bool forgotten = Forget(session) == Progress::kIdle;
      if (cleared && forgotten) SearchStore::Set(session, {Phase::kBuilding, 0});
      return Progress::kMore;
    }
    case Phase::kBuilding:
      return BuildNext(session, state.chunk);
    case Phase::kReady:
      break;
  }
  return TakeQueue(session);
}

// The changes that wait are older than the build, which will see them.
SearchIndexer::Progress SearchIndexer::Forget(db::Session& session) {
  const auto queued = SearchStore::Waiting(session, kForgotten);
  SearchStore::Dequeue(session, queued);
  return queued.size() >= kForgotten ? Progress::kMore : Progress::kIdle;
}

SearchIndexer::Progress SearchIndexer::BuildNext(db::Session& session, uint64_t chunk) const {
  const auto person = SearchStore::PersonFrom(session, chunk * db::kChunkSize);
  if (!person) {
    SearchStore::Set(session, {Phase::kReady, 0});
    return Progress::kMore;
  }
  const uint64_t next = *person / db::kChunkSize;
  db::GramMap grams;
  db::SearchTextReader(session, texts_).ReadChunk(next, grams);
  SearchStore::Merge(session, next, grams);
  SearchStore::Set(session, {Phase::kBuilding, next + 1});
  return Progress::kMore;
}

SearchIndexer::Progress SearchIndexer::TakeQueue(db::Session& session) const {
  const auto queued = SearchStore::Waiting(session, kBatch);
  Index(session, queued);
  SearchStore::Dequeue(session, queued);
  return queued.size() >= kBatch ? Progress::kMore : Progress::kIdle;
}

void SearchIndexer::Index(db::Session& session,
                          const std::vector<SearchStore::Queued>& queued) const {
  struct Persons {
    std::set<uint64_t> changed;
    std::set<uint64_t> erased;
  };
  std::map<uint64_t, Persons> chunks;
  for (const SearchStore::Queued& one : queued) {
    Persons& persons = chunks[one.person / db::kChunkSize];
    (one.erased ? persons.erased : persons.changed).insert(one.person);
  }
  db::SearchTextReader reader(session, texts_);
  for (const auto& [chunk, persons] : chunks) {
    if (!persons.erased.empty()) {
      SearchStore::Scrub(session, chunk, {persons.erased.begin(), persons.erased.end()});
    }
    if (persons.changed.empty()) continue;
    db::GramMap grams;
    reader.ReadPersons({persons.changed.begin(), persons.changed.end()}, grams);
    SearchStore::Merge(session, chunk, grams);
  }
}

bool SearchIndexer::Rebuild() {
  const auto begun = connection_.Transaction([](db::Session& session) -> db::StoreResult<Done> {
    SearchStore::Lock(session);
    SearchStore::Set(session, {Phase::kClearing, 0});
    return Done();
  });
  if (!begun) return false;
  Progress progress = Progress::kMore;
  while (progress == Progress::kMore) progress = Step();
  return progress == Progress::kIdle;
}

}  // namespace rosterd::directory
