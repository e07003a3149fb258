// Contract 7: what a request may carry.

#include <gtest/gtest.h>

#include "tests/e2e/cscart/api.h"

namespace rosterd::testing {
namespace {

struct Body {
  std::string type;  // "" = no Content-Type
  std::string text;
};

// The same three fields in every kind of body.
std::vector<Body> KindsOfBodies(const std::string& email) {
  const std::string form =
      "email=" + UrlEncode(email) + "&user_type=C&company_id=1&firstname=%C3%84+%2B";
  const std::string json = "{" + Customer(email) + ",\"firstname\":\"\xC3\x84 +\"}";
  const std::string multipart =
      "--x\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\n" + email +
      "\r\n--x\r\nContent-Disposition: form-data; name=\"user_type\"\r\n\r\nC"
      "\r\n--x\r\nContent-Disposition: form-data; name=\"company_id\"\r\n\r\n1"
      "\r\n--x\r\nContent-Disposition: form-data; name=\"lastname\"; filename=\"a.txt\"\r\n"
      "Content-Type: text/plain\r\n\r\nfile"
      "\r\n--x\r\nContent-Disposition: form-data; name=\"firstname\"\r\n\r\n\xC3\x84 +"
      "\r\n--x--\r\n";
  return {{"", form},
          {"text/plain", form},
          {"text/plain; charset=UTF-8", form},
          {"Text/Plain", form},
          {"application/x-www-form-urlencoded", form},
          {"application/x-www-form-urlencoded;charset=utf-8", form},
          {"multipart/form-data; boundary=x", multipart},
          {"multipart/form-data; boundary=\"x\"", multipart},
          {"application/json", json},
          {"application/json;charset=UTF-8", json},
          {"APPLICATION/JSON", json},
          {"application/javascript", json}};
}

HttpResponse PostOf(const std::string& type, const std::string& body) {
  return Send(Root().Request("POST", "users", type, body));
}

HttpResponse PutOf(const std::string& id, const std::string& type, const std::string& body) {
  return Send(Root().Request("PUT", "users/" + id, type, body));
}

const std::string& Somebody() {
  static const std::string id = Root().AddUser("{" + Customer(NewEmail()) + "}");
  return id;
}

TEST(CscartBodies, AreReadOnCreationInEveryKind) {
  for (std::size_t kind = 0; kind < KindsOfBodies("").size(); ++kind) {
    const Body body = KindsOfBodies(NewEmail())[kind];
    const HttpResponse response = PostOf(body.type, body.text);
    EXPECT_EQ(response.status, 201) << body.type << response.body;
    const Json user = Root().User(ParseJson(response.body)["user_id"].text);
    EXPECT_EQ(user["firstname"].text, "\xC3\x84 +") << body.type;
    EXPECT_EQ(user["lastname"].text, "") << body.type;
  }
}

TEST(CscartBodies, AreReadOnChangesInEveryKind) {
  for (std::size_t kind = 0; kind < KindsOfBodies("").size(); ++kind) {
    const std::string id = Root().AddUser("{" + Customer(NewEmail()) + "}");
    const Body body = KindsOfBodies(NewEmail())[kind];
    EXPECT_EQ(PutOf(id, body.type, body.text).status, 200) << body.type;
    EXPECT_EQ(Root().User(id)["firstname"].text, "\xC3\x84 +") << body.type;
  }
}

TEST(CscartBodies, TakeAnEmptyContentTypeForText) {
  HttpRequest request =
      Root().Request("POST", "users", "", "user_type=C&company_id=1&email=" + NewEmail());
  request.headers.emplace_back("Content-Type;");

  EXPECT_EQ(Send(request).status, 201);
}

TEST(CscartBodies, OfOtherTypesAreRefused) {
  for (const char* type : {"text/html", "application/xml", "text/xml", "application/octet-stream",
                           "application/vnd.api+json", "text/json", "json", "*/*"}) {
    for (const HttpResponse& response :
         {PostOf(type, "{" + Customer(NewEmail()) + "}"), PutOf(Somebody(), type, "company=x")}) {
      EXPECT_EQ(response.status, 415) << type;
      EXPECT_EQ(response.body, R"({"message":"Unsupported Media Type","status":415})") << type;
    }
  }
}

TEST(CscartBodies, OfOtherTypesAreIgnoredOnReadsAndDeletes) {
  const std::string id = Root().AddUser("{" + Customer(NewEmail()) + "}");

  EXPECT_EQ(Send(Root().Request("GET", "users/" + id, "application/xml", "<a/>")).status, 200);
  EXPECT_EQ(Send(Root().Request("DELETE", "users/" + id, "application/xml", "<a/>")).status, 204);
}

TEST(CscartBodies, FollowPhpInNames) {
  EXPECT_EQ(Root().PutForm("users/" + Somebody(), "firstname=first&firstname=last").status, 200);
  EXPECT_EQ(Root().User(Somebody())["firstname"].text, "last");
  EXPECT_EQ(Root().PutForm("users/" + Somebody(), "fields[37]=red&fields[38]=").status, 200);
  const Json fields = ParseJson(Root().Get("users/" + Somebody() + "?full=Y").body)["fields"];
  EXPECT_EQ(fields["37"].text, "red");
  EXPECT_EQ(Root().PutForm("users/" + Somebody(), "firstname=").status, 200);
  EXPECT_EQ(Root().User(Somebody())["firstname"].text, "");
}

TEST(CscartBodies, RefuseArraysAndObjectsForScalars) {
  for (const char* form : {"firstname[]=x", "firstname[a]=x", "email[]=a%40b.example", "status[]=A",
                           "b_city[]=x", "company_id[]=1", "timestamp[]=1"}) {
    EXPECT_TRUE(IsError(Root().PutForm("users/" + Somebody(), form), 400)) << form;
  }
  for (const char* json :
       {R"({"firstname":["x"]})", R"({"firstname":{"a":"x"}})", R"({"email":["a@b.example"]})",
        R"({"status":[]})", R"({"b_city":{}})", R"({"company_id":[1]})"}) {
    EXPECT_TRUE(IsError(Root().Put("users/" + Somebody(), json), 400)) << json;
  }
}

TEST(CscartBodies, RefuseBrokenJson) {
  for (const char* json :
       {"{", "{\"a\"", "{\"a\":1,}", "{'a':1}", "{\"a\":1}}", "nonsense", "{\"a\":1} x",
        "{\"a\":01}", R"({"a":"\x"})", "[1,]", "{a:1}", "{\"firstname\":\"a\nb\"}"}) {
    EXPECT_TRUE(IsError(Root().Post("users", json), 400, "messages")) << json;
    EXPECT_TRUE(IsError(Root().Put("users/" + Somebody(), json), 400, "messages")) << json;
  }
}

TEST(CscartBodies, RefuseJsonThatIsNoObject) {
  for (const char* json : {"5", "\"x\"", "[1]", "[]", "true", R"([{"firstname":"x"}])"}) {
    EXPECT_TRUE(IsError(Root().Post("users", json), 400)) << json;
    EXPECT_TRUE(IsError(Root().Put("users/" + Somebody(), json), 400)) << json;
  }
}

TEST(CscartBodies, RefuseNoData) {
  for (const Body& body : std::vector<Body>{{"application/json", ""},
                                            {"application/json", "{}"},
                                            {"application/json", "null"},
                                            {"application/json", " {} "},
                                            {"text/plain", ""},
                                            {"application/x-www-form-urlencoded", "&"},
                                            {"", ""},
                                            {"multipart/form-data; boundary=x", "--x--\r\n"}}) {
    EXPECT_TRUE(IsError(PostOf(body.type, body.text), 400)) << body.type << body.text;
    EXPECT_TRUE(IsError(PutOf(Somebody(), body.type, body.text), 400)) << body.type << body.text;
  }
  EXPECT_TRUE(IsError(Send(Root().Request("POST", "users")), 400));
  EXPECT_TRUE(IsError(Send(Root().Request("PUT", "users/" + Somebody())), 400));
}

TEST(CscartBodies, ReadJsonWithoutContentTypeAsAForm) {
  const HttpResponse response = PostOf("", "{" + Customer(NewEmail()) + "}");

  EXPECT_TRUE(IsError(response, 400, "messages"));
  EXPECT_NE(response.body.find("email"), std::string::npos) << response.body;
}

TEST(CscartBodies, TurnJsonValuesIntoText) {
  const std::string json =
      R"({"firstname":7,"lastname":-3.5,"company":true,"fax":false,"url":null})";

  EXPECT_EQ(Root().Put("users/" + Somebody(), json).status, 200);

  const Json user = ParseJson(Root().Get("users/" + Somebody() + "?full=Y").body);
  EXPECT_EQ(user["firstname"].text, "7");
  EXPECT_EQ(user["lastname"].text, "-3.5");
  EXPECT_EQ(user["company"].text, "1");
  EXPECT_TRUE(user["fax"].IsString());
  EXPECT_EQ(user["fax"].text, "");
  EXPECT_EQ(user["url"].text, "");
}

TEST(CscartBodies, TrimTexts) {
  EXPECT_EQ(Root().PutForm("users/" + Somebody(), "firstname=++Mia%09&lastname=%0A").status, 200);
  EXPECT_EQ(Root().User(Somebody())["firstname"].text, "Mia");
  EXPECT_EQ(Root().User(Somebody())["lastname"].text, "");
  EXPECT_EQ(Root().Put("users/" + Somebody(), R"({"firstname":" \t Ida Li\n "})").status, 200);
  EXPECT_EQ(Root().User(Somebody())["firstname"].text, "Ida Li");
}

TEST(CscartBodies, TrimPasswords) {
  const std::string email = NewEmail();
  Root().AddUser("{" + Customer(email) + R"(,"password":"  pa55word "})");

  EXPECT_EQ(
      Root().Post("auth_tokens", R"({"email":")" + email + R"(","password":"pa55word"})").status,
      201);
}

TEST(CscartBodies, RefuseInvalidUtf8) {
  const std::string users = "users/" + Somebody();
  EXPECT_TRUE(IsError(Root().PutForm(users, "firstname=%FF"), 400));
  EXPECT_TRUE(IsError(Root().PutForm(users, "firstname=\xC3"), 400));
  EXPECT_TRUE(IsError(Root().PutForm(users, "firstname=%ED%B0%80"), 400));
  EXPECT_TRUE(IsError(Root().PutForm(users, "firstname=%C0%AF"), 400));
  EXPECT_TRUE(IsError(Root().Put(users, "{\"firstname\":\"\xFF\"}"), 400));
  EXPECT_TRUE(IsError(Root().Put(users, R"({"firstname":"\udc00"})"), 400));
  EXPECT_TRUE(IsError(Root().Put(users, R"({"firstname":"\ud800x"})"), 400));
}

TEST(CscartBodies, KeepEveryCharacterOfUtf8) {
  const std::string name = "\xF0\x9F\x90\xB1 \xD0\x9C\xD0\xB8\xD1\x80\xD0\xB0 \"'\\/<&>";

  EXPECT_EQ(Root().Put("users/" + Somebody(), R"({"firstname":)" + Quoted(name) + "}").status, 200);

  EXPECT_EQ(Root().User(Somebody())["firstname"].text, name);
}

TEST(CscartBodies, NeverCutATextAtANul) {
  for (const HttpResponse& response :
       {Root().PutForm("users/" + Somebody(), "firstname=a%00b"),
        Root().Put("users/" + Somebody(), R"({"firstname":"a\u0000b"})")}) {
    if (response.status == 200) {
      EXPECT_EQ(Root().User(Somebody())["firstname"].text, std::string("a\0b", 3));
    } else {
      EXPECT_TRUE(IsError(response, 400));
    }
  }
  EXPECT_TRUE(IsError(Root().PutForm("users/" + Somebody(), "email=a%00%40b.example"), 400));
}

TEST(CscartBodies, AreTakenUpToOneMebibyte) {
  std::string form = "user_type=C&company_id=1&email=" + NewEmail() + "&unknown=";
  form.resize(1048576, 'x');
  EXPECT_EQ(Root().PostForm("users", form).status, 201);

  const HttpResponse larger = Root().PostForm("users", form + "x");
  EXPECT_EQ(larger.status, 413);
  EXPECT_JSON_EQ(larger.body, R"({"message":"Request Entity Too Large","status":413})");
  EXPECT_EQ(larger.Header("Content-Type"), "application/json");
  EXPECT_EQ(Root().PutForm("users/1", form + "x").status, 413);
}

TEST(CscartBodies, RefuseDeepJson) {
  std::string deep = R"({"unknown":)" + std::string(100000, '[');
  EXPECT_TRUE(IsError(Root().Post("users", deep), 400));
  deep += std::string(100000, ']') + "," + Customer(NewEmail()) + "}";
  EXPECT_TRUE(IsError(Root().Post("users", deep), 400));
}

TEST(CscartBodies, RefuseNumbersThatBreakParsersOnlyCleanly) {
  for (const std::string& number :
       {"0." + std::string(400, '0') + "1e-2147483639", std::string("1e999999999"),
        std::string("0.184467440737095516159"), std::string(5000, '9')}) {
    const int status =
        Root().Put("users/" + Somebody(), R"({"company":"c","unknown":)" + number + "}").status;
    EXPECT_TRUE(status == 200 || status == 400) << status << " " << number.substr(0, 40);
  }
}

TEST(CscartBodies, RefuseARepeatedName) {
  EXPECT_TRUE(
      IsError(Root().Put("users/" + Somebody(), R"({"firstname":"a","firstname":"b"})"), 400));
}

TEST(CscartBodies, MayHoldUnknownFields) {
  EXPECT_EQ(Root().Put("users/" + Somebody(), R"({"company":"c","nonsense":{"a":[1,{}]}})").status,
            200);
  EXPECT_EQ(Root().PutForm("users/" + Somebody(), "company=c&non[se][]=nse&x=%00").status, 200);
}

}  // namespace
}  // namespace rosterd::testing
