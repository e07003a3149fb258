#include "handlers/timeslot/list_users.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "db/timeslot/relation_store.h"
#include "db/timeslot/user_list.h"
#include "fcgi/form.h"
#include "handlers/json_writer.h"
#include "handlers/timeslot/answer.h"
#include "handlers/timeslot/views.h"

namespace rosterd::timeslot {
namespace {

using db::timeslot::SeenFriendship;

constexpr uint64_t kChunk = 1000;

/// Which part of the list is asked for.
struct Page {
  UserId after;
  uint64_t limit = std::numeric_limits<uint64_t>::max();
  std::optional<uint64_t> asked_limit;
};

/// friendshipState of the persons that the caller has to do with.
using States = std::unordered_map<uint64_t, std::string>;

/// The list as far as it is written.
struct List {
  std::string body;
  UserId last;
  uint64_t entries = 0;
  bool is_cut = false;
};

// What is no number is not asked for; a number beyond all ids stays beyond them.
std::optional<uint64_t> Number(const fcgi::Value& query, std::string_view name) {
  const fcgi::Value* value = query.Find(name);
  const std::string* text = value == nullptr ? nullptr : value->AsText();
  const bool is_number = text != nullptr && !text->empty() &&
                         text->find_first_not_of("0123456789") == std::string::npos;
  if (!is_number) return std::nullopt;
  return ParseId(*text).value_or(kIdLimit - 1);
}

Page ReadPage(const fcgi::Request& request, int list_limit) {
  Page page;
  if (list_limit > 0) page.limit = static_cast<uint64_t>(list_limit);
  const auto query = fcgi::ParseForm(request.query);
  if (!query) return page;
  page.after = {Number(*query, "after").value_or(0)};
  page.asked_limit = Number(*query, "limit");
  if (page.asked_limit.value_or(0) > 0) page.limit = std::min(page.limit, *page.asked_limit);
  return page;
}

States StatesOf(const std::vector<SeenFriendship>& friendships, UserId caller) {
  States states;
  for (const SeenFriendship& friendship : friendships) {
    const bool asked_by_caller = friendship.state == "00" && friendship.starter == caller;
    states[friendship.other.value] = asked_by_caller ? "10" : friendship.state;
  }
  return states;
}

void WriteEntry(JsonWriter& json, const db::Person& person, const States& states,
                const std::string& base_url) {
  const auto state = states.find(person.id.value);
  json.StartObject();
  NumberField(json, "id", person.id.value);
  Field(json, "username", DisplayName(person));
  NullableField(json, "image", Image(person, base_url));
  NullableField(json, "friendshipState",
                state == states.end() ? std::nullopt : std::optional(state->second));
  Field(json, "url", base_url + "/v1/users/" + std::to_string(person.id.value));
  json.EndObject();
}

// In pieces, so that a list without a limit is not all in the client library at once.
void WriteList(List& list, db::Session& session, const Page& page, const States& states,
               const std::string& base_url) {
  JsonWriter json;
  list = List{.body = {}, .last = page.after};
  json.StartArray();
  while (!list.is_cut) {
    const uint64_t left = page.limit - list.entries;
    const auto wanted = static_cast<int>(std::min(kChunk, left + (left < kChunk ? 1 : 0)));
    const auto persons = db::timeslot::ListUsers(session, list.last, wanted);
    for (const db::Person& person : persons) {
      list.is_cut = list.entries == page.limit;
      if (list.is_cut) break;
      WriteEntry(json, person, states, base_url);
      list.last = person.id;
      ++list.entries;
    }
    if (persons.size() < static_cast<size_t>(wanted)) break;
  }
  json.EndArray();
  list.body = json.Take();
}

std::string NextLink(const List& list, const Page& page, const std::string& base_url) {
  std::string link = "<" + base_url + "/v1/users?after=" + std::to_string(list.last.value);
  if (page.asked_limit) link += "&limit=" + std::to_string(*page.asked_limit);
  return link + R"(>; rel="next")";
}

}  // namespace

Answer ListUsers::operator()(const Call& call) const {
  const Page page = ReadPage(call.request, services_.settings.timeslot.list_limit);
  const std::string base_url = call.BaseUrl();
  List list;
  const auto written =
      services_.connection.Read([&](db::Session& session) -> db::StoreResult<bool> {
        const auto friendships = db::timeslot::RelationStore::Friendships(session, call.caller.id);
        WriteList(list, session, page, StatesOf(friendships, call.caller.id), base_url);
        return true;
      });
  if (!written) return ToProblem(directory::Refusal(written.error()));
  fcgi::Response response = JsonAnswer(200, list.body);
  if (list.is_cut) response.SetHeader("Link", NextLink(list, page, base_url));
  return response;
}

}  // namespace rosterd::timeslot
