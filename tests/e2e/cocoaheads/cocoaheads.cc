#include "tests/e2e/cocoaheads/cocoaheads.h"

#include <atomic>
#include <stdexcept>

#include "tests/e2e/shared_stack.h"

namespace rosterd::testing {

const Stack& CocoaStack() {
  return StackOfProgram({.settings = {"throttle.enabled=off", "cocoaheads.app_facade=on"}});
}

HttpRequest CocoaRequest(const std::string& method, const std::string& path,
                         const std::string& body, const std::string& token) {
  HttpRequest request;
  request.method = method;
  request.url = CocoaStack().Http() + path;
  request.headers = {CocoaStack().HostHeader("cocoaheads")};
  if (!token.empty()) request.headers.push_back("user-token: " + token);
  if (!body.empty()) {
    request.headers.emplace_back("Content-Type: application/json");
    request.body = body;
  }
  return request;
}

HttpResponse Cocoa(const std::string& method, const std::string& path, const std::string& body,
                   const std::string& token) {
  return Send(CocoaRequest(method, path, body, token));
}

AppUser Join() {
  static std::atomic<int> last{0};
  AppUser user;
  user.email = "vera" + std::to_string(++last) + "@example.org";
  const HttpResponse response = Cocoa(
      "POST", "/users", R"({"name":"Vera","lastname":"Orlova","email":")" + user.email + "\"}");
  if (response.status != 200) throw std::runtime_error("POST /users: " + response.body);
  user.id = ParseJson(response.body)["id"].text;
  user.token = response.Header("user-token");
  return user;
}

::testing::AssertionResult IsRefusal(const HttpResponse& response, int status) {
  const Json body = ParseJson(response.body);
  const bool shaped = body.Names() == std::vector<std::string>{"error", "reason"} &&
                      body["error"].text == "true" && body["reason"].IsString();
  const bool typed = response.Header("Content-Type") == "application/json; charset=utf-8";
  const bool stays = response.Count("Location") == 0 && response.Count("WWW-Authenticate") == 0;
  if (response.status == status && shaped && typed && stays) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure()
         << response.status << " " << response.Header("Content-Type") << ": " << response.body;
}

std::string Png() {
  using std::string_literals::operator""s;
  return "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"s
         "\0\0\0\rIDATx\xda"s
         "c\xfc\xcf\xc0P\x0f\0\x04\x85\x01\x80\x84\xa9\x8c!\0\0\0\0IEND\xae"
         "B`\x82"s;
}

}  // namespace rosterd::testing
