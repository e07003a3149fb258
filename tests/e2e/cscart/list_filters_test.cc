// Contract 10: the filters of GET /users, row by row.

#include <gtest/gtest.h>

#include <map>

#include "tests/e2e/cscart/api.h"

namespace rosterd::testing {
namespace {

// Seven people in whom every filter finds somebody and leaves somebody out.
class CscartFilters : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!people_.empty()) return;
    group_ = Root().AddGroup(R"({"type":"C","status":"A","usergroup":"Filtered"})");
    AddCustomers();
    AddOthers();
    Root().PutForm("users/" + people_["anna"] + "/usergroups/" + group_, "status=A");
    Root().PutForm("users/" + people_["bert"] + "/usergroups/" + group_, "status=P");
    // A second address, besides the one in London.
    Root().PutForm("users/" + people_["bert"],
                   "profile_id=0&b_city=Paris&b_country=FR&b_address=Rue+Basse+7&b_zipcode=75001"
                   "&b_state=IDF&s_phone=8%20800%205550");
  }

  static void AddCustomers() {
    Add("anna", R"("user_type":"C","company_id":1,"firstname":"Anna","lastname":"Berg",)"
                R"("user_login":"Anna_%LOGIN","company":"Acme 100% Ltd",)"
                R"("phone":"+7 (495) 111-22-33","b_address":"Baker Street 221B",)"
                R"("b_address_2":"Hidden lane","b_city":"London","b_country":"GB","b_state":"LND",)"
                R"("b_zipcode":"NW1 6XE","tax_exempt":"Y")");
    Add("bert",
        R"("user_type":"C","company_id":1,"status":"D","firstname":"Berg","lastname":"Anna",)"
        R"("company":"Acme 1000 Ltd","b_city":"London","b_country":"GB",)"
        R"("s_city":"Tula","s_country":"RU","s_state":"TUL","s_address":"Lenina 5")");
    Add("carl", R"("user_type":"C","company_id":6001,"status":"H","firstname":"Anna Berg",)"
                R"("lastname":"","company":"6001 nights")");
  }

  static void AddOthers() {
    Add("dora", R"("user_type":"V","company_id":6001,"firstname":"Dora","lastname":"O\\x_y")");
    Add("emil",
        R"("user_type":"A","company_id":0,"status":"P","firstname":"Emil","lastname":"Zorn")");
    Add("fred", R"("user_type":"P","company_id":6001,"firstname":"Fred","lastname":"Ox_y")");
  }

  static void Add(const std::string& name, const std::string& members) {
    people_[name] =
        Root().AddUser(R"({"email":")" + name + "@" + Word() + R"(.example",)" + members + "}");
    names_[people_[name]] = name;
    ids_ += (ids_.empty() ? "" : ",") + people_[name];
  }

  // The names of those who match, in the order of their ids.
  static std::string Matches(const std::string& query) {
    const HttpResponse response =
        Root().Get("users?sort_by=id&items_per_page=0&email=" + Word() + "&" + query);
    return NamesOf(response);
  }

  // The same where the filter on e-mail addresses would disturb.
  static std::string MatchesAmongIds(const std::string& query) {
    return NamesOf(Root().Get("users?sort_by=id&items_per_page=0&user_ids=" + ids_ + "&" + query));
  }

  static std::string NamesOf(const HttpResponse& response) {
    if (response.status != 200) return "status " + std::to_string(response.status);
    std::string names;
    for (const std::string& id : ListedIds(response)) {
      names += (names.empty() ? "" : " ") + names_[id];
    }
    return names;
  }

  static const std::string& Word() {
    static const std::string word = NewWord();
    return word;
  }

  static std::map<std::string, std::string> people_;  // id by name
  static std::map<std::string, std::string> names_;   // name by id
  static std::string ids_;
  static std::string group_;
};

std::map<std::string, std::string> CscartFilters::people_;
std::map<std::string, std::string> CscartFilters::names_;
std::string CscartFilters::ids_;
std::string CscartFilters::group_;

const char* const kAll = "anna bert carl dora emil fred";

TEST_F(CscartFilters, FindEverybodyWithoutAFilter) {
  EXPECT_EQ(Matches(""), kAll);
  EXPECT_EQ(MatchesAmongIds(""), kAll);
}

TEST_F(CscartFilters, AreNotAppliedWhenEmpty) {
  for (const char* filter : {"user_ids",
                             "user_id",
                             "exclude_user_ids",
                             "company",
                             "company_id",
                             "name",
                             "user_login",
                             "usergroup_id",
                             "status",
                             "address",
                             "zipcode",
                             "country",
                             "state",
                             "city",
                             "state_code",
                             "phone",
                             "user_type",
                             "user_types",
                             "exclude_user_types",
                             "is_root",
                             "tax_exempt"}) {
    EXPECT_EQ(Matches(std::string(filter) + "="), kAll) << filter;
  }
}

TEST_F(CscartFilters, TakeIdsInEverySpelling) {
  const std::string a = people_["anna"];
  const std::string d = people_["dora"];
  for (const std::string& name : {std::string("user_ids"), std::string("user_id")}) {
    EXPECT_EQ(Matches(name + "[]=" + a + "&" + name + "[]=" + d), "anna dora");
    EXPECT_EQ(Matches(name + "[0]=" + a + "&" + name + "[1]=" + d), "anna dora");
    EXPECT_EQ(Matches(name + "%5B%5D=" + a + "&" + name + "%5B%5D=" + d), "anna dora");
    EXPECT_EQ(Matches(name + "=" + a + "," + d), "anna dora");
    EXPECT_EQ(Matches(name + "=" + a), "anna");
    EXPECT_EQ(Matches(name + "=" + a + "&" + name + "=" + d), "anna dora");
  }
}

TEST_F(CscartFilters, DropIdsThatAreNoNumbers) {
  const std::string a = people_["anna"];

  EXPECT_EQ(Matches("user_ids=x," + a + ",1x,-2"), "anna");
  EXPECT_EQ(Matches("user_ids=x"), "");
  EXPECT_EQ(Matches("user_ids[]=x&user_ids[]=y"), "");
  EXPECT_EQ(Matches("user_ids=999999999"), "");
}

TEST_F(CscartFilters, LeaveOutExcludedIds) {
  const std::string a = people_["anna"];
  const std::string d = people_["dora"];

  EXPECT_EQ(Matches("exclude_user_ids=" + a + "," + d), "bert carl emil fred");
  EXPECT_EQ(Matches("exclude_user_ids[]=" + a), "bert carl dora emil fred");
  EXPECT_EQ(Matches("exclude_user_ids=" + a + "&user_ids=" + a + "," + d), "dora");
}

TEST_F(CscartFilters, OfCompanyAreAnIdOrAText) {
  EXPECT_EQ(Matches("company=6001"), "carl dora fred");
  EXPECT_EQ(Matches("company=acme"), "anna bert");
  EXPECT_EQ(Matches("company=6001+n"), "carl");
  EXPECT_EQ(Matches("company=nowhere"), "");
}

TEST_F(CscartFilters, OfCompanyIdAreEqual) {
  EXPECT_EQ(Matches("company_id=1"), "anna bert");
  EXPECT_EQ(Matches("company_id=6001"), "carl dora fred");
  EXPECT_EQ(Matches("company_id=0"), "emil");
  EXPECT_EQ(Matches("company_id=60"), "");
}

TEST_F(CscartFilters, OfNameTakeTwoWordsEitherWayRound) {
  EXPECT_EQ(Matches("name=anna+berg"), "anna bert");
  EXPECT_EQ(Matches("name=Berg%20Anna"), "anna bert");
  EXPECT_EQ(Matches("name=ANNA"), "anna bert carl");
  EXPECT_EQ(Matches("name=ann"), "anna bert carl");
  EXPECT_EQ(Matches("name=zor"), "emil");
  EXPECT_EQ(Matches("name=anna+berg+x"), "");
}

TEST_F(CscartFilters, OfLoginAndEmailContain) {
  EXPECT_EQ(Matches("user_login=anna_%25login"), "anna");
  EXPECT_EQ(Matches("user_login=na_"), "anna");
  EXPECT_EQ(Matches("user_login=user_" + people_["carl"]), "carl");
  EXPECT_EQ(MatchesAmongIds("email=DORA@"), "dora");
  EXPECT_EQ(MatchesAmongIds("email=" + Word()), kAll);
}

TEST_F(CscartFilters, TakeWildcardsLiterally) {
  EXPECT_EQ(Matches("company=100%25"), "anna");
  EXPECT_EQ(Matches("company=acme_100"), "");
  EXPECT_EQ(Matches("name=x_y"), "dora fred");
  EXPECT_EQ(Matches("name=%5Cx_y"), "dora");
  EXPECT_EQ(Matches("name=%25"), "");
  EXPECT_EQ(Matches("name=%5C"), "dora");
  EXPECT_EQ(Matches("user_login=%25"), "anna");
  EXPECT_EQ(Matches("city=%25"), "");
}

TEST_F(CscartFilters, TakeQuotesLiterally) {
  for (const char* quote : {"%27", "%22", "%27+OR+1%3D1+--+", "%60", "%3B"}) {
    EXPECT_EQ(Matches(std::string("name=") + quote), "") << quote;
    EXPECT_EQ(Matches(std::string("city=") + quote), "") << quote;
    EXPECT_EQ(Matches(std::string("status=") + quote), "") << quote;
  }
}

TEST_F(CscartFilters, OfGroupsCountActiveLinks) {
  EXPECT_EQ(Matches("usergroup_id=" + group_), "anna");
  EXPECT_EQ(Matches("usergroup_id=0"), "bert carl dora emil fred");
  EXPECT_EQ(Matches("usergroup_id=-1"), kAll);
  EXPECT_EQ(Matches("usergroup_id=999999"), "");
}

TEST_F(CscartFilters, OfStatusAreEqual) {
  EXPECT_EQ(Matches("status=A"), "anna dora fred");
  EXPECT_EQ(Matches("status=D"), "bert");
  EXPECT_EQ(Matches("status=H"), "carl");
  EXPECT_EQ(Matches("status=P"), "emil");
  EXPECT_EQ(Matches("status=X"), "");
}

TEST_F(CscartFilters, OfAddressLookAtEveryProfile) {
  EXPECT_EQ(Matches("address=baker"), "anna");
  EXPECT_EQ(Matches("address=lenina"), "bert");
  EXPECT_EQ(Matches("address=rue"), "bert");
  EXPECT_EQ(Matches("address=hidden"), "");
  EXPECT_EQ(Matches("zipcode=nw1"), "anna");
  EXPECT_EQ(Matches("zipcode=750"), "bert");
  EXPECT_EQ(Matches("city=ondo"), "anna bert");
  EXPECT_EQ(Matches("city=tula"), "bert");
  EXPECT_EQ(Matches("city=paris"), "bert");
  EXPECT_EQ(Matches("country=GB"), "anna bert");
  EXPECT_EQ(Matches("country=fr"), "bert");
  EXPECT_EQ(Matches("state=ln"), "anna");
  EXPECT_EQ(Matches("state=TUL"), "bert");
}

TEST_F(CscartFilters, OfStateCodeAreEqual) {
  EXPECT_EQ(Matches("state_code=LND"), "anna");
  EXPECT_EQ(Matches("state_code=TUL"), "bert");
  EXPECT_EQ(Matches("state_code=IDF"), "bert");
  EXPECT_EQ(Matches("state_code=LN"), "");
}

TEST_F(CscartFilters, OfAddressHoldOnTheSameProfile) {
  EXPECT_EQ(Matches("city=london&country=FR"), "");
  EXPECT_EQ(Matches("city=paris&country=GB"), "");
  EXPECT_EQ(Matches("city=paris&country=FR"), "bert");
  EXPECT_EQ(Matches("city=paris&address=lenina"), "");
  // Billing and shipping of one profile go together.
  EXPECT_EQ(Matches("city=london&country=RU"), "bert");
  EXPECT_EQ(Matches("city=tula&country=GB"), "bert");
}

TEST_F(CscartFilters, OfPhoneCompareDigits) {
  EXPECT_EQ(Matches("phone=74951112233"), "anna");
  EXPECT_EQ(Matches("phone=495-111"), "anna");
  EXPECT_EQ(Matches("phone=(495)+111"), "anna");
  EXPECT_EQ(Matches("phone=88005550"), "bert");
  EXPECT_EQ(Matches("phone=999999"), "");
}

TEST_F(CscartFilters, OfTypes) {
  EXPECT_EQ(Matches("user_type=C"), "anna bert carl");
  EXPECT_EQ(Matches("user_type=V"), "dora");
  EXPECT_EQ(Matches("user_types[]=V&user_types[]=A"), "dora emil");
  EXPECT_EQ(Matches("user_types[0]=V&user_types[5]=A"), "dora emil");
  EXPECT_EQ(Matches("user_types=V,A"), "dora emil");
  EXPECT_EQ(Matches("user_types=V&user_types=A"), "dora emil");
  EXPECT_EQ(Matches("user_types=P"), "fred");
  EXPECT_EQ(Matches("user_types=X,V"), "dora");
  EXPECT_EQ(Matches("user_types=X"), "");
  EXPECT_EQ(Matches("exclude_user_types[]=C"), "dora emil fred");
  EXPECT_EQ(Matches("exclude_user_types=C,A"), "dora fred");
  EXPECT_EQ(Matches("exclude_user_types=C&exclude_user_types=V"), "emil fred");
}

TEST_F(CscartFilters, OfTypesMustAllHold) {
  EXPECT_EQ(Matches("user_type=C&user_types=V,A"), "");
  EXPECT_EQ(Matches("user_type=V&user_types=V,A"), "dora");
  EXPECT_EQ(Matches("user_type=V&exclude_user_types=V"), "");
}

TEST_F(CscartFilters, OfFlagsAreEqual) {
  EXPECT_EQ(Matches("is_root=Y"), "dora");
  EXPECT_EQ(Matches("is_root=N"), "anna bert carl emil fred");
  EXPECT_EQ(Matches("tax_exempt=Y"), "anna");
  EXPECT_EQ(Matches("tax_exempt=N"), "bert carl dora emil fred");
}

TEST_F(CscartFilters, AreJoinedByAnd) {
  EXPECT_EQ(Matches("name=anna&company=acme"), "anna bert");
  EXPECT_EQ(Matches("name=anna&company=acme&status=A"), "anna");
  EXPECT_EQ(Matches("name=anna&compact=N&company=nights"), "carl");
}

TEST_F(CscartFilters, TakeTheLastOfRepeatedScalars) {
  EXPECT_EQ(Matches("status=A&status=D"), "bert");
  EXPECT_EQ(Matches("user_type=C&user_type=C"), "anna bert carl");
  EXPECT_EQ(Matches("name=anna&name=zorn"), "emil");
}

TEST_F(CscartFilters, AreTrimmed) {
  EXPECT_EQ(Matches("name=++zorn++"), "emil");
  EXPECT_EQ(Matches("city=+tula%20"), "bert");
}

TEST_F(CscartFilters, ThatNobodyKnowsAreIgnored) {
  EXPECT_EQ(Matches("p_ids[]=1&product_view_id=2&view_id=3&nonsense=x"), kAll);
}

TEST_F(CscartFilters, OfTextAreJoinedByOrWhenCompact) {
  struct Case {
    std::string query;
    std::string names;
  };
  for (const Case& row :
       std::vector<Case>{{"name=zorn&company=nights", "carl emil"},
                         {"name=zorn&email=dora@", "dora emil"},
                         {"user_login=anna_&email=fred@&name=zorn", "anna emil fred"},
                         {"name=zorn&city=tula", "bert emil"},
                         {"email=dora@&address=baker", "anna dora"},
                         {"email=dora@&zipcode=nw1", "anna dora"},
                         {"email=dora@&country=FR", "bert dora"},
                         {"email=dora@&state=LND", "anna dora"},
                         {"name=nobody", ""}}) {
    EXPECT_EQ(MatchesAmongIds("compact=Y&" + row.query), row.names) << row.query;
  }
}

TEST_F(CscartFilters, ThatRestrictStayAndWhenCompact) {
  struct Case {
    std::string query;
    std::string names;
  };
  for (const Case& row :
       std::vector<Case>{{"name=anna&email=dora@&user_type=C", "anna bert carl"},
                         {"name=anna&email=dora@&user_types=V,P", "dora"},
                         {"name=anna&email=dora@&exclude_user_types=C", "dora"},
                         {"name=anna&email=dora@&status=A", "anna dora"},
                         {"name=anna&email=dora@&company_id=6001", "carl dora"},
                         {"name=anna&email=dora@&company=6001", "carl dora"},
                         {"name=anna&email=dora@&usergroup_id=" + group_, "anna"}}) {
    EXPECT_EQ(MatchesAmongIds("compact=Y&" + row.query), row.names) << row.query;
  }
}

TEST_F(CscartFilters, ChangeNothingWhenCompactWithoutText) {
  EXPECT_EQ(MatchesAmongIds("compact=Y"), kAll);
  EXPECT_EQ(MatchesAmongIds("compact=Y&status=A"), "anna dora fred");
  EXPECT_EQ(MatchesAmongIds("compact=y&name=zorn&city=tula"), "");
}

}  // namespace
}  // namespace rosterd::testing
