#include "tests/e2e/bedita/api.h"

#include <stdexcept>

namespace rosterd::testing {

const Stack& BeditaStack() {
  static const Stack stack({.settings = {"throttle.enabled=off"}});
  return stack;
}

HttpResponse SendBedita(const BeditaRequest& request, const Stack& stack) {
  HttpRequest sent;
  sent.method = request.method;
  sent.url = stack.Http() + request.path;
  sent.headers = request.headers;
  sent.headers.push_back(stack.HostHeader("bedita"));
  sent.headers.push_back("Accept: " + request.accept);
  if (request.with_key) {
    sent.headers.push_back("X-Api-Key: " + stack.Credential("bedita", "api_key"));
  }
  if (!request.bearer.empty()) sent.headers.push_back("Authorization: Bearer " + request.bearer);
  if (!request.body.empty()) {
    sent.headers.emplace_back("Content-Type: application/json");
    sent.body = request.body;
  }
  return Send(sent);
}

BeditaTokens BeditaLogin(const std::string& username, const std::string& password,
                         const Stack& stack) {
  const HttpResponse response =
      SendBedita({.path = "/auth",
                  .method = "POST",
                  .body = R"({"grant_type":"password","username":)" + Quoted(username) +
                          R"(,"password":)" + Quoted(password) + "}"},
                 stack);
  const Json meta = ParseJson(response.body)["meta"];
  if (response.status != 200) throw std::runtime_error("POST /auth: " + response.body);
  return {meta["jwt"].text, meta["renew"].text};
}

BeditaTokens BeditaAdmin(const Stack& stack) {
  return BeditaLogin(stack.Credential("bedita", "username"), stack.Credential("bedita", "password"),
                     stack);
}

std::string AddBeditaUser(const std::string& username, const std::string& password) {
  const HttpResponse response =
      SendBedita({.path = "/users",
                  .method = "POST",
                  .body = R"({"data":{"type":"users","attributes":{"status":"on","username":)" +
                          Quoted(username) + R"(,"password":)" + Quoted(password) + "}}}",
                  .bearer = BeditaAdmin().jwt});
  if (response.status != 201) throw std::runtime_error("POST /users: " + response.body);
  return ParseJson(response.body)["data"]["id"].text;
}

std::string TitleOf(const HttpResponse& response) {
  return ParseJson(response.body)["error"]["title"].text;
}

}  // namespace rosterd::testing
