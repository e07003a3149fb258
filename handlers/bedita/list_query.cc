#include "handlers/bedita/list_query.h"

#include <algorithm>
#include <array>
#include <utility>

#include "db/ids.h"
#include "fcgi/ascii.h"
#include "handlers/bedita/moment.h"
#include "handlers/bedita/search_words.h"

namespace rosterd::bedita {
namespace {

using db::bedita::Compare;
using db::bedita::Condition;
using db::bedita::Kind;
using db::bedita::ListFilter;
using fcgi::Value;

constexpr size_t kMostWords = 10;
constexpr size_t kLeastSearch = 3;

constexpr std::array<std::pair<std::string_view, Compare>, 15> kOperators = {{
    {"eq", Compare::kEqual},
    {"=", Compare::kEqual},
    {"neq", Compare::kNotEqual},
    {"ne", Compare::kNotEqual},
    {"!=", Compare::kNotEqual},
    {"<>", Compare::kNotEqual},
    {"lt", Compare::kLess},
    {"<", Compare::kLess},
    {"lte", Compare::kLessEqual},
    {"le", Compare::kLessEqual},
    {"<=", Compare::kLessEqual},
    {"gt", Compare::kGreater},
    {">", Compare::kGreater},
    {"gte", Compare::kGreaterEqual},
    {"ge", Compare::kGreaterEqual},
}};

constexpr std::array<std::string_view, 4> kTruths = {"1", "true", "yes", "on"};

QueryError InvalidData(std::string detail) { return {"Invalid data", std::move(detail)}; }

QueryError UnknownFilter(std::string_view name) {
  return InvalidData("filter \"" + std::string(name) + "\" was not found");
}

std::optional<Compare> FindOperator(std::string_view name) {
  if (name == ">=") return Compare::kGreaterEqual;
  for (const auto& [text, compare] : kOperators) {
    if (text == name) return compare;
  }
  return std::nullopt;
}

bool IsTruth(std::string_view text) {
  const std::string lower = fcgi::AsciiLower(fcgi::Trimmed(text));
  return !lower.empty() && std::find(kTruths.begin(), kTruths.end(), lower) != kTruths.end();
}

bool IsFalsehood(std::string_view text) {
  const std::string lower = fcgi::AsciiLower(fcgi::Trimmed(text));
  return lower == "0" || lower == "false" || lower == "no" || lower == "off";
}

std::optional<uint64_t> WholeNumber(std::string_view text) { return ParseId(fcgi::Trimmed(text)); }

/// A number to compare with; what is beyond all of them stays beyond.
std::optional<std::string> NumberText(std::string_view text) {
  text = fcgi::Trimmed(text);
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  return (negative ? "-" : "") + std::to_string(ParseId(text).value_or(kIdLimit - 1));
}

/// A value as the store has it; nothing for one that no record can have.
std::optional<std::string> ToStored(Kind kind, const std::string& text) {
  switch (kind) {
    case Kind::kNumber:
      return NumberText(text);
    case Kind::kBoolean:
      if (IsTruth(text)) return "1";
      if (IsFalsehood(text)) return "0";
      return std::nullopt;
    case Kind::kDateTime:
      if (const auto moment = ParseMoment(text)) return bedita::ToStored(*moment);
      return std::nullopt;
    case Kind::kDate:
      if (const auto moment = ParseMoment(text)) return ToStoredDate(*moment);
      return std::nullopt;
    default:
      return text;
  }
}

/// Reads the filter of one list.
class FilterReader {
 public:
  explicit FilterReader(const ListRules& rules) : rules_(rules) {
    filter_.trash = rules.trash;
    for (size_t i = 0; i < rules.resource.attributes.size(); ++i) {
      const bool searched = rules.resource.attributes[i].searched ||
                            (rules.trash && rules.resource.attributes[i].name == "uname");
      filter_.searched.set(i, searched && rules.visible.test(i));
    }
  }

  std::optional<QueryError> Read(const Value& filter) {
    if (const std::string* text = filter.AsText()) return ReadText(*text);
    const Value::Object* members = filter.AsObject();
    if (members == nullptr) return std::nullopt;
    for (const auto& [name, value] : *members) {
      if (auto error = ReadOne(name, value)) return error;
    }
    return std::nullopt;
  }

  std::optional<QueryError> Search(std::string_view text, bool exact) {
    if (text.empty()) return std::nullopt;
    auto words = exact ? std::vector<std::string>{std::string(text)} : SearchWords(text);
    if (exact && CountCharacters(text) < kLeastSearch) words.clear();
    if (words.empty()) return InvalidData("query strings must be at least 3 characters long");
    if (words.size() > kMostWords) return InvalidData("query string too long");
    filter_.words = std::move(words);
    return std::nullopt;
  }

  ListFilter Take() { return std::move(filter_); }

 private:
  bool IsUsers() const { return &rules_.resource == &db::bedita::Users(); }

  // The old form: "a=1,b=2".
  std::optional<QueryError> ReadText(std::string_view text) {
    while (!text.empty()) {
      std::string_view pair = fcgi::CutUntil(text, ',');
      const std::string name(fcgi::Trimmed(fcgi::CutUntil(pair, '=')));
      if (name.empty()) continue;
      if (auto error = ReadOne(name, Value::Text(std::string(fcgi::Trimmed(pair))))) return error;
    }
    return std::nullopt;
  }

  std::optional<QueryError> ReadOne(const std::string& name, const Value& value) {
    if (name == "query") return ReadQuery(value);
    if (name == "mine") return ReadMine();
    if (name == "type" && IsUsers()) return ReadType(value);
    if (name == "roles" && IsUsers()) return ReadRoles(value);
    if (name == "users" && !IsUsers()) return ReadUsers(value);
    if (rules_.trash && (name == "deleted" || name == "locked")) return std::nullopt;
    return ReadField(name, value);
  }

  std::optional<QueryError> ReadField(const std::string& name, const Value& value) {
    Condition condition;
    Kind kind = Kind::kNumber;
    if (name != "id") {
      const auto found = rules_.resource.Find(name);
      if (!found || !rules_.resource.attributes[*found].listable || !rules_.visible.test(*found)) {
        return UnknownFilter(name);
      }
      condition.attribute = *found;
      kind = rules_.resource.attributes[*found].kind;
    }
    if (const Value::Object* operators = value.AsObject()) {
      for (const auto& [sign, operand] : *operators) AddOperator(condition, kind, sign, operand);
      return std::nullopt;
    }
    AddValues(condition, kind, Elements(value, /*split=*/true));
    return std::nullopt;
  }

  void AddOperator(Condition condition, Kind kind, std::string_view sign, const Value& operand) {
    if (sign == "null") {
      const std::string* text = operand.AsText();
      const bool wanted = text != nullptr && IsTruth(*text);
      condition.compare = wanted ? Compare::kNull : Compare::kNotNull;
      filter_.conditions.push_back(std::move(condition));
      return;
    }
    const auto compare = FindOperator(sign);
    if (!compare) return;
    condition.compare = *compare;
    const bool is_list = operand.AsList() != nullptr && *compare == Compare::kEqual;
    if (operand.AsText() == nullptr && !is_list) return;
    AddValues(std::move(condition), kind, Elements(operand, /*split=*/false));
  }

  void AddValues(Condition condition, Kind kind, const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
      if (auto stored = ToStored(kind, text)) condition.values.push_back(*std::move(stored));
    }
    filter_.conditions.push_back(std::move(condition));
  }

  /// The texts of a list, or of one text; with `split` cut at commas.
  static std::vector<std::string> Elements(const Value& value, bool split) {
    if (const std::string* text = value.AsText()) {
      if (!split || text->find(',') == std::string::npos) return {*text};
      return SplitList(*text);
    }
    std::vector<std::string> elements;
    if (const Value::List* list = value.AsList()) {
      for (const Value& element : *list) {
        if (const std::string* text = element.AsText()) elements.push_back(*text);
      }
    }
    return elements;
  }

  std::optional<QueryError> ReadQuery(const Value& value) {
    filter_.words.clear();
    if (const std::string* text = value.AsText()) return Search(*text, /*exact=*/false);
    const Value* string = value.Find("string");
    const Value* exact = value.Find("exact");
    if (string == nullptr || string->AsText() == nullptr) return InvalidData("");
    const bool whole = exact != nullptr && exact->AsText() != nullptr && IsTruth(*exact->AsText());
    return Search(*string->AsText(), whole);
  }

  std::optional<QueryError> ReadMine() {
    if (!rules_.caller) {
      filter_.nothing = true;
    } else if (IsUsers()) {
      filter_.conditions.push_back(
          {db::bedita::kId, Compare::kEqual, {std::to_string(*rules_.caller)}});
    } else {
      filter_.of_users.push_back({*rules_.caller});
    }
    return std::nullopt;
  }

  std::optional<QueryError> ReadType(const Value& value) {
    const auto is_users = [](const std::vector<std::string>& types) {
      return std::find(types.begin(), types.end(), "users") != types.end();
    };
    if (const Value::Object* operators = value.AsObject()) {
      for (const auto& [sign, operand] : *operators) {
        const auto compare = FindOperator(sign);
        const bool named = is_users(Elements(operand, /*split=*/true));
        if (compare == Compare::kEqual && !named) filter_.nothing = true;
        if (compare == Compare::kNotEqual && named) filter_.nothing = true;
      }
      return std::nullopt;
    }
    if (!is_users(Elements(value, /*split=*/true))) filter_.nothing = true;
    return std::nullopt;
  }

  std::optional<QueryError> ReadRoles(const Value& value) {
    db::bedita::RoleNames roles;
    for (const std::string& element : Elements(value, /*split=*/true)) {
      if (element.find_first_not_of("0123456789") != std::string::npos) {
        roles.names.push_back(element);
      } else if (const auto id = WholeNumber(element)) {
        roles.ids.push_back(*id);
      }
    }
    filter_.with_roles = std::move(roles);
    return std::nullopt;
  }

  std::optional<QueryError> ReadUsers(const Value& value) {
    std::vector<uint64_t> users;
    for (const std::string& element : Elements(value, /*split=*/true)) {
      if (const auto id = WholeNumber(element)) users.push_back(*id);
    }
    if (users.empty()) {
      filter_.nothing = true;
    } else {
      filter_.of_users.push_back(std::move(users));
    }
    return std::nullopt;
  }

  const ListRules& rules_;
  ListFilter filter_;
};

/// A number of a query: nothing when it is none; what is larger than all is the largest.
std::optional<uint64_t> Count(const std::string& text) {
  const std::string_view trimmed = fcgi::Trimmed(text);
  const bool digits =
      !trimmed.empty() && trimmed.find_first_not_of("0123456789") == std::string_view::npos;
  if (!digits) return std::nullopt;
  return ParseId(trimmed).value_or(kIdLimit - 1);
}

Result<db::bedita::ListOrder, QueryError> ReadOrder(const Query& query, const ListRules& rules) {
  const QueryError unsupported{"Unsupported sorting field"};
  db::bedita::ListOrder order;
  const Value* value = query.Find("sort");
  if (value == nullptr) return order;
  const std::string* text = value->AsText();
  if (text == nullptr) return unsupported;
  std::string_view name = fcgi::Trimmed(*text);
  if (name.empty()) return order;
  order.descending = name.starts_with('-');
  if (order.descending) name.remove_prefix(1);
  if (name == "id") return order;
  const auto found = rules.resource.Find(name);
  if (!found || !rules.resource.attributes[*found].listable || !rules.visible.test(*found)) {
    return unsupported;
  }
  order.attribute = *found;
  return order;
}

}  // namespace

std::vector<std::string> SplitList(std::string_view text) {
  std::vector<std::string> elements;
  while (!text.empty()) {
    const std::string_view element = fcgi::Trimmed(fcgi::CutUntil(text, ','));
    if (!element.empty()) elements.emplace_back(element);
  }
  return elements;
}

Paging ReadPaging(const Query& query, const ListRules& rules) {
  Paging paging;
  paging.size = rules.page_size;
  if (const auto text = query.Text("page")) paging.page = Count(*text).value_or(1);
  if (paging.page == 0) paging.page = 1;
  const auto size = query.Text("page_size");
  if (size && !size->empty()) {
    const auto count = Count(*size);
    if (count != 0) paging.size = count.value_or(1);
  }
  paging.size = std::min(paging.size, rules.max_page_size);
  return paging;
}

Result<ListQuery, QueryError> ReadListQuery(const Query& query, const ListRules& rules) {
  ListQuery list;
  list.paging = ReadPaging(query, rules);
  const auto order = ReadOrder(query, rules);
  if (!order) return order.error();
  list.order = *order;

  FilterReader reader(rules);
  if (const Value* q = query.Find("q")) {
    if (q->AsText() == nullptr) return InvalidData("");
    if (auto error = reader.Search(*q->AsText(), /*exact=*/false)) return *error;
  }
  if (const Value* filter = query.Find("filter")) {
    if (auto error = reader.Read(*filter)) return *error;
  }
  list.filter = reader.Take();
  return list;
}

}  // namespace rosterd::bedita
