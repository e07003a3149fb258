// Contract 1: what the real clients send and how they read the answers.

#include <gtest/gtest.h>

#include "tests/e2e/cscart/api.h"

namespace rosterd::testing {
namespace {

// pycscart: no version in the path, JSON types on every call, every error body a JSON object.
class PyClient {
 public:
  static HttpResponse Call(const std::string& method, const std::string& path,
                           const std::string& body = "") {
    HttpRequest request = Root().Request(method, "/api/" + path, "application/json", body);
    request.headers.emplace_back("Accept: application/json");
    return Send(request);
  }
};

TEST(CscartClientPy, ReadsTheBanner) {
  HttpRequest request = Api(DefaultStack(), "").Request("GET", "/api/?version=True");
  request.headers = {"Accept: application/json", "Content-Type: application/json"};

  EXPECT_EQ(Send(request).body, "CS-Cart <b>4.3.10 </b>");
}

TEST(CscartClientPy, ListsWithoutAUserType) {
  const HttpResponse response = PyClient::Call("GET", "users");

  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(ParseJson(response.body)["users"].IsArray());
}

TEST(CscartClientPy, CreatesChangesAndDeletes) {
  const HttpResponse created = PyClient::Call("POST", "users", "{" + Customer(NewEmail()) + "}");
  EXPECT_EQ(created.status, 201);
  const std::string user = "users/" + ParseJson(created.body)["user_id"].text;

  EXPECT_EQ(PyClient::Call("PUT", user, R"({"firstname": "Py"})").status, 200);
  EXPECT_EQ(ParseJson(PyClient::Call("GET", user).body)["firstname"].text, "Py");
  EXPECT_TRUE(ParseJson(PyClient::Call("GET", user + "/usergroups?type=A").body).IsObject());
  EXPECT_EQ(PyClient::Call("DELETE", user).status, 204);
  EXPECT_EQ(PyClient::Call("DELETE", user).status, 404);
}

TEST(CscartClientPy, FindsAnObjectInEveryError) {
  for (const HttpResponse& response :
       {PyClient::Call("GET", "users/99999999"), PyClient::Call("POST", "users", "{broken"),
        PyClient::Call("POST", "users"), PyClient::Call("PUT", "users"),
        PyClient::Call("GET", "nonsense"), PyClient::Call("GET", "users//1"),
        PyClient::Call("GET", "users/../../../etc/passwd"),
        PyClient::Call("POST", "users", std::string(1100000, 'x')),
        PyClient::Call("PUT", "users/1", "[]"),
        PyClient::Call("GET", "users?x=" + std::string(70000, 'x')),
        PyClient::Call("TRACE", "users"), PyClient::Call("GET", "users/%ff"),
        PyClient::Call("GET", "users/%zz"), PyClient::Call("GET", "users/%00")}) {
    EXPECT_GE(response.status, 400);
    EXPECT_TRUE(ParseJson(response.body).IsObject()) << response.status << response.body;
  }
}

TEST(CscartClientRs, SendsEveryParameterTwice) {
  const std::string word = NewWord();
  const std::string id = Root().AddUser("{" + Customer(NewEmail(word)) + "}");

  const HttpResponse response =
      Root().Get("users?user_type=C&user_type=C&email=" + word + "&email=" + word +
                     "&page=1&page=1&items_per_page=5&items_per_page=5&status=A&status=A",
                 {"Accept: */*"});

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(ListedIds(response), std::vector<std::string>{id});
  const Json params = ParseJson(response.body)["params"];
  EXPECT_EQ(params["user_type"].Canonical(), "\"C\"");
  EXPECT_EQ(params["items_per_page"].Canonical(), "5");
}

TEST(CscartClientRs, ReadsIdsAsStrings) {
  const Json list = ParseJson(Root().Get("users?items_per_page=0").body);
  for (const Json& user : list["users"].items) {
    for (const char* name : {"user_id", "is_root", "status", "user_type", "email", "company_id"}) {
      EXPECT_TRUE(user[name].IsString()) << user.Canonical();
    }
  }
}

TEST(CscartClientPb, PutsAFormAndASlash) {
  HttpRequest request = Root().Request("POST", "/api/users/", "application/x-www-form-urlencoded",
                                       "user_type=C&company_id=1&email=" + NewEmail());
  const HttpResponse created = Send(request);
  EXPECT_EQ(created.status, 201);
  const std::string id = ParseJson(created.body)["user_id"].text;
  request = Root().Request("PUT", "/api/users/" + id, "application/x-www-form-urlencoded",
                           "firstname=P+B&b_city=Tula");

  EXPECT_EQ(Send(request).status, 200);
  EXPECT_EQ(Root().User(id)["firstname"].text, "P B");
  EXPECT_EQ(Root().Get("/api/users/?user_type=C").status, 200);
}

TEST(CscartClientMcp, SendsEmptyParametersAndItsAccept) {
  const HttpResponse response =
      Root().Get("/api/2.0/users?page=1&items_per_page=3&status=&user_type=",
                 {"Accept: application/json, text/plain, */*"});

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.Header("Content-Type"), "application/json");
  EXPECT_EQ(ListedIds(response).size(), 3U);
}

TEST(CscartClientOdoo, ListsCustomers) {
  const Json answer = ParseJson(Root().Get("/api/users?user_type=C").body);

  for (const Json& user : answer["users"].items) EXPECT_EQ(user["user_type"].text, "C");
}

TEST(CscartClients, MayUseTls) {
  HttpRequest request = Root().Request("GET", "users/1");
  request.url = DefaultStack().Https() + "/api/2.0/users/1";
  request.ca_file = DefaultStack().CaFile();

  EXPECT_EQ(Send(request).status, 200) << Send(request).error;
}

TEST(CscartClients, MayAskTheDialectsOwnHost) {
  HttpRequest request = Root().Request("GET", "users/1");
  request.headers.emplace_back("Host: cscart.localhost");
  EXPECT_EQ(Send(request).status, 200);
  request.url = DefaultStack().Http() + "/nowhere";
  const HttpResponse nowhere = Send(request);
  EXPECT_EQ(nowhere.status, 404);
  EXPECT_TRUE(ParseJson(nowhere.body).IsObject()) << nowhere.body;
}

TEST(CscartClients, MaySendABodyInChunks) {
  const std::string form = "user_type=C&company_id=1&email=" + NewEmail();
  const std::string head =
      "POST /api/2.0/users HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic " +
      Base64(Root().Login()) +
      "\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n"
      "Connection: close\r\n\r\n";
  std::string chunks;
  for (std::size_t at = 0; at < form.size(); at += 10) {
    const std::string piece = form.substr(at, 10);
    chunks += (piece.size() == 10 ? "a" : std::to_string(piece.size())) + "\r\n" + piece + "\r\n";
  }

  EXPECT_EQ(SendRaw(DefaultStack().HttpPort(), head + chunks + "0\r\n\r\n").status, 201);
}

TEST(CscartClients, GetAnIdOfTheRequest) {
  EXPECT_NE(Root().Get("users/1").Header("X-Request-Id"), "");
}

}  // namespace
}  // namespace rosterd::testing
