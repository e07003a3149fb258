// Contract 16 and 19: /auth, /auth_tokens, and passwords of every form.

#include <gtest/gtest.h>

#include "tests/e2e/cscart/api.h"

namespace rosterd::testing {
namespace {

HttpResponse SignIn(const std::string& email, const std::string& password) {
  return Root().Post("auth_tokens",
                     R"({"email":)" + Quoted(email) + R"(,"password":)" + Quoted(password) + "}");
}

std::string NewWith(const std::string& email, const std::string& members) {
  return Root().AddUser("{" + Customer(email) + "," + members + "}");
}

TEST(CscartTokens, AreGivenForAPassword) {
  const std::string email = NewEmail();
  NewWith(email, R"("password":"pa55word")");

  const HttpResponse response = SignIn(email, "pa55word");

  EXPECT_EQ(response.status, 201) << response.body;
  const Json answer = ParseJson(response.body);
  EXPECT_EQ(answer.Names(), (std::vector<std::string>{"token", "ttl"}));
  EXPECT_TRUE(answer["token"].IsString());
  EXPECT_EQ(answer["ttl"].Canonical(), "604800");
}

TEST(CscartTokens, AreGivenAgainWhileTheyLive) {
  const std::string email = NewEmail();
  NewWith(email, R"("password":"pa55word")");

  const Json first = ParseJson(SignIn(email, "pa55word").body);
  const Json second = ParseJson(SignIn(email, "pa55word").body);

  EXPECT_NE(first["token"].text, "");
  EXPECT_EQ(first["token"].text, second["token"].text);
  EXPECT_LE(std::stol(second["ttl"].text), 604800);
}

TEST(CscartTokens, AreRefusedWithoutTheRightPair) {
  const std::string email = NewEmail();
  const std::string id = NewWith(email, R"("password":"pa55word")");
  NewWith("nopassword" + email, R"("company":"x")");

  EXPECT_TRUE(IsError(SignIn(email, "wrong"), 404));
  EXPECT_TRUE(IsError(SignIn(email, "PA55WORD"), 404));
  EXPECT_TRUE(IsError(SignIn("x" + email, "pa55word"), 404));
  EXPECT_TRUE(IsError(SignIn("nopassword" + email, "x"), 404));
  EXPECT_EQ(SignIn(email, "wrong").body, SignIn("x" + email, "pa55word").body);
  for (const char* status : {"D", "H", "P"}) {
    Root().PutForm("users/" + id, std::string("status=") + status);
    EXPECT_TRUE(IsError(SignIn(email, "pa55word"), 404)) << status;
  }
}

TEST(CscartTokens, NeedBothFields) {
  for (const char* json :
       {R"({"email":"a@b.example"})", R"({"password":"x"})", R"({"x":"y"})",
        R"({"email":"","password":"x"})", R"({"email":"a@b.example","password":""})",
        R"({"email":["a@b.example"],"password":"x"})", "{}", ""}) {
    EXPECT_TRUE(IsError(Root().Post("auth_tokens", json), 400)) << json;
  }
}

TEST(CscartTokens, AreOnlyPosted) {
  EXPECT_TRUE(IsError(Root().Get("auth_tokens"), 405));
  EXPECT_TRUE(IsError(Root().Put("auth_tokens", R"({"a":"b"})"), 405));
  EXPECT_TRUE(IsError(Root().Delete("auth_tokens"), 405));
  EXPECT_TRUE(IsError(Root().Get("auth"), 405));
  EXPECT_TRUE(IsError(Root().Put("auth", R"({"a":"b"})"), 405));
  EXPECT_TRUE(IsError(Root().Delete("auth"), 405));
}

TEST(CscartTokens, AreGivenToEveryCallerWithAKey) {
  const std::string email = NewEmail();
  NewWith(email, R"("password":"pa55word")");
  const std::string json = R"({"email":")" + email + R"(","password":"pa55word"})";

  for (const char* type : {"A", "C", "V"}) {
    const Account account = AddAccount(DefaultStack(), type, "N", "1");
    EXPECT_EQ(As(DefaultStack(), account).Post("auth_tokens", json).status, 201) << type;
  }
  EXPECT_TRUE(IsError(Api(DefaultStack(), "").Post("auth_tokens", json), 401, ""));
}

TEST(CscartTokens, DoNotSignInWithoutTheSetting) {
  const std::string email = NewEmail();
  NewWith(email, R"("password":"pa55word")");
  const std::string token = ParseJson(SignIn(email, "pa55word").body)["token"].text;

  EXPECT_TRUE(IsError(Api(DefaultStack(), token + ":").Get("users"), 401, ""));
}

TEST(CscartLoginKeys, AreGivenWithALink) {
  const std::string email = NewEmail();
  NewWith(email, R"("company":"x")");

  const HttpResponse response = Root().Post("auth", R"({"email":")" + email + R"("})");

  EXPECT_EQ(response.status, 201) << response.body;
  const Json answer = ParseJson(response.body);
  EXPECT_EQ(answer.Names(), (std::vector<std::string>{"key", "link"}));
  EXPECT_EQ(answer["link"].text, "http://localhost/index.php?dispatch=auth.ekey_login&ekey=" +
                                     answer["key"].text + "&company_id=1");
}

TEST(CscartLoginKeys, CarryTheAddressToGoBackTo) {
  const std::string email = NewEmail();
  NewWith(email, R"("company":"x")");

  const Json answer = ParseJson(
      Root()
          .Post("auth", R"({"email":")" + email + R"(","redirect_url":"index.php?a=b&c=d e"})")
          .body);

  const std::string link = answer["link"].text;
  EXPECT_NE(link.find("&redirect_url=index.php%3Fa%3Db%26c%3Dd"), std::string::npos) << link;
}

TEST(CscartLoginKeys, SignInOnce) {
  const std::string email = NewEmail();
  NewWith(email, R"("company":"x")");
  const std::string key =
      ParseJson(Root().Post("auth", R"({"email":")" + email + R"("})").body)["key"].text;
  const std::string json = R"({"ekey":")" + key + R"("})";

  const HttpResponse first = Root().Post("auth_tokens", json);
  EXPECT_EQ(first.status, 201) << first.body;
  EXPECT_EQ(ParseJson(first.body).Names(), (std::vector<std::string>{"token", "ttl"}));
  EXPECT_EQ(Root().Post("auth_tokens", json).status, 404);
  EXPECT_EQ(Root().Post("auth_tokens", R"({"ekey":"nonsense"})").status, 404);
}

TEST(CscartLoginKeys, AreThreeAtMost) {
  const std::string email = NewEmail();
  NewWith(email, R"("company":"x")");
  const std::string json = R"({"email":")" + email + R"("})";

  for (int i = 0; i < 3; ++i) EXPECT_EQ(Root().Post("auth", json).status, 201);
  EXPECT_TRUE(IsError(Root().Post("auth", json), 400));
}

TEST(CscartLoginKeys, MayGoOutByMail) {
  const std::string email = NewEmail();
  NewWith(email, R"("company":"x")");

  const HttpResponse response =
      Root().Post("auth", R"({"email":")" + email + R"(","notify":true})");

  EXPECT_EQ(response.status, 201) << response.body;
  EXPECT_EQ(ParseJson(response.body).Names(), std::vector<std::string>{"message"});
}

TEST(CscartLoginKeys, AreChecked) {
  const std::string email = NewEmail();
  const std::string id = NewWith(email, R"("company":"x")");
  Root().PutForm("users/" + id, "status=D");

  EXPECT_TRUE(IsError(Root().Post("auth", R"({"x":"y"})"), 400));
  EXPECT_TRUE(IsError(Root().Post("auth", R"({"email":""})"), 400));
  EXPECT_TRUE(IsError(Root().Post("auth", R"({"email":"x)" + email + R"("})"), 404));
  EXPECT_TRUE(IsError(Root().Post("auth", R"({"email":")" + email + R"("})"), 400));
}

TEST(CscartLoginKeys, AreForThoseWhoMayActForOthers) {
  const Stack& on = DefaultStack();
  const auto status = [&](const Account& caller, const std::string& email) {
    return As(on, caller).Post("auth", R"({"email":")" + email + R"("})").status;
  };
  const Account admin = AddAccount(on, "A", "N", "0");
  const Account other = AddAccount(on, "A", "N", "0");
  const Account root = AddAccount(on, "A", "Y", "0");
  const Account viewer = AddRestrictedAdmin(on, {"view_users"});
  const Account customer = AddAccount(on, "C", "N", "1");
  const std::string company =
      on.RosterctlMember({"company", "add", "--name", "Keys " + NewWord()}, "id");
  const Account store_root = AddAccount(on, "A", "Y", company);
  const Account store_admin = AddAccount(on, "A", "N", company);

  EXPECT_EQ(Root().Post("auth", R"({"email":")" + admin.email + R"("})").status, 201);
  EXPECT_EQ(status(admin, other.email), 201);
  EXPECT_EQ(status(admin, customer.email), 201);
  EXPECT_EQ(status(admin, root.email), 403);
  EXPECT_EQ(status(store_root, store_admin.email), 201);
  EXPECT_EQ(status(store_root, root.email), 403);
  EXPECT_EQ(status(store_admin, store_root.email), 403);
  EXPECT_EQ(status(viewer, customer.email), 403);
  EXPECT_EQ(status(customer, customer.email), 403);
}

struct Vector {
  std::string password, hash, salt;
};

const std::vector<Vector>& Vectors() {
  static const std::vector<Vector> vectors = {
      {"customer", "91ec1f9324753048c0096d036a694f86", ""},
      {"customer", "817c4503ab6f0f06755bc17ec712eaa4", "abc"},
      {"secret1", "$2y$10$hAzBbrWa7YBcL1VR7OwRiOPrv92gLe/8HzR2U6NAPoHBFv.KYANa2", ""},
      {"secret1", "$2b$10$hAzBbrWa7YBcL1VR7OwRiOPrv92gLe/8HzR2U6NAPoHBFv.KYANa2", ""},
      {"secret1", "$2a$10$hAzBbrWa7YBcL1VR7OwRiOPrv92gLe/8HzR2U6NAPoHBFv.KYANa2", ""},
      {"secret1",
       "$argon2id$v=19$m=65536,t=4,p=1$kRLI9+DfAnQ1hEvKxv+05A$"
       "fMAtgbkVIxcSboRpa2ezAbxC94VKhVj1V2f2iMd+"
       "8cs",
       ""},
      {"secret1",
       "$argon2i$v=19$m=8192,t=4,p=1$LTiRcFt3fypZK3IWUVXl7Q$/o57dhwjzwq97vo7y/"
       "3xHv5lD67lGhtJM6OP646wUQo",
       ""}};
  return vectors;
}

TEST(CscartPasswords, OfEveryStoredFormAreTakenAndRenewed) {
  for (const Vector& vector : Vectors()) {
    const std::string email = NewEmail();
    NewWith(email, R"("password":)" + Quoted(vector.hash) + R"(,"salt":")" + vector.salt + "\"");

    EXPECT_EQ(SignIn(email, "wrong-" + vector.password).status, 404) << vector.hash;
    EXPECT_EQ(SignIn(email, vector.hash).status, 404) << vector.hash;
    EXPECT_EQ(SignIn(email, vector.password).status, 201) << vector.hash;
    EXPECT_EQ(SignIn(email, vector.password).status, 201) << vector.hash;
    EXPECT_EQ(SignIn(email, "wrong-" + vector.password).status, 404) << vector.hash;
  }
}

TEST(CscartPasswords, OfEveryStoredFormAreTakenOnChanges) {
  for (const Vector& vector : Vectors()) {
    const std::string email = NewEmail();
    const std::string id = NewWith(email, R"("password":"before")");

    EXPECT_EQ(Root()
                  .Put("users/" + id, R"({"password":)" + Quoted(vector.hash) + R"(,"salt":")" +
                                          vector.salt + R"("})")
                  .status,
              200);

    EXPECT_EQ(SignIn(email, "before").status, 404) << vector.hash;
    EXPECT_EQ(SignIn(email, vector.password).status, 201) << vector.hash;
  }
}

TEST(CscartPasswords, AreHashesInEveryOldVersion) {
  for (const char* prefix : {"/api/1.0", "/api/1", "/api/2", "/api"}) {
    const std::string email = NewEmail();
    const HttpResponse response =
        Root().Post(prefix + std::string("/users"),
                    "{" + Customer(email) + R"(,"password":"91ec1f9324753048c0096d036a694f86"})");
    EXPECT_EQ(response.status, 201) << prefix;
    EXPECT_EQ(SignIn(email, "customer").status, 201) << prefix;
  }
}

TEST(CscartPasswords, ArePlainTextInEveryNewVersion) {
  for (const char* prefix : {"/api/2.1", "/api/4.0", "/api/4.1"}) {
    const std::string email = NewEmail();
    const std::string md5 = "91ec1f9324753048c0096d036a694f86";
    const HttpResponse response =
        Root().Post(prefix + std::string("/users"),
                    "{" + Customer(email) + R"(,"password":")" + md5 + R"(","salt":"abc"})");
    EXPECT_EQ(response.status, 201) << prefix;
    EXPECT_EQ(SignIn(email, "customer").status, 404) << prefix;
    EXPECT_EQ(SignIn(email, md5).status, 201) << prefix;
  }
}

TEST(CscartPasswords, AreTakenTwiceWhenEqual) {
  const std::string email = NewEmail();
  const std::string id = NewWith(email, R"("password1":"pa55word","password2":"pa55word")");
  EXPECT_EQ(SignIn(email, "pa55word").status, 201);

  EXPECT_TRUE(IsError(Root().PutForm("users/" + id, "password1=another1&password2=another2"), 400));
  EXPECT_EQ(SignIn(email, "pa55word").status, 201);
  EXPECT_EQ(Root().PutForm("users/" + id, "password1=another1&password2=another1").status, 200);
  EXPECT_EQ(SignIn(email, "another1").status, 201);
  EXPECT_EQ(SignIn(email, "pa55word").status, 404);
}

TEST(CscartPasswords, HaveFiveCharactersAtLeast) {
  const std::string id = NewWith(NewEmail(), R"("company":"x")");

  EXPECT_TRUE(IsError(Root().PutForm("users/" + id, "password=1234"), 400));
  EXPECT_TRUE(IsError(Root().PutForm("users/" + id, "password1=1234&password2=1234"), 400));
  EXPECT_EQ(Root().PutForm("users/" + id, "password=12345").status, 200);
}

TEST(CscartPasswords, MayBeLongAndOfAnyCharacter) {
  const std::string email = NewEmail();
  const std::string id = NewWith(email, R"("company":"x")");
  for (const std::string& password :
       {std::string(72, 'p'), std::string("\xD0\xBF\xD0\xB0\xD1\x80\xD0\xBE\xD0\xBB\xD1\x8C"),
        std::string("'\"\\ %_&=+?#")}) {
    EXPECT_EQ(Root().Put("users/" + id, R"({"password":)" + Quoted(password) + "}").status, 200);
    EXPECT_EQ(SignIn(email, password).status, 201) << password;
  }
}

TEST(CscartPasswords, EndTokensWhenTheyChange) {
  const std::string email = NewEmail();
  const std::string id = NewWith(email, R"("password":"pa55word")");
  const std::string token = ParseJson(SignIn(email, "pa55word").body)["token"].text;

  EXPECT_EQ(Root().PutForm("users/" + id, "password=another1").status, 200);

  const std::string renewed = ParseJson(SignIn(email, "another1").body)["token"].text;
  EXPECT_NE(renewed, "");
  EXPECT_NE(renewed, token);
}

}  // namespace
}  // namespace rosterd::testing
