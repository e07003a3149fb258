// Contract 21: every setting turned to the other side, on one stack. It answers over TLS alone.

#include <gtest/gtest.h>

#include "tests/e2e/cscart/api.h"

namespace rosterd::testing {
namespace {

using Names = std::vector<std::string>;

const Stack& On() {
  static const Stack stack(
      {.settings = {
           "throttle.enabled=off", "cscart.edition=multivendor", "cscart.share_users=off",
           "cscart.items_per_page=3", "cscart.max_items_per_page=5", "cscart.unversioned_api=1.0",
           "cscart.https_only=on", "cscart.allow_customer=on", "cscart.vendor_users_api=scoped",
           "cscart.missing_user_status=400", "cscart.extra_fields=phone,points",
           "cscart.min_password_length=8", "cscart.storefront_url=https://shop.example/sub",
           "cscart.banner_name=Multi-Vendor", "cscart.banner_version=4.7.1",
           "cscart.max_body=4 KiB", "cscart.patch=on", "cscart.auth_token_ttl=100s"}});
  return stack;
}

// The calls of Api, over TLS.
class TlsApi {
 public:
  explicit TlsApi(std::string login) : login_(std::move(login)) {}

  HttpResponse Call(const std::string& method, const std::string& path,
                    const std::string& form = "") const {
    HttpRequest request = Api(On(), login_).Request(method, path);
    request.url.replace(0, On().Http().size(), On().Https());
    request.ca_file = On().CaFile();
    if (method != "GET" && method != "DELETE") {
      request.headers.emplace_back("Content-Type: text/plain");
      request.body = form;
    }
    return Send(request);
  }
  HttpResponse Get(const std::string& path) const { return Call("GET", path); }
  HttpResponse Post(const std::string& path, const std::string& form) const {
    return Call("POST", path, form);
  }

  // A new user's id; "" when it was refused.
  std::string Add(const std::string& form) const {
    return ParseJson(Post("users", form).body)["user_id"].text;
  }

 private:
  std::string login_;
};

const TlsApi& Admin() {
  static const TlsApi admin(On().AdminEmail() + ":" + On().AdminKey());
  return admin;
}

TlsApi Of(const Account& account) { return TlsApi(account.email + ":" + account.key); }

std::string NewCompany() {
  return On().RosterctlMember({"company", "add", "--name", "Vendor " + NewWord()}, "id");
}

TEST(CscartHttpsOnly, RefusesPlainHttpBeforeAllElse) {
  for (const char* path :
       {"/api/2.0/users", "/api/?version", "/api/nonsense", "/api.php?_d=users"}) {
    EXPECT_TRUE(IsError(Api(On()).Get(path), 403)) << path;
    EXPECT_TRUE(IsError(Api(On(), "").Get(path), 403)) << path;
  }
  EXPECT_EQ(Admin().Get("users/1").status, 200);
}

TEST(CscartEdition, MultivendorNeedsNoCompany) {
  const std::string id = Admin().Add("user_type=C&email=" + NewEmail());

  EXPECT_EQ(ParseJson(Admin().Get("users/" + id).body)["company_id"].text, "0");
  EXPECT_NE(Admin().Add("user_type=C&company_id=0&email=" + NewEmail()), "");
  const HttpResponse missing = Admin().Post("users", "firstname=x");
  EXPECT_TRUE(IsError(missing, 400, "messages"));
  EXPECT_EQ(missing.body.find("company_id"), std::string::npos) << missing.body;
}

TEST(CscartShareUsersOff, AllowsOneEmailPerStore) {
  const std::string email = NewEmail();
  const std::string form = "user_type=C&email=" + email + "&company_id=";

  EXPECT_NE(Admin().Add(form + "1"), "");
  EXPECT_NE(Admin().Add(form + "777"), "");
  EXPECT_TRUE(IsError(Admin().Post("users", form + "1"), 400, "errors"));
  EXPECT_TRUE(IsError(Admin().Post("users", form + "777"), 400, "errors"));
  EXPECT_EQ(ListedIds(Admin().Get("users?email=" + email)).size(), 2U);
}

TEST(CscartShareUsersOff, KeepsEmailsOfAdministratorsUnique) {
  const std::string email = NewEmail();
  EXPECT_NE(Admin().Add("user_type=A&company_id=0&email=" + email), "");

  EXPECT_TRUE(IsError(Admin().Post("users", "user_type=A&company_id=1&email=" + email), 400));
}

TEST(CscartItemsPerPage, HaveTheirDefaultAndMaximum) {
  const std::string word = NewWord();
  for (int i = 0; i < 7; ++i) Admin().Add("user_type=C&email=" + NewEmail(word));
  const auto page = [&](const std::string& query) {
    const Json answer = ParseJson(Admin().Get("users?email=" + word + query).body);
    return std::to_string(answer["users"].items.size()) + " of " +
           answer["params"]["items_per_page"].text;
  };

  EXPECT_EQ(page(""), "3 of 3");
  EXPECT_EQ(page("&items_per_page=x"), "3 of 3");
  EXPECT_EQ(page("&items_per_page=5"), "5 of 5");
  EXPECT_EQ(page("&items_per_page=6"), "5 of 5");
  EXPECT_EQ(page("&items_per_page=1000"), "5 of 5");
  EXPECT_EQ(page("&items_per_page=0"), "5 of 5");
}

TEST(CscartUnversionedApi, MayBeTheFirstVersion) {
  const HttpResponse response = Admin().Get("/api/users");
  EXPECT_TRUE(ParseJson(response.body).IsArray()) << response.body;
  EXPECT_TRUE(ParseJson(Admin().Get("/api.php?_d=users").body).IsArray());
  EXPECT_TRUE(ParseJson(Admin().Get("/api/2.0/users").body).IsObject());
}

TEST(CscartAllowCustomer, LetsThemSignInWithoutAKey) {
  const std::string email = NewEmail();
  Admin().Add("user_type=C&password=pa55word&email=" + email);
  const TlsApi nobody("");

  const HttpResponse response = nobody.Post("auth_tokens", "password=pa55word&email=" + email);

  EXPECT_EQ(response.status, 201) << response.body;
  const Json answer = ParseJson(response.body);
  EXPECT_LE(std::stoi(answer["ttl"].text), 100);
  EXPECT_TRUE(IsError(nobody.Post("auth_tokens", "password=wrong&email=" + email), 404));
  EXPECT_TRUE(IsError(nobody.Get("users"), 401, ""));
}

TEST(CscartAllowCustomer, GivesATokenACustomersRights) {
  const std::string email = NewEmail();
  Admin().Add("user_type=C&password=pa55word&email=" + email);
  const std::string token =
      ParseJson(Admin().Post("auth_tokens", "password=pa55word&email=" + email).body)["token"].text;

  EXPECT_TRUE(IsError(TlsApi(token + ":").Get("users"), 403, ""));
  EXPECT_TRUE(IsError(TlsApi(token + ":").Get("users/1"), 403, ""));
  EXPECT_TRUE(IsError(TlsApi("x" + token + ":").Get("users"), 401, ""));
}

TEST(CscartAllowCustomer, GivesAnAdministratorsTokenNoMore) {
  const std::string email = NewEmail();
  Admin().Add("user_type=A&company_id=0&password=pa55word&email=" + email);
  const std::string token =
      ParseJson(Admin().Post("auth_tokens", "password=pa55word&email=" + email).body)["token"].text;

  EXPECT_TRUE(IsError(TlsApi(token + ":").Get("users"), 403, ""));
}

TEST(CscartAllowCustomer, EndsTokensWithTheAccountOrItsPassword) {
  for (const char* change : {"status=D", "password=another1"}) {
    const std::string email = NewEmail();
    const std::string id = Admin().Add("user_type=C&password=pa55word&email=" + email);
    const std::string token =
        ParseJson(Admin().Post("auth_tokens", "password=pa55word&email=" + email).body)["token"]
            .text;
    EXPECT_EQ(TlsApi(token + ":").Get("users").status, 403);

    EXPECT_EQ(Admin().Call("PUT", "users/" + id, change).status, 200);

    EXPECT_TRUE(IsError(TlsApi(token + ":").Get("users"), 401, "")) << change;
  }
}

TEST(CscartVendors, MayBeScoped) {
  const std::string company = NewCompany();
  const TlsApi vendor = Of(AddAccount(On(), "V", "N", company));
  const Account own = AddAccount(On(), "C", "N", company);
  const Account root = AddAccount(On(), "V", "Y", company);
  const std::string other = Admin().Add("user_type=C&company_id=1&email=" + NewEmail());

  EXPECT_EQ(vendor.Get("users/" + own.id).status, 200);
  EXPECT_EQ(vendor.Get("users/" + other).status, 404);
  EXPECT_EQ(ListedIds(vendor.Get("users?user_ids=1," + other + "," + own.id)), Names{own.id});
  const Json made =
      ParseJson(Admin().Get("users/" + vendor.Add("user_type=C&email=" + NewEmail())).body);
  EXPECT_EQ(made["company_id"].text, company);
  EXPECT_EQ(vendor.Call("PUT", "users/" + own.id, "company=x").status, 200);
  EXPECT_EQ(vendor.Call("DELETE", "users/" + root.id).status, 400);
  EXPECT_EQ(vendor.Call("DELETE", "users/" + own.id).status, 204);
}

TEST(CscartMissingUserStatus, MayBe400) {
  EXPECT_TRUE(IsError(Admin().Call("PUT", "users/99999999", "company=x"), 400));
  EXPECT_TRUE(IsError(Admin().Call("DELETE", "users/99999999"), 400));
  EXPECT_TRUE(IsError(Admin().Get("users/99999999"), 404, ""));
}

TEST(CscartExtraFields, AreAlwaysShown) {
  const Json user = ParseJson(Admin().Get("users/1").body);

  const Names names = user.Names();
  ASSERT_EQ(names.size(), 14U);
  EXPECT_EQ(names[12], "phone");
  EXPECT_EQ(names[13], "points");
  EXPECT_EQ(ParseJson(Admin().Get("users?user_ids=1").body)["users"][0].Canonical(),
            user.Canonical());
}

TEST(CscartMinPasswordLength, IsKept) {
  const std::string id = Admin().Add("user_type=C&email=" + NewEmail());

  EXPECT_TRUE(IsError(Admin().Call("PUT", "users/" + id, "password=1234567"), 400));
  EXPECT_EQ(Admin().Call("PUT", "users/" + id, "password=12345678").status, 200);
}

TEST(CscartStorefrontUrl, BeginsLoginLinks) {
  const std::string email = NewEmail();
  Admin().Add("user_type=C&email=" + email);

  const Json answer = ParseJson(Admin().Post("auth", "email=" + email).body);

  EXPECT_EQ(answer["link"].text.substr(0, 36), "https://shop.example/sub/index.php?d");
}

TEST(CscartBannerSettings, ShowInTheBanner) {
  EXPECT_EQ(TlsApi("").Get("/api/?version=True").body, "Multi-Vendor <b>4.7.1 </b>");
}

TEST(CscartMaxBody, IsKept) {
  std::string form = "user_type=C&email=" + NewEmail() + "&unknown=";
  form.resize(4096, 'x');
  EXPECT_EQ(Admin().Post("users", form).status, 201);

  const HttpResponse larger = Admin().Post("users", form + "x");
  EXPECT_TRUE(IsError(larger, 413, ""));
}

TEST(CscartPatchSetting, MakesPatchAPut) {
  const std::string id = Admin().Add("user_type=C&email=" + NewEmail());

  const HttpResponse response = Admin().Call("PATCH", "users/" + id, "company=Patched");

  EXPECT_EQ(response.status, 200);
  EXPECT_JSON_EQ(response.body, R"({"user_id":")" + id + R"(","profile_id":false})");
  EXPECT_EQ(ParseJson(Admin().Get("users/" + id).body)["company"].text, "Patched");
}

}  // namespace
}  // namespace rosterd::testing
