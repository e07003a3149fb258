#include "handlers/cscart/users_list.h"

#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "db/cscart/user_store.h"
#include "db/list_answer.h"
#include "handlers/cscart/etag.h"
#include "handlers/cscart/views.h"

namespace rosterd::cscart {
namespace {

using db::cscart::UserRow;
using db::cscart::UserStore;

// Above so many rows an answer is streamed: only its ids are held in memory.
constexpr uint64_t kShort = UserStore::kBatch;

// Behind so many rows the end of a list is dear to find by looking for it.
constexpr uint64_t kDeep = 1000;

// To find the last page while others delete.
constexpr int kMostAttempts = 3;

Echo ToEcho(const ListQuery& list, uint64_t page, uint64_t total) {
  return {.page = page,
          .items_per_page = list.paging.items_per_page,
          .sort_by = list.sort_by,
          .descending = list.sort.descending,
          .total = total};
}

/// What stands in front of the users and behind them, in the form of the version.
class Frame {
 public:
  Frame(const Call& call, Echo echo)
      : bare_(call.version == Version::kOne), query_(call.query), echo_(std::move(echo)) {}

  void Open(JsonWriter& json) const {
    if (!bare_) {
      json.StartObject();
      json.Key("users");
    }
    json.StartArray();
  }
  void Close(JsonWriter& json) const {
    json.EndArray();
    if (bare_) return;
    json.Key("params");
    WriteParams(json, query_, echo_);
    json.EndObject();
  }

 private:
  bool bare_;
  fcgi::Value query_;
  Echo echo_;
};

/// Writes a long list piece by piece. The ids were found at one moment, so that no change in
/// between makes a user appear twice or pushes another one out; who was deleted since is left out.
class LongList {
 public:
  LongList(db::Connection& connection, std::vector<uint64_t> ids, Frame frame, Extras extras)
      : connection_(connection), ids_(std::move(ids)), frame_(std::move(frame)), extras_(extras) {
    frame_.Open(json_);
  }

  std::optional<std::string> Next() {
    if (done_) return std::nullopt;
    if (at_ < ids_.size()) {
      WriteBatch();
    } else {
      frame_.Close(json_);
      done_ = true;
    }
    return json_.Flush();
  }

 private:
  void WriteBatch() {
    const size_t size = std::min(UserStore::kBatch, ids_.size() - at_);
    const auto users = UserStore::Batch(connection_, std::span(ids_).subspan(at_, size));
    if (!users) throw std::runtime_error("the database was lost in the middle of a list");
    for (const UserRow& user : *users) WriteUser(json_, user, extras_);
    at_ += size;
  }

  db::Connection& connection_;
  std::vector<uint64_t> ids_;
  Frame frame_;
  Extras extras_;
  JsonWriter json_;
  size_t at_ = 0;
  bool done_ = false;
};

/// A page together with where it was found.
struct Found {
  std::vector<UserRow> users;
  uint64_t page = 1;
  uint64_t total = 0;
};

db::StoreResult<uint64_t> CountOf(db::Connection& connection, const ListQuery& list) {
  const auto narrowed = UserStore::Narrow(connection, list.filter);
  if (!narrowed) return narrowed.error();
  return UserStore::Count(connection, *narrowed);
}

/// All that an answer depends upon besides the database.
std::string NameOf(const Call& call) {
  const uint64_t scope = call.scope.value_or(0);
  const uint64_t bound = call.caller.BoundTo().value_or(0);
  const uint64_t self = call.caller.restricted ? call.caller.id.value : 0;
  std::string name = "cscart";
  for (const uint64_t part : {scope, bound, self}) name.append(" ").append(std::to_string(part));
  name.append(" ").append(call.version_name).append(" ").append(call.request.raw_path);
  return name.append("?").append(call.request.query);
}

// A page behind the last one is empty, and then it is known which one the last one is.
db::StoreResult<Found> FindPage(db::Connection& connection, const ListQuery& list) {
  const uint64_t limit = list.paging.items_per_page;
  Found found;
  found.page = list.paging.page;
  if ((found.page - 1) * limit > kDeep) {
    const auto total = CountOf(connection, list);
    if (!total) return total.error();
    found.page = list.paging.Within(*total);
  }
  for (int attempt = 0;; ++attempt) {
    const uint64_t offset = (found.page - 1) * limit;
    auto part = UserStore::Page(connection, list.filter, list.sort, limit, offset);
    if (!part) return part.error();
    found.users = std::move(part->users);
    found.total = part->total;
    const uint64_t page = list.paging.Within(found.total);
    if (!found.users.empty() || page >= found.page || attempt == kMostAttempts) return found;
    found.page = page;
  }
}

}  // namespace

Answer ListUsers::operator()(const Call& call) const {
  auto list = ReadListQuery(call, services_.settings.cscart);
  if (!list) return list.error();
  const uint64_t limit = list->paging.items_per_page;
  if (limit != 0 && limit <= kShort) return ShortPage(call, *list);
  auto narrowed = UserStore::Narrow(services_.connection, std::move(list->filter));
  if (!narrowed) return ToProblem(narrowed.error());
  list->filter = *std::move(narrowed);
  return LongPage(call, *list);
}

Answer ListUsers::ShortPage(const Call& call, const ListQuery& list) const {
  const std::string name = NameOf(call);
  db::RecalledAnswer recalled = db::RecallAnswer(services_.connection, name);
  if (auto& known = recalled.answer) {
    return TaggedResponse(call.request, std::move(known->body), known->tag);
  }
  const auto found = FindPage(services_.connection, list);
  if (!found) return ToProblem(found.error());

  const Extras extras = ChooseExtras(list.extended, services_.settings.cscart.extra_fields);
  const Frame frame(call, ToEcho(list, found->page, found->total));
  JsonWriter json;
  frame.Open(json);
  for (const UserRow& user : found->users) WriteUser(json, user, extras);
  frame.Close(json);
  db::ListAnswer answer{json.Take()};
  answer.tag = TagOf(answer.body);
  db::KeepAnswer(services_.connection, name, recalled, answer);
  return TaggedResponse(call.request, std::move(answer.body), answer.tag);
}

Answer ListUsers::LongPage(const Call& call, const ListQuery& list) const {
  uint64_t total = 0;
  uint64_t limit = list.paging.items_per_page;
  if (limit != 0) {
    const auto count = UserStore::Count(services_.connection, list.filter);
    if (!count) return ToProblem(count.error());
    total = *count;
  }
  const uint64_t page = list.paging.Within(total);
  const uint64_t offset = limit == 0 || total == 0 ? 0 : (page - 1) * limit;
  if (limit == 0) limit = kIdLimit;
  auto ids = UserStore::Ids(services_.connection, list.filter, list.sort, limit, offset);
  if (!ids) return ToProblem(ids.error());

  const Extras extras = ChooseExtras(list.extended, services_.settings.cscart.extra_fields);
  auto stream = std::make_shared<LongList>(services_.connection, *std::move(ids),
                                           Frame(call, ToEcho(list, page, total)), extras);
  fcgi::Response response = JsonResponse(200, "");
  response.stream = [stream] { return stream->Next(); };
  return response;
}

}  // namespace rosterd::cscart
