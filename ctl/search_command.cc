#include "ctl/search_command.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include "ctl/commands.h"
#include "db/bedita/search_texts.h"
#include "db/cscart/search_texts.h"
#include "db/search_texts.h"
#include "directory/search_indexer.h"

namespace rosterd::ctl {
namespace {

using db::SearchStore;

constexpr std::array kTexts = {db::kSharedSearchTexts, db::cscart::kProfileSearchTexts,
                               db::bedita::kOwnSearchTexts};

// A step takes a second, and more on a machine that is busy.
constexpr std::chrono::minutes kPatience{5};

void Rebuild(Tool& tool) {
  RebuildSearch(tool);
  const auto waiting =
      tool.connection().Read([](db::Session& session) -> db::StoreResult<uint64_t> {
        return SearchStore::CountWaiting(session);
      });
  tool.Print(Record{{"search_index", ToText(SearchStore::Phase::kReady)},
                    {"search_waiting", Require(waiting, "search rebuild")}});
}

}  // namespace

void RebuildSearch(Tool& tool) {
  config::Database database = tool.settings().database;
  database.read_timeout = std::max<std::chrono::seconds>(database.read_timeout, kPatience);
  db::Connection connection(database);
  directory::SearchIndexer indexer(connection, kTexts);
  if (!indexer.Rebuild()) {
    throw Failure(
        "search: the database did not take it; the daemon goes on with it, or do it again");
  }
}

std::string ToText(SearchStore::Phase phase) {
  switch (phase) {
    case SearchStore::Phase::kNone:
      return "none";
    case SearchStore::Phase::kClearing:
    case SearchStore::Phase::kBuilding:
      return "building";
    case SearchStore::Phase::kReady:
      break;
  }
  return "ready";
}

void AddSearchCommands(CLI::App& app, Tool& tool) {
  CLI::App* const search = app.add_subcommand("search", "The index of substring search");
  search->require_subcommand(1);
  search->add_subcommand("rebuild", "Builds it anew; searches work meanwhile, more slowly")
      ->callback([&tool] { Rebuild(tool); });
}

}  // namespace rosterd::ctl
