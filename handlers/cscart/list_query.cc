#include "handlers/cscart/list_query.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>
#include <vector>

#include "db/ids.h"
#include "handlers/cscart/access.h"
#include "handlers/cscart/body.h"

namespace rosterd::cscart {
namespace {

using db::cscart::UserFilter;
using db::cscart::UserOrder;
using fcgi::Value;

constexpr std::string_view kDigits = "0123456789";

constexpr std::array<std::pair<std::string_view, UserOrder>, 11> kOrders = {{
    {"id", UserOrder::kId},
    {"username", UserOrder::kUsername},
    {"email", UserOrder::kEmail},
    {"name", UserOrder::kName},
    {"date", UserOrder::kDate},
    {"type", UserOrder::kType},
    {"status", UserOrder::kStatus},
    {"company", UserOrder::kCompany},
    {"phone", UserOrder::kPhone},
    {"last_login", UserOrder::kLastLogin},
    {"updated", UserOrder::kUpdated},
}};

constexpr std::array<std::string_view, 27> kScalars = {
    "company",    "company_id",   "name",       "user_login", "email", "usergroup_id",   "status",
    "address",    "zipcode",      "country",    "state",      "city",  "state_code",     "phone",
    "is_root",    "tax_exempt",   "compact",    "user_type",  "page",  "items_per_page", "sort_by",
    "sort_order", "updated_from", "updated_to", "extended",   "full",  "version"};

bool IsAllDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of(kDigits) == std::string_view::npos;
}

/// One letter of a code, in upper case; nothing for anything else.
std::optional<std::string> Letter(std::string_view text) {
  if (text.size() != 1) return std::nullopt;
  const char letter = text.front();
  if (letter >= 'a' && letter <= 'z') return std::string(1, static_cast<char>(letter - 'a' + 'A'));
  if (letter >= 'A' && letter <= 'Z') return std::string(1, letter);
  return std::nullopt;
}

std::vector<std::string> SplitAt(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const size_t end = text.find(separator);
    parts.emplace_back(Trim(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

void AppendElements(const Value& value, std::vector<std::string>& elements) {
  if (const std::string* text = value.AsText()) {
    for (std::string& part : SplitAt(*text, ',')) elements.push_back(std::move(part));
  }
  if (const Value::List* list = value.AsList()) {
    for (const Value& element : *list) AppendElements(element, elements);
  }
  if (const Value::Object* object = value.AsObject()) {
    for (const auto& member : *object) AppendElements(member.second, elements);
  }
}

/// The elements of a list parameter, however it was written; nothing when it is absent or "".
std::optional<std::vector<std::string>> Elements(const Value& query, std::string_view name) {
  const Value* value = query.Find(name);
  if (value == nullptr) return std::nullopt;
  if (const std::string* text = value->AsText(); text != nullptr && Trim(*text).empty()) {
    return std::nullopt;
  }
  std::vector<std::string> elements;
  AppendElements(*value, elements);
  return elements;
}

std::optional<std::vector<uint64_t>> Ids(const Value& query, std::string_view name) {
  const auto elements = Elements(query, name);
  if (!elements) return std::nullopt;
  std::vector<uint64_t> ids;
  for (const std::string& element : *elements) {
    if (const auto id = ParseId(element)) ids.push_back(*id);
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

void ReadIds(const Value& query, UserFilter& filter) {
  filter.ids = Ids(query, "user_ids");
  if (auto also = Ids(query, "user_id")) {
    if (!filter.ids) filter.ids = also;
    std::vector<uint64_t> both;
    std::set_intersection(filter.ids->begin(), filter.ids->end(), also->begin(), also->end(),
                          std::back_inserter(both));
    filter.ids = std::move(both);
  }
  filter.without_ids = Ids(query, "exclude_user_ids").value_or(std::vector<uint64_t>());
}

std::vector<std::string> Letters(const std::vector<std::string>& elements) {
  std::vector<std::string> letters;
  for (const std::string& element : elements) {
    if (auto letter = Letter(element)) letters.push_back(std::move(*letter));
  }
  std::sort(letters.begin(), letters.end());
  letters.erase(std::unique(letters.begin(), letters.end()), letters.end());
  return letters;
}

/// A filter of one letter; what is no letter is met by nobody.
std::optional<std::string> LetterFilter(const Value& query, std::string_view name,
                                        UserFilter& filter) {
  const auto text = Scalar(query, name);
  if (!text) return std::nullopt;
  auto letter = Letter(*text);
  if (!letter) filter.nothing = true;
  return letter;
}

void ReadTypes(const Value& query, UserFilter& filter) {
  filter.user_type = LetterFilter(query, "user_type", filter);
  if (const auto types = Elements(query, "user_types")) filter.user_types = Letters(*types);
  if (const auto types = Elements(query, "exclude_user_types")) {
    filter.without_user_types = Letters(*types);
  }
}

void ReadFlags(const Value& query, UserFilter& filter) {
  filter.status = LetterFilter(query, "status", filter);
  filter.tax_exempt = LetterFilter(query, "tax_exempt", filter);
  const auto is_root = LetterFilter(query, "is_root", filter);
  if (!is_root) return;
  filter.is_root = *is_root == "Y";
  if (*is_root != "Y" && *is_root != "N") filter.nothing = true;
}

void AddCompany(std::string_view digits, UserFilter& filter) {
  const auto id = ParseId(digits);
  if (id) filter.companies.push_back(*id);
  if (!id) filter.nothing = true;
}

// `company` is an id when it is a number, else a piece of the free text (conflict C4).
void ReadCompany(const Call& call, UserFilter& filter) {
  if (auto company = Scalar(call.query, "company")) {
    if (IsAllDigits(*company)) {
      AddCompany(*company, filter);
    } else {
      filter.company = std::move(company);
    }
  }
  const auto company_id = Scalar(call.query, "company_id");
  if (company_id && !call.caller.BoundTo()) AddCompany(*company_id, filter);
}

void ReadUsergroup(const Value& query, UserFilter& filter) {
  const auto text = Scalar(query, "usergroup_id");
  if (!text || *text == "-1") return;
  filter.usergroup_id = ParseId(*text);
  if (!filter.usergroup_id) filter.nothing = true;
}

void ReadName(const Value& query, UserFilter& filter) {
  auto name = Scalar(query, "name");
  if (!name) return;
  std::vector<std::string> words = SplitAt(*name, ' ');
  std::erase(words, "");
  if (words.size() == 2) {
    filter.two_names.emplace(std::move(words[0]), std::move(words[1]));
  } else {
    filter.name = std::move(name);
  }
}

void ReadPhone(const Value& query, UserFilter& filter) {
  const auto phone = Scalar(query, "phone");
  if (!phone) return;
  std::string digits;
  std::copy_if(phone->begin(), phone->end(), std::back_inserter(digits),
               [](char byte) { return kDigits.find(byte) != std::string_view::npos; });
  if (digits.empty()) filter.nothing = true;
  filter.phone_digits = std::move(digits);
}

// A moment beyond all accounts, as one in milliseconds is, stays beyond them.
std::optional<int64_t> Moment(const Value& query, std::string_view name) {
  constexpr uint64_t kYear9999 = 253402300799;
  const auto text = Scalar(query, name);
  if (!text || !IsAllDigits(*text)) return std::nullopt;
  return static_cast<int64_t>(std::min(ParseId(*text).value_or(kYear9999), kYear9999 - 1));
}

void ReadTexts(const Value& query, UserFilter& filter) {
  ReadName(query, filter);
  ReadPhone(query, filter);
  filter.compact = Scalar(query, "compact") == "Y";
  filter.user_login = Scalar(query, "user_login");
  filter.email = Scalar(query, "email");
  filter.address = Scalar(query, "address");
  filter.zipcode = Scalar(query, "zipcode");
  filter.country = Scalar(query, "country");
  filter.state = Scalar(query, "state");
  filter.city = Scalar(query, "city");
  filter.state_code = Scalar(query, "state_code");
  filter.updated_from = Moment(query, "updated_from");
  filter.updated_to = Moment(query, "updated_to");
}

void ReadSort(const Value& query, ListQuery& list) {
  const std::string asked = Scalar(query, "sort_by").value_or("");
  const auto* found = std::find_if(kOrders.begin(), kOrders.end(),
                                   [&](const auto& order) { return order.first == asked; });
  list.sort.by = found == kOrders.end() ? UserOrder::kName : found->second;
  list.sort_by = found == kOrders.end() ? "name" : asked;
  list.sort.descending = Scalar(query, "sort_order") == "desc";
}

/// A whole number of digits, cut to what every client can read back; nothing for anything else.
std::optional<uint64_t> Count(const Value& query, std::string_view name) {
  const auto text = Scalar(query, name);
  if (!text || !IsAllDigits(*text)) return std::nullopt;
  return ParseId(*text).value_or(kIdLimit - 1);
}

void WriteValue(JsonWriter& json, const Value& value) {
  if (const Value::List* list = value.AsList()) {
    json.StartArray();
    for (const Value& element : *list) WriteValue(json, element);
    return json.EndArray();
  }
  if (const Value::Object* object = value.AsObject()) {
    json.StartObject();
    for (const auto& [key, member] : *object) {
      json.Key(key);
      WriteValue(json, member);
    }
    return json.EndObject();
  }
  const std::string* text = value.AsText();
  json.Text(text == nullptr ? std::string_view() : *text);
}

// What clients send under these names is replaced by what was made of it.
bool IsComputed(std::string_view name) {
  constexpr std::array<std::string_view, 6> kComputed = {
      "page", "items_per_page", "sort_by", "sort_order", "sort_order_rev", "total_items"};
  return std::find(kComputed.begin(), kComputed.end(), name) != kComputed.end();
}

}  // namespace

std::optional<std::string> Scalar(const Value& query, std::string_view name) {
  const Value* value = query.Find(name);
  if (value == nullptr) return std::nullopt;
  if (const Value::List* list = value->AsList(); list != nullptr && !list->empty()) {
    value = &list->back();
  }
  const std::string* text = value->AsText();
  if (text == nullptr || Trim(*text).empty()) return std::nullopt;
  return std::string(Trim(*text));
}

uint64_t Paging::Within(uint64_t total) const {
  if (items_per_page == 0) return 1;
  if (total == 0) return page;
  return std::min(page, (total + items_per_page - 1) / items_per_page);
}

Paging ReadPaging(const Call& call, const config::Cscart& settings) {
  const auto configured = static_cast<uint64_t>(std::max(0, settings.items_per_page));
  const auto most = static_cast<uint64_t>(std::max(0, settings.max_items_per_page));
  Paging paging;
  paging.page = std::max<uint64_t>(1, Count(call.query, "page").value_or(1));
  const uint64_t usual = call.version == Version::kOne ? 0 : configured;
  paging.items_per_page = Count(call.query, "items_per_page").value_or(usual);
  const bool too_many = paging.items_per_page == 0 || paging.items_per_page > most;
  if (most != 0 && too_many) paging.items_per_page = most;
  return paging;
}

Result<ListQuery, Problem> ReadListQuery(const Call& call, const config::Cscart& settings) {
  for (const std::string_view name : kScalars) {
    const Value* value = call.query.Find(name);
    if (value == nullptr || value->AsObject() == nullptr) continue;
    return Problem::Error(std::string(name) + " must be a single value");
  }
  ListQuery list;
  list.filter.sight = SightOf(call.caller, call.scope);
  ReadIds(call.query, list.filter);
  ReadTypes(call.query, list.filter);
  ReadFlags(call.query, list.filter);
  ReadCompany(call, list.filter);
  ReadUsergroup(call.query, list.filter);
  ReadTexts(call.query, list.filter);
  ReadSort(call.query, list);
  list.paging = ReadPaging(call, settings);
  list.extended = Scalar(call.query, "extended") == "Y";
  return list;
}

void WriteParams(JsonWriter& json, const Value& query, const Echo& echo) {
  json.StartObject();
  for (const auto& [name, value] : *query.AsObject()) {
    if (IsComputed(name)) continue;
    json.Key(name);
    WriteValue(json, value);
  }
  NumberField(json, "page", echo.page);
  NumberField(json, "items_per_page", echo.items_per_page);
  Field(json, "sort_by", echo.sort_by);
  Field(json, "sort_order", echo.descending ? "desc" : "asc");
  Field(json, "sort_order_rev", echo.descending ? "asc" : "desc");
  if (echo.items_per_page != 0) Field(json, "total_items", std::to_string(echo.total));
  json.EndObject();
}

}  // namespace rosterd::cscart
