#include <gtest/gtest.h>

#include "db/bedita/attributes.h"
#include "tests/unit/handlers/bedita_users/steps.h"

namespace rosterd::bedita {
namespace {

std::string List(const std::string& query) { return Ids(World::Shared().Get("/users?" + query)); }

constexpr const char* kAll = "1 2 3 4 5 6 7 9 10";

TEST(BeditaLists, HoldTheLivingById) { EXPECT_EQ(List(""), kAll); }

TEST(BeditaLists, ArePaged) {
  World& world = World::Shared();
  const Reply first = world.Get("/users?page_size=4");
  EXPECT_EQ(Ids(first), "1 2 3 4");
  EXPECT_EQ(first.At("meta/pagination/count"), "9");
  EXPECT_EQ(first.At("meta/pagination/page_count"), "3");
  EXPECT_EQ(first.At("meta/pagination/page_items"), "4");
  EXPECT_EQ(first.At("links/prev"), "null");
  EXPECT_EQ(first.At("links/next"), "https://dir.example.org/users?page_size=4&page=2");
  const Reply last = world.Get("/users?page=3&page_size=4");
  EXPECT_EQ(Ids(last), "10");
  EXPECT_EQ(last.At("links/first"), "https://dir.example.org/users?page_size=4");
  EXPECT_EQ(last.At("links/prev"), "https://dir.example.org/users?page=2&page_size=4");
  EXPECT_EQ(last.At("links/next"), "null");
  EXPECT_EQ(last.At("meta/pagination/count"), "9");
}

TEST(BeditaLists, FindNobodyUnderForeignNames) {
  for (const char* target : {"/users/caf%C3%A9", "/users/%F0%9F%98%80", "/users/user-999",
                             "/users/user-1", "/roles/%F0%9F%98%80"}) {
    EXPECT_EQ(World::Shared().Get(target).status, 404) << target;
  }
}

TEST(BeditaLists, EndWithTheLastPage) {
  World& world = World::Shared();
  EXPECT_EQ(Told(world.Get("/users?page=4&page_size=4")), "404 Not Found");
  EXPECT_EQ(Told(world.Get("/users?page=99999999999999999999")), "404 Not Found");
  const Reply empty = world.Get("/users?filter[username]=nobody");
  EXPECT_EQ(empty.status, 200);
  EXPECT_EQ(empty.At("meta/pagination/page_count"), "1");
  EXPECT_EQ(empty.body.find("schema"), std::string::npos);
  EXPECT_NE(empty.body.find("\"data\":[]"), std::string::npos);
}

// What is shown comes from plain columns; from expressions of the server for a whole page when only
// they can tell what one of its users shows, as here.
TEST(BeditaLists, ShowTheTextsThatOneUserShows) {
  World world;
  const std::string columns =
      " (id, username, display_name, bedita_title, bedita_uname, first_name, last_name, company,"
      " phone, status, created_at, updated_at, last_login_at)";
  const std::string times = "'2026-01-06', '2026-01-06 07:08:09.5', '1969-12-31 23:59:59.25')";
  world.Execute(
      "INSERT INTO users" + columns +
      " VALUES"
      " (101, 'a', '', NULL, NULL, 'Ann', 'Lee', 'Acme', '1', 'active', " +
      times +
      ","
      " (102, 'b', '', NULL, NULL, '', '', 'Acme', '', 'pending', " +
      times +
      ","
      " (103, 'c', '', NULL, 'carl', 'Carl', '', '', '', 'disabled', " +
      times +
      ","
      " (104, 'd', 'Dora', 'Dora', NULL, ' ', '\u200b', '.', '-', 'hidden', " +
      times +
      ","
      " (105, 'e', 'Dora', 'dora', NULL, 'Вера', '  ', '  ', ' ', 'active', " +
      times +
      ","
      " (106, 'f', '  ', NULL, NULL, '', 'Żak', '', '+', 'active', " +
      times +
      ","
      " (107, 'g', REPEAT('ж', 255), REPEAT('ж', 300), 'g', '渡', '', '', '', 'active', " +
      times +
      ", (108, 'h', REPEAT('ж', 255), CONCAT(REPEAT('ж', 254), 'z'), NULL, '!', '', '', '', "
      "'active', " +
      times + ", (109, 'i', '\u200b', NULL, NULL, '', '', '', '', 'active', " + times);

  const Reply list = world.Get("/users?page_size=100");

  for (int row = 9; row < 18; ++row) {
    const std::string in_list = "data/" + std::to_string(row) + "/";
    const std::string id = list.At(in_list + "id");
    const Reply one = world.Get("/users/" + id);
    const Reply page = world.Get("/users?filter[id]=" + id);
    for (const auto& attribute : db::bedita::Users().attributes) {
      const bool in_meta = attribute.place == db::bedita::Place::kMeta;
      const std::string at = (in_meta ? "meta/" : "attributes/") + std::string(attribute.name);
      EXPECT_EQ(one.At("data/" + at), list.At(in_list + at)) << row << attribute.name;
      EXPECT_EQ(page.At("data/0/" + at), list.At(in_list + at)) << row << attribute.name;
    }
  }
}

TEST(BeditaLists, KeepTheQueryInTheirLinks) {
  const Reply reply = World::Shared().Get("/users?filter[mine]&fields=username,name");
  EXPECT_EQ(reply.At("links/self"),
            "https://dir.example.org/users?filter%5Bmine%5D=&fields=username%2Cname");
}

TEST(BeditaLists, AreSortedByEveryAttribute) {
  World& world = World::Shared();
  for (const auto* resource : {&db::bedita::Users(), &db::bedita::Roles()}) {
    for (const auto& attribute : resource->attributes) {
      for (const std::string sign : {"", "-"}) {
        const std::string target =
            "/" + std::string(resource->type) + "?sort=" + sign + std::string(attribute.name);
        EXPECT_EQ(world.Get(target).status, attribute.listable ? 200 : 400) << target;
      }
    }
  }
}

TEST(BeditaLists, AreSortedAndThenById) {
  EXPECT_EQ(List("sort=-id"), "10 9 7 6 5 4 3 2 1");
  EXPECT_EQ(List("sort=status"), "5 6 1 2 3 4 7 9 10");
  EXPECT_EQ(List("sort=-status"), "1 2 3 4 7 9 10 6 5");
  EXPECT_EQ(List("sort=name"), "1 2 4 5 6 7 9 10 3");
  EXPECT_EQ(List("sort=-blocked"), "7 1 2 3 4 5 6 9 10");
  EXPECT_EQ(List("sort=email"), "1 4 5 6 7 10 9 3 2");
}

TEST(BeditaLists, ShowEqualSecondsById) {
  World world;
  world.Execute(
      "UPDATE users SET updated_at = CONCAT('2026-03-01 10:00:00.', 900000 - id),"
      " created_at = updated_at, last_login_at = updated_at");
  for (const char* field : {"created", "modified", "last_login"}) {
    for (const std::string sign : {"", "-"}) {
      EXPECT_EQ(Ids(world.Get("/users?sort=" + sign + field)), kAll) << sign << field;
    }
  }
}

TEST(BeditaLists, AreFilteredByEveryAttribute) {
  World& world = World::Shared();
  for (const auto* resource : {&db::bedita::Users(), &db::bedita::Roles()}) {
    for (const auto& attribute : resource->attributes) {
      const std::string start =
          "/" + std::string(resource->type) + "?filter[" + std::string(attribute.name) + "]";
      for (const std::string form :
           {"=1", "=on,2026-01-01", "[ne]=1", "[gt]=2026-01-01", "[lte]=2030", "[null]=1",
            "[null]=0", "[]=1", "=%F0%9F%98%80", "='%20OR%201=1--", "="}) {
        EXPECT_EQ(world.Get(start + form).status, attribute.listable ? 200 : 400) << start << form;
      }
    }
  }
}

TEST(BeditaLists, AreFiltered) {
  EXPECT_EQ(List("filter[username]=PAUL"), "4");
  EXPECT_EQ(List("filter[status]=draft,off"), "5 6");
  EXPECT_EQ(List("filter[status][ne]=on"), "5 6");
  EXPECT_EQ(List("filter[blocked]=1"), "7");
  EXPECT_EQ(List("filter[locked]=true"), "1 10");
  EXPECT_EQ(List("filter[email][null]=0"), "2 3 9");
  EXPECT_EQ(List("filter[name][null]=1&filter[email][null]=0"), "2 9");
  EXPECT_EQ(List("filter[created]=2026-01-07"), "3");
  EXPECT_EQ(List("filter[created][gt]=2026-01-07&filter[created][lte]=2026-01-09"), "4 5");
  EXPECT_EQ(List("filter[created][gt]=July"), "");
  EXPECT_EQ(List("filter[id]=3,4,99"), "3 4");
  EXPECT_EQ(List("filter[uname]=user-9"), "9");
  EXPECT_EQ(List("filter[uname]=caf%C3%A9"), "");
  EXPECT_EQ(List("filter[status][gt]=draft&filter[status][lte]=OFF"), "6");
  EXPECT_EQ(List("filter[title]=edith%20writer"), "3");
  EXPECT_EQ(List("filter[num_login_err][gt]=0"), "");
  EXPECT_EQ(List("filter[num_login_err][gt]=-1"), kAll);
  EXPECT_EQ(List("filter[id][lt]=99999999999999999999"), kAll);
  EXPECT_EQ(List("filter[id]=99999999999999999999,-3"), "");
  EXPECT_EQ(List("filter[type]=users"), kAll);
  EXPECT_EQ(List("filter[type]=documents"), "");
  EXPECT_EQ(List("filter=username=paul,status=on"), "4");
}

TEST(BeditaLists, AreFilteredByRoles) {
  EXPECT_EQ(List("filter[roles]=1"), "1");
  EXPECT_EQ(List("filter[roles]=manager,3"), "2 3");
  EXPECT_EQ(List("filter[roles][]=EDITOR"), "3");
  EXPECT_EQ(List("filter[roles]=99"), "");
  EXPECT_EQ(List("filter[roles]="), "");
  EXPECT_EQ(Ids(World::Shared().Get("/roles?filter[users]=2,3")), "2 3");
  EXPECT_EQ(Ids(World::Shared().Get("/roles?filter[users]=8")), "");
}

TEST(BeditaLists, AreFilteredByWhoAsks) {
  World& world = World::Shared();
  EXPECT_EQ(Ids(world.Get("/users?filter[mine]")), "");
  EXPECT_EQ(Ids(world.Get("/users?filter[mine]", "mara")), "2");
  EXPECT_EQ(Ids(world.Get("/roles?filter[mine]", "mara")), "2");
  EXPECT_EQ(Ids(world.Get("/roles?filter[mine]", "paul")), "");
}

TEST(BeditaLists, AreSearched) {
  EXPECT_EQ(List("q=edith"), "3");
  EXPECT_EQ(List("q=dith%20RITE"), "3");
  EXPECT_EQ(List("q=e_ith"), "3");
  EXPECT_EQ(List("q=example"), "2 3 9");
  EXPECT_EQ(List("filter[query][string]=Edith%20Writer&filter[query][exact]=1"), "3");
  EXPECT_EQ(List("filter[query][string]=Writer%20Paul&filter[query][exact]=1"), "");
  EXPECT_EQ(List("filter[query][string]=%25%25%25&filter[query][exact]=1"), "");
  EXPECT_EQ(List("filter[query][string]=%5C%5C%5C&filter[query][exact]=1"), "");
  EXPECT_EQ(Ids(World::Shared().Get("/roles?q=edit")), "3");
  EXPECT_EQ(Told(World::Shared().Get("/users?q=ab")),
            "400 Invalid data: query strings must be at least 3 characters long");
}

TEST(BeditaLists, RefuseWhatIsNoField) {
  World& world = World::Shared();
  for (const std::string name : {"password", "password_hash", "nope", "u.id", "1);--"}) {
    EXPECT_EQ(Told(world.Get("/users?sort=" + name)), "400 Unsupported sorting field") << name;
    EXPECT_EQ(Told(world.Get("/users?filter[" + name + "]=1")),
              "400 Invalid data: filter \"" + name + "\" was not found");
  }
}

TEST(BeditaLists, ShowTheFieldsAskedFor) {
  World& world = World::Shared();
  const Reply reply = world.Get("/users?page_size=1&fields=username,name,surname");
  EXPECT_EQ(reply.body.substr(0, reply.body.find("\"links\"")),
            R"({"data":[{"id":"1","type":"users","attributes":{"username":"bedita","name":null,)"
            R"("surname":null},"meta":{"external_auth":[]},)");
  const Reply meta = world.Get("/users/1?fields=created,nope,id");
  EXPECT_EQ(meta.At("data/meta/created"), "2026-01-05T10:00:00+00:00");
  EXPECT_EQ(meta.body.find("\"attributes\""), std::string::npos);
  EXPECT_EQ(world.Get("/users/1?fields=").body, world.Get("/users/1?fields=").body);
  EXPECT_EQ(world.Get("/users/1?fields=").At("data/attributes/username"), "bedita");
  EXPECT_EQ(world.Get("/roles/1?fields[users]=name").At("data/attributes/name"), "admin");
  EXPECT_EQ(world.Get("/roles/1?fields[roles]=description").At("data/attributes/name"), "");
}

TEST(BeditaLists, IncludeTheOtherSide) {
  World& world = World::Shared();
  const Reply users = world.Get("/users?filter[id]=1,2,4&include=roles&fields[roles]=name");
  EXPECT_EQ(users.At("data/0/relationships/roles/data/0/id"), "1");
  EXPECT_EQ(users.At("included/0/attributes/name"), "admin");
  EXPECT_EQ(users.At("included/1/attributes/name"), "manager");
  EXPECT_EQ(users.At("included/0/links/self"), "https://dir.example.org/roles/1");
  EXPECT_NE(users.body.find(R"("relationships":{"roles":{"data":[])"), std::string::npos);
  EXPECT_EQ(users.At("meta/schema/roles/$id"), "https://dir.example.org/model/schema/roles");

  const Reply roles = world.Get("/roles/3?include=%20users%20,parents,translations");
  EXPECT_EQ(roles.At("included/0/attributes/username"), "edith");
  const Reply none = world.Get("/users/4?include=roles");
  EXPECT_EQ(none.body.find("\"included\""), std::string::npos);
}

TEST(BeditaLists, RefuseBadIncludes) {
  World& world = World::Shared();
  EXPECT_EQ(Told(world.Get("/users?include[]=roles")),
            "400 Invalid \"include\" query parameter (Must be a comma-separated string)");
  EXPECT_EQ(Told(world.Get("/users?include=roles.users")),
            "400 Inclusion of nested resources is not yet supported");
  EXPECT_EQ(Told(world.Get("/users?include=users")),
            "400 Invalid \"include\" query parameter (Relationship \"users\" does not exist)");
  EXPECT_EQ(world.Get("/users/1?count=all&lang=it").status, 200);
}

}  // namespace
}  // namespace rosterd::bedita
