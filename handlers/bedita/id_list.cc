#include "handlers/bedita/id_list.h"

#include <optional>
#include <string>

#include "db/bedita/record_store.h"
#include "handlers/bedita/list_query.h"
#include "handlers/bedita/sight.h"

namespace rosterd::bedita {
namespace {

constexpr size_t kMostIds = 500;

/// The texts of `ids`, a comma list or a list.
std::vector<std::string> IdTexts(const Call& call) {
  if (const auto text = call.query.Text("ids")) return SplitList(*text);
  std::vector<std::string> texts;
  const fcgi::Value* value = call.query.Find("ids");
  const fcgi::Value::List* list = value == nullptr ? nullptr : value->AsList();
  if (list == nullptr) return texts;
  for (const fcgi::Value& element : *list) {
    if (const std::string* text = element.AsText()) texts.push_back(*text);
  }
  return texts;
}

}  // namespace

Result<Targets, Problem> ReadIds(const Call& call) {
  const std::vector<std::string> texts = IdTexts(call);
  if (texts.empty()) {
    Problem problem;
    problem.status = 400;
    problem.title = "Missing required parameter \"ids\"";
    return problem;
  }
  if (texts.size() > kMostIds) return Problem::InvalidData("at most 500 ids");
  Targets targets;
  targets.bulk = true;
  for (const std::string& text : texts) {
    if (const auto id = ParseId(text)) targets.ids.push_back(*id);
  }
  return targets;
}

Result<Targets, Problem> PathOrBulk(const Services& services, const Call& call,
                                    const db::bedita::Resource& resource) {
  const std::string_view segment = call.params.Get("id");
  if (segment.empty()) return ReadIds(call);
  using Found = std::optional<db::bedita::Record>;
  const auto found = services.connection.Read([&](db::Session& session) -> db::StoreResult<Found> {
    return db::bedita::RecordStore::Find(session, resource, ReadIdent(resource, segment),
                                         Present(call), {});
  });
  if (!found) return ToProblem(found.error());
  if (!*found) return Problem::NoRecord(resource.type);
  return Targets{{(*found)->id}, /*bulk=*/false};
}

std::vector<UserId> ToUserIds(const std::vector<uint64_t>& ids) {
  std::vector<UserId> users;
  users.reserve(ids.size());
  for (const uint64_t id : ids) users.push_back({id});
  return users;
}

}  // namespace rosterd::bedita
