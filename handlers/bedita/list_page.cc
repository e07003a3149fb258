#include "handlers/bedita/list_page.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "db/bedita/record_store.h"
#include "db/list_answer.h"
#include "handlers/bedita/document.h"
#include "handlers/bedita/included.h"
#include "handlers/bedita/list_query.h"
#include "handlers/bedita/record_view.h"
#include "handlers/bedita/sight.h"

namespace rosterd::bedita {
namespace {

using db::bedita::ListFilter;
using db::bedita::Record;
using db::bedita::RecordPage;
using db::bedita::RecordStore;

constexpr uint64_t kMostPageSize = 500;

ListRules RulesOf(const Call& call, const List& list) {
  const config::Bedita& settings = call.Settings();
  const auto most = static_cast<uint64_t>(std::max(1, settings.max_page_size));
  const auto usual = static_cast<uint64_t>(std::max(1, settings.page_size));
  ListRules rules{list.resource};
  rules.max_page_size = std::min(most, kMostPageSize);
  rules.page_size = std::min(usual, rules.max_page_size);
  rules.visible = Visible(call, list.resource);
  if (!call.caller.IsAnonymous()) rules.caller = call.caller.id.value;
  rules.trash = list.base.trash;
  return rules;
}

/// What the path asks for and what the query does, together.
ListFilter Both(const ListFilter& path, ListFilter query) {
  query.nothing = query.nothing || path.nothing;
  query.trash = path.trash;
  query.level = path.level;
  query.of_role = path.of_role;
  query.of_user = path.of_user;
  query.conditions.insert(query.conditions.end(), path.conditions.begin(), path.conditions.end());
  return query;
}

View ViewOf(const Call& call, const List& list) {
  db::bedita::Choice visible = Visible(call, list.resource);
  if (list.base.trash) visible &= list.resource.Common();
  View view = ChooseView(call, list.resource, visible);
  if (list.identifiers) view.choice.reset();
  return view;
}

std::string SelfOf(const List& list, uint64_t id) {
  const std::string_view folder = list.base.trash ? "trash" : list.resource.type;
  return "/" + std::string(folder) + "/" + std::to_string(id);
}

fcgi::Response Write(const Call& call, const List& list, const ListQuery& query, const View& view,
                     const RecordPage& found, const Included& included) {
  Document document(call);
  JsonWriter& json = document.Data();
  json.StartArray();
  for (const Record& record : found.records) {
    Framing framing;
    framing.self = SelfOf(list, record.id);
    framing.related = !list.base.trash;
    framing.linked = included.Of(record.id);
    framing.bare = list.identifiers;
    WriteRecord(call, json, view, record, framing);
  }
  json.EndArray();
  if (!found.records.empty() && !list.identifiers) document.UseSchema(list.resource.type);
  included.WriteInto(document);
  if (!list.available.empty()) document.SetAvailable(list.available);
  document.Paginate({.count = found.total,
                     .number = query.paging.page,
                     .size = query.paging.size,
                     .items = found.records.size()});
  return document.Send();
}

/// All that an answer depends upon besides the database and the settings.
std::string NameOf(const Call& call) {
  std::string name = "bedita ";
  name.append(std::to_string(call.caller.id.value)).append(" ").append(call.type);
  return name.append(" ").append(call.Self());
}

Answer ReadList(const Services& services, const Call& call, const List& list) {
  auto query = ReadListQuery(call.query, RulesOf(call, list));
  if (!query) {
    Problem problem;
    problem.status = 400;
    problem.title = query.error().title;
    problem.detail = query.error().detail;
    return problem;
  }
  const auto includes = ReadIncludes(call, list.resource);
  if (!includes) return includes.error();
  query->filter = Both(list.base, std::move(query->filter));

  const View view = ViewOf(call, list);
  const bool wanted = (includes->roles || includes->users) && !list.base.trash;
  Included included(call, list.resource, wanted);
  const auto found =
      services.connection.Read([&](db::Session& session) -> db::StoreResult<RecordPage> {
        const uint64_t size = query->paging.size;
        RecordPage page = RecordStore::Page(session, list.resource, query->filter, query->order,
                                            view.choice, size, (query->paging.page - 1) * size);
        included.Read(session, page.records);
        return page;
      });
  if (!found) return ToProblem(found.error());
  if (found->records.empty() && query->paging.page > 1) return Problem::Plain(404);
  return Write(call, list, *query, view, *found, included);
}

}  // namespace

Answer ShowList(const Services& services, const Call& call, const List& list) {
  const std::string name = NameOf(call);
  db::RecalledAnswer recalled = db::RecallAnswer(services.connection, name);
  if (auto& known = recalled.answer) return WrittenResponse(call.type, std::move(known->body));
  Answer answer = ReadList(services, call, list);
  if (answer) db::KeepAnswer(services.connection, name, recalled, {answer->body});
  return answer;
}

}  // namespace rosterd::bedita
