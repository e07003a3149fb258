#include "handlers/bedita/list_query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace rosterd::bedita {
namespace {

using db::bedita::Compare;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
namespace user = db::bedita::user;

ListRules UserRules() {
  ListRules rules{db::bedita::Users()};
  rules.visible = rules.resource.All();
  return rules;
}

ListRules RoleRules() {
  ListRules rules{db::bedita::Roles()};
  rules.visible = rules.resource.All();
  return rules;
}

Result<ListQuery, QueryError> Ask(std::string_view query, const ListRules& rules = UserRules()) {
  const auto parsed = Query::Parse(query);
  if (!parsed) return QueryError{"unreadable"};
  return ReadListQuery(*parsed, rules);
}

ListQuery Read(std::string_view query, const ListRules& rules = UserRules()) {
  const auto list = Ask(query, rules);
  EXPECT_TRUE(list) << query;
  return list ? *list : ListQuery();
}

/// "name op value,value" of each condition.
std::vector<std::string> Conditions(std::string_view query, const ListRules& rules = UserRules()) {
  constexpr std::array<std::string_view, 8> kSigns = {
      "=", "<>", "<", "<=", ">", ">=", "null", "set"};
  std::vector<std::string> texts;
  for (const auto& condition : Read(query, rules).filter.conditions) {
    std::string text = condition.attribute == db::bedita::kId
                           ? "id"
                           : std::string(rules.resource.attributes[condition.attribute].name);
    text += " " + std::string(kSigns.at(static_cast<size_t>(condition.compare)));
    for (const std::string& value : condition.values) text += " " + value;
    texts.push_back(text);
  }
  return texts;
}

std::string Refusal(std::string_view query, const ListRules& rules = UserRules()) {
  const auto list = Ask(query, rules);
  return list ? "ok" : list.error().title + "|" + list.error().detail;
}

Paging Pages(std::string_view query) { return Read(query).paging; }

TEST(BeditaListQuery, HasAFirstPageOfTwenty) {
  EXPECT_EQ(Pages("").page, 1U);
  EXPECT_EQ(Pages("").size, 20U);
}

TEST(BeditaListQuery, TakesEveryPageForSomePage) {
  EXPECT_EQ(Pages("page=3").page, 3U);
  for (const std::string_view one :
       {"page=0", "page=-2", "page=x", "page=", "page=1.5", "page[]=2"}) {
    EXPECT_EQ(Pages(one).page, 1U) << one;
  }
  EXPECT_EQ(Pages("page=99999999999999999999").page, (uint64_t{1} << 53U) - 1);
}

TEST(BeditaListQuery, TakesEverySizeForSomeSize) {
  EXPECT_EQ(Pages("page_size=7").size, 7U);
  for (const std::string_view usual : {"page_size=0", "page_size=", "page_size[]=5"}) {
    EXPECT_EQ(Pages(usual).size, 20U) << usual;
  }
  for (const std::string_view one : {"page_size=x", "page_size=-5", "page_size=1.5"}) {
    EXPECT_EQ(Pages(one).size, 1U) << one;
  }
  EXPECT_EQ(Pages("page_size=101").size, 100U);
  EXPECT_EQ(Pages("page_size=99999999999999999999").size, 100U);
}

TEST(BeditaListQuery, SortsByEveryShownFieldButJson) {
  for (const auto& attribute : db::bedita::Users().attributes) {
    const bool sorts = attribute.name != "extra" && attribute.name != "user_preferences" &&
                       attribute.name != "external_auth";
    const std::string expected = sorts ? "ok" : "Unsupported sorting field|";
    EXPECT_EQ(Refusal("sort=" + std::string(attribute.name)), expected) << attribute.name;
    EXPECT_EQ(Refusal("sort=-" + std::string(attribute.name)), expected) << attribute.name;
  }
  for (const auto& attribute : db::bedita::Roles().attributes) {
    EXPECT_EQ(Refusal("sort=" + std::string(attribute.name), RoleRules()), "ok");
  }
  EXPECT_EQ(Refusal("sort=-id"), "ok");
}

TEST(BeditaListQuery, SortsByNothingElse) {
  for (const std::string_view name :
       {"password", "password_hash", "nope", "--id", "id,name", "username%20desc", "u.username",
        "id%3B%20DROP%20TABLE%20users", "%00", "ID", "deleted_at", "1"}) {
    EXPECT_EQ(Refusal("sort=" + std::string(name)), "Unsupported sorting field|") << name;
  }
  EXPECT_EQ(Refusal("sort[]=id"), "Unsupported sorting field|");
}

TEST(BeditaListQuery, FiltersByEqualityOrAChoice) {
  EXPECT_THAT(Conditions("filter[username]=ann"), ElementsAre("username = ann"));
  EXPECT_THAT(Conditions("filter[status]=on,draft"), ElementsAre("status = on draft"));
  EXPECT_THAT(Conditions("filter[status][]=on&filter[status][]=off"),
              ElementsAre("status = on off"));
  EXPECT_THAT(Conditions("filter[name]=a&filter[surname]=b"),
              ElementsAre("name = a", "surname = b"));
}

TEST(BeditaListQuery, FiltersByOperators) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kForms = {{
      {"eq", "="},
      {"%3D", "="},
      {"neq", "<>"},
      {"ne", "<>"},
      {"!%3D", "<>"},
      {"<>", "<>"},
      {"lt", "<"},
      {"<", "<"},
      {"lte", "<="},
      {"le", "<="},
      {"<%3D", "<="},
      {"gt", ">"},
      {">", ">"},
      {"gte", ">="},
      {"ge", ">="},
      {">%3D", ">="},
  }};
  for (const auto& [form, sign] : kForms) {
    EXPECT_THAT(Conditions("filter[id][" + std::string(form) + "]=5"),
                ElementsAre("id " + std::string(sign) + " 5"))
        << form;
  }
  EXPECT_THAT(Conditions("filter[id][gt]=1&filter[id][lt]=9"), ElementsAre("id > 1", "id < 9"));
  EXPECT_THAT(Conditions("filter[id][like]=5"), IsEmpty());
}

TEST(BeditaListQuery, FiltersByNull) {
  for (const std::string_view yes : {"1", "true", "yes", "on"}) {
    EXPECT_THAT(Conditions("filter[email][null]=" + std::string(yes)), ElementsAre("email null"));
  }
  for (const std::string_view no : {"0", "false", "no", "off"}) {
    EXPECT_THAT(Conditions("filter[email][null]=" + std::string(no)), ElementsAre("email set"));
  }
}

TEST(BeditaListQuery, ReadsValuesByTheirKind) {
  EXPECT_THAT(Conditions("filter[blocked]=true"), ElementsAre("blocked = 1"));
  EXPECT_THAT(Conditions("filter[company]=no"), ElementsAre("company = 0"));
  EXPECT_THAT(Conditions("filter[created][gt]=2026-01-01T00:00:00%2B01:00"),
              ElementsAre("created > 2025-12-31 23:00:00"));
  EXPECT_THAT(Conditions("filter[birthdate]=2000"), ElementsAre("birthdate = 2000-01-01"));
}

TEST(BeditaListQuery, MatchesNothingWithAValueThatNoRecordCanHave) {
  EXPECT_THAT(Conditions("filter[created][gt]=July"), ElementsAre("created >"));
  EXPECT_THAT(Conditions("filter[id]=abc"), ElementsAre("id ="));
  EXPECT_THAT(Conditions("filter[locked]=perhaps"), ElementsAre("locked ="));
}

TEST(BeditaListQuery, FiltersByEveryShownFieldButJson) {
  for (const auto& attribute : db::bedita::Users().attributes) {
    const bool filters = attribute.name != "extra" && attribute.name != "user_preferences" &&
                         attribute.name != "external_auth";
    const std::string name(attribute.name);
    const std::string expected =
        filters ? "ok" : "Invalid data|filter \"" + name + "\" was not found";
    EXPECT_EQ(Refusal("filter[" + name + "]=1"), expected);
  }
  for (const auto& attribute : db::bedita::Roles().attributes) {
    EXPECT_EQ(Refusal("filter[" + std::string(attribute.name) + "]=1", RoleRules()), "ok");
  }
}

TEST(BeditaListQuery, FiltersByNothingElse) {
  for (const std::string_view name : {"password", "password_hash", "nope", "deleted_at", "u.id",
                                      "id) OR 1=1 --", "", " ", "USERNAME", "deleted"}) {
    const std::string expected = "Invalid data|filter \"" + std::string(name) + "\" was not found";
    if (name.empty()) continue;
    std::string encoded;
    for (const char c : name) {
      encoded += c == ' ' ? std::string("%20") : c == '=' ? std::string("%3D") : std::string(1, c);
    }
    EXPECT_EQ(Refusal("filter[" + encoded + "]=1"), expected);
    EXPECT_EQ(Refusal("filter[" + encoded + "][gt]=1"), expected);
  }
}

TEST(BeditaListQuery, SearchesNothingThatTheCallerMayNotSee) {
  ListRules rules = UserRules();
  rules.visible.reset();
  rules.visible.set(user::kUsername);
  EXPECT_EQ(Refusal("filter[email]=a", rules), "Invalid data|filter \"email\" was not found");
  EXPECT_EQ(Refusal("sort=last_login", rules), "Unsupported sorting field|");
  const auto searched = Read("q=abc", rules).filter.searched;
  EXPECT_EQ(searched.count(), 1U);
  EXPECT_TRUE(searched.test(user::kUsername));
}

TEST(BeditaListQuery, ReadsTheOldFormOfTheFilter) {
  EXPECT_THAT(Conditions("filter=username%3Dann,status%3Don"),
              ElementsAre("username = ann", "status = on"));
  EXPECT_EQ(Refusal("filter=nope%3D1"), "Invalid data|filter \"nope\" was not found");
}

TEST(BeditaListQuery, FiltersUsersByRoles) {
  const auto roles = Read("filter[roles]=1,editor").filter.with_roles;
  ASSERT_TRUE(roles);
  EXPECT_THAT(roles->ids, ElementsAre(1U));
  EXPECT_THAT(roles->names, ElementsAre("editor"));
  EXPECT_THAT(Read("filter[roles][]=7&filter[roles][]=8").filter.with_roles->ids,
              ElementsAre(7U, 8U));
  EXPECT_EQ(Refusal("filter[roles]=1", RoleRules()), "Invalid data|filter \"roles\" was not found");
}

TEST(BeditaListQuery, FiltersRolesByUsers) {
  EXPECT_THAT(Read("filter[users]=5", RoleRules()).filter.of_users, ElementsAre(ElementsAre(5U)));
  EXPECT_TRUE(Read("filter[users]=x", RoleRules()).filter.nothing);
}

TEST(BeditaListQuery, KnowsWhoseIsMine) {
  ListRules users = UserRules();
  EXPECT_TRUE(Read("filter[mine]", users).filter.nothing);
  users.caller = 5;
  EXPECT_THAT(Conditions("filter[mine]", users), ElementsAre("id = 5"));
  ListRules roles = RoleRules();
  roles.caller = 5;
  EXPECT_THAT(Read("filter[mine]=", roles).filter.of_users, ElementsAre(ElementsAre(5U)));
}

TEST(BeditaListQuery, HoldsUsersAlone) {
  for (const std::string_view all : {"filter[type]=users", "filter[type][]=users",
                                     "filter[type][ne]=documents", "filter[type][eq]=users"}) {
    EXPECT_FALSE(Read(all).filter.nothing) << all;
  }
  for (const std::string_view none :
       {"filter[type]=documents", "filter[type][]=documents", "filter[type][ne]=users"}) {
    EXPECT_TRUE(Read(none).filter.nothing) << none;
  }
}

TEST(BeditaListQuery, OverridesWhatTheTrashIsMadeOf) {
  ListRules trash = UserRules();
  trash.trash = true;
  EXPECT_THAT(Conditions("filter[deleted]=0&filter[locked]=1", trash), IsEmpty());
}

TEST(BeditaListQuery, Searches) {
  EXPECT_THAT(Read("q=john%20doe").filter.words, ElementsAre("john", "doe"));
  EXPECT_THAT(Read("filter[query]=john%20doe").filter.words, ElementsAre("john", "doe"));
  EXPECT_THAT(Read("filter[query][string]=john%20d&filter[query][exact]=1").filter.words,
              ElementsAre("john d"));
  EXPECT_THAT(Read("q=aaaa&filter[query]=bbbb").filter.words, ElementsAre("bbbb"));
  EXPECT_THAT(Read("q=").filter.words, IsEmpty());
}

TEST(BeditaListQuery, RefusesBadSearches) {
  const std::string too_short = "Invalid data|query strings must be at least 3 characters long";
  EXPECT_EQ(Refusal("q=ab"), too_short);
  EXPECT_EQ(Refusal("q=%20"), too_short);
  EXPECT_EQ(Refusal("filter[query][string]=ab&filter[query][exact]=1"), too_short);
  EXPECT_EQ(Refusal("q=aaa%20bbb%20ccc%20ddd%20eee%20fff%20ggg%20hhh%20iii%20jjj%20kkk"),
            "Invalid data|query string too long");
  EXPECT_EQ(Refusal("q[]=abc"), "Invalid data|");
  EXPECT_EQ(Refusal("filter[query][nope]=abc"), "Invalid data|");
}

TEST(BeditaListQuery, BearsNestingThatMeansNothing) {
  for (const std::string_view query :
       {"filter[status][a][b][c]=1", "filter[][]=1", "filter[roles][a]=1", "filter[mine][x][y]=1",
        "filter[id][gt][]=1", "filter[id][eq][]=1", "filter[type][a][b]=1",
        "filter=&filter[id]=1"}) {
    EXPECT_NE(Refusal(query), "unreadable|") << query;
  }
}

}  // namespace
}  // namespace rosterd::bedita
