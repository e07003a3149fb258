// Requests that no client means to send: each gets an answer of the dialect, never a 5xx.

#include <gtest/gtest.h>

#include "tests/e2e/cscart/api.h"

namespace rosterd::testing {
namespace {

std::string RequestLine(const std::string& line, const std::string& headers = "",
                        const std::string& body = "") {
  return line + "\r\nHost: localhost\r\nAuthorization: Basic " + Base64(Root().Login()) +
         "\r\nConnection: close\r\n" + headers + "\r\n" + body;
}

TEST(CscartOddQueries, AreAnsweredOrRefused) {
  for (const char* query : {"page[]=2",
                            "items_per_page[]=2",
                            "sort_by[]=id",
                            "sort_order[a]=desc",
                            "status[]=A",
                            "name[]=a",
                            "name[a][b]=a",
                            "compact[]=Y",
                            "company[]=1",
                            "company_id[x]=1",
                            "page=9999999999&items_per_page=9999999999",
                            "page=2&items_per_page=9223372036854775807",
                            "page=2&items_per_page=18446744073709551616",
                            "company=99999999999999999999",
                            "company_id=99999999999999999999",
                            "company_id=abc",
                            "company_id=-1",
                            "usergroup_id=-2",
                            "usergroup_id=abc",
                            "usergroup_id=99999999999999999999",
                            "updated_from=abc",
                            "updated_from=-5",
                            "updated_from=9223372036854775807",
                            "updated_to=99999999999999999999",
                            "user_ids=99999999999999999999999",
                            "user_ids[][]=1",
                            "user_ids[a]=1",
                            "=x",
                            "&&&",
                            "a[",
                            "a[b=c",
                            "[x]=1",
                            "a]=1",
                            "user_types[a][b]=C",
                            "phone=abc",
                            "phone=---",
                            "page=2.5",
                            "name=%00",
                            "name=%F0%9F%90%B1",
                            "page=+1",
                            "items_per_page=1e3",
                            "_METHOD=PUT",
                            "version",
                            "a[99999999999999999999]=1",
                            "a[0][0][0][0][0][0][0][0][0][0][0][0]=1"}) {
    const HttpResponse response = Root().Get(std::string("users?") + query);
    EXPECT_TRUE(response.status == 200 || IsError(response, 400)) << query << response.status;
    EXPECT_TRUE(ParseJson(response.body).IsObject()) << query << response.body;
  }
}

TEST(CscartOddQueries, OfInvalidUtf8AreRefused) {
  for (const char* query : {"name=%FF", "x=%FF", "%FF=1", "name=%C0%80", "name=%ED%B0%80"}) {
    EXPECT_TRUE(IsError(Root().Get(std::string("users?") + query), 400)) << query;
    EXPECT_TRUE(IsError(Root().Get(std::string("usergroups?q=1&") + query), 400)) << query;
  }
}

TEST(CscartOddQueries, MayNameThousandsOfIds) {
  std::string query = "users?items_per_page=0&user_ids=1";
  for (int id = 1000000; id < 1001500; ++id) query += "," + std::to_string(id);

  EXPECT_EQ(ListedIds(Root().Get(query)), std::vector<std::string>{"1"});
}

TEST(CscartOddRequests, AreAnsweredInJson) {
  struct Case {
    std::string request;
    int status;
  };
  for (const Case& row : std::vector<Case>{
           {RequestLine("GET /api/users/1 HTTP/1.0"), 200},
           {RequestLine("GET http://localhost/api/users/1 HTTP/1.1"), 200},
           {RequestLine("GET /api/users/1 HTTP/1.1", "Range: bytes=0-3\r\n"), 200},
           {RequestLine("GET /api/users/1?a=1#fragment HTTP/1.1"), 200},
           {"GET /api/users/1 HTTP/1.1\r\nConnection: close\r\n\r\n", 400},
           {RequestLine("get /api/users/1 HTTP/1.1"), 400},
           {RequestLine("GET /api/users/1 HTTP/1.1", "Host: other\r\n"), 400},
           {RequestLine("POST /api/users HTTP/1.1", "Content-Length: 3\r\nContent-Length: 4\r\n",
                        "a=b"),
            400},
           {RequestLine("POST /api/users HTTP/1.1", "Content-Length: abc\r\n", "a=b"), 400},
           {RequestLine("POST /api/users HTTP/1.1",
                        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
            400},
           {RequestLine("TRACE /api/users HTTP/1.1"), 405},
           {RequestLine("GET /api/users/%00 HTTP/1.1"), 400},
           {RequestLine("GET /api/users/%zz HTTP/1.1"), 400},
           {RequestLine("GET /api/users/../users/1 HTTP/1.1"), 404},
           {RequestLine("GET /api/users/./1 HTTP/1.1"), 404},
           {RequestLine("GET /API/users/1 HTTP/1.1"), 404},
           {RequestLine("GET /x%2Fapi/users/1 HTTP/1.1"), 404},
           {"GARBAGE\r\n\r\n", 400}}) {
    const HttpResponse response = SendRaw(DefaultStack().HttpPort(), row.request);
    EXPECT_EQ(response.status, row.status) << row.request << response.body;
    EXPECT_TRUE(ParseJson(response.body).IsObject()) << row.request << response.body;
    // What is not under /api is answered by another dialect, whose type may differ.
    EXPECT_NE(response.Header("Content-Type").find("json"), std::string::npos) << row.request;
  }
}

TEST(CscartOddRequests, MayBePipelined) {
  const std::string head =
      " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic " + Base64(Root().Login()) + "\r\n";

  const RawConnection connection(DefaultStack().HttpPort());
  connection.Send("GET /api/users/1" + head + "\r\nGET /api/version" + head +
                  "Connection: close\r\n\r\n");
  const std::string answers = connection.ReadAll();

  const std::size_t second = answers.find("HTTP/1.1 200", 1);
  ASSERT_NE(second, std::string::npos) << answers;
  EXPECT_EQ(ParseJson(ParseResponse(answers.substr(0, second)).body)["user_id"].text, "1");
  EXPECT_EQ(ParseResponse(answers.substr(second)).body, R"({"Version":"2.0"})");
}

TEST(CscartOddBodies, WithABrokenMultipartAreRefused) {
  for (const auto& [type, body] : std::vector<std::pair<std::string, std::string>>{
           {"multipart/form-data", "--x\r\n"},
           {"multipart/form-data; boundary=", "--\r\n"},
           {"multipart/form-data; boundary=x", "nonsense"},
           {"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a"},
           {"multipart/form-data; boundary=x", "--y\r\n\r\n--y--\r\n"}}) {
    EXPECT_TRUE(IsError(Send(Root().Request("POST", "users", type, body)), 400)) << type << body;
  }
}

TEST(CscartOddBodies, WithManyFieldsAreAnswered) {
  std::string form = "user_type=C&company_id=1&email=" + NewEmail();
  for (int i = 0; i < 50000; ++i) form += "&f" + std::to_string(i) + "=1";

  const HttpResponse response = Root().PostForm("users", form);

  EXPECT_TRUE(response.status == 201 || IsError(response, 400)) << response.status;
}

TEST(CscartRaces, DeleteAUserOnce) {
  const std::string id = Root().AddUser("{" + Customer(NewEmail()) + "}");
  const std::vector<HttpRequest> requests(10, Root().Request("DELETE", "users/" + id));

  int deleted = 0;
  int missing = 0;
  for (const HttpResponse& response : SendAll(requests, 10)) {
    deleted += response.status == 204 ? 1 : 0;
    missing += IsError(response, 404) ? 1 : 0;
  }

  EXPECT_EQ(deleted, 1);
  EXPECT_EQ(missing, 9);
}

TEST(CscartRaces, GiveALoginToOneUser) {
  const std::string login = "race" + NewWord();
  std::vector<HttpRequest> requests;
  for (int i = 0; i < 10; ++i) {
    const std::string id = Root().AddUser("{" + Customer(NewEmail()) + "}");
    requests.push_back(Root().Request("PUT", "users/" + id, "text/plain", "user_login=" + login));
  }

  int changed = 0;
  int refused = 0;
  for (const HttpResponse& response : SendAll(requests, 10)) {
    changed += response.status == 200 ? 1 : 0;
    refused += IsError(response, 400, "errors") ? 1 : 0;
  }

  EXPECT_EQ(changed, 1);
  EXPECT_EQ(refused, 9);
  EXPECT_EQ(Root().List("user_login=" + login).size(), 1U);
}

TEST(CscartRaces, KeepEveryChangeOfAnotherField) {
  const std::string id = Root().AddUser("{" + Customer(NewEmail()) + "}");
  const std::vector<std::string> fields = {"firstname", "lastname", "company", "phone",  "url",
                                           "fax",       "b_city",   "s_city",  "b_phone"};
  std::vector<HttpRequest> requests;
  requests.reserve(fields.size());
  for (const std::string& field : fields) {
    requests.push_back(Root().Request("PUT", "users/" + id, "text/plain", field + "=of-" + field));
  }

  for (const HttpResponse& response : SendAll(requests, 9)) {
    EXPECT_EQ(response.status, 200) << response.body;
  }

  const Json user = ParseJson(Root().Get("users/" + id + "?full=Y&extended=Y").body);
  for (const std::string& field : fields) EXPECT_EQ(user[field].text, "of-" + field);
}

TEST(CscartRaces, MakeOneRootOfACompany) {
  std::vector<HttpRequest> requests;
  requests.reserve(10);
  for (int i = 0; i < 10; ++i) {
    requests.push_back(Root().Request("POST", "users", "text/plain",
                                      "user_type=V&company_id=9191&email=" + NewEmail()));
  }

  for (const HttpResponse& response : SendAll(requests, 10)) EXPECT_EQ(response.status, 201);

  EXPECT_EQ(Root().List("company_id=9191&items_per_page=0").size(), 10U);
  EXPECT_EQ(Root().List("company_id=9191&is_root=Y&items_per_page=0").size(), 1U);
}

}  // namespace
}  // namespace rosterd::testing
