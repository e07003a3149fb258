#include "tests/fault/calls.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "tests/e2e/json.h"

namespace rosterd::testing {
namespace {

HttpRequest Call(const Stack& stack, const std::string& method, const std::string& path) {
  HttpRequest request;
  request.method = method;
  request.url = stack.Http() + "/api/2.0" + path;
  request.login = stack.AdminEmail() + ":" + stack.AdminKey();
  return request;
}

HttpRequest Form(HttpRequest request, const std::string& form) {
  request.headers = {"Content-Type: application/x-www-form-urlencoded"};
  request.body = form;
  return request;
}

}  // namespace

Stack& SharedStack() {
  static Stack stack([] {
    StackOptions options;
    options.demo = 20000;
    return options;
  }());
  return stack;
}

HttpRequest Get(const Stack& stack, const std::string& path) { return Call(stack, "GET", path); }

HttpRequest Post(const Stack& stack, const std::string& path, const std::string& form) {
  return Form(Call(stack, "POST", path), form);
}

HttpRequest Put(const Stack& stack, const std::string& path, const std::string& form) {
  return Form(Call(stack, "PUT", path), form);
}

HttpRequest NewCustomer(const Stack& stack, const std::string& email) {
  return Post(stack, "/users",
              "email=" + UrlEncode(email) + "&user_type=C&company_id=" + stack.CompanyId());
}

std::string AddCustomer(const Stack& stack, const std::string& email) {
  const HttpResponse response = Send(NewCustomer(stack, email));
  if (response.status != 201) throw std::runtime_error("no customer: " + response.body);
  return ParseJson(response.body)["user_id"].text;
}

HttpResponse Probe(const Stack& stack, const std::string& path) {
  HttpRequest request;
  request.url = stack.Ops() + path;
  return Send(request);
}

std::future<HttpResponse> InBackground(HttpRequest request) {
  return std::async(std::launch::async,
                    [request = std::move(request)] { return SendAll({request}, 1).front(); });
}

::testing::AssertionResult IsProblem(const HttpResponse& response, int status) {
  const auto failure = ::testing::AssertionFailure()
                       << "status " << response.status << " " << response.error
                       << ", Content-Type \"" << response.Header("Content-Type")
                       << "\", Retry-After \"" << response.Header("Retry-After")
                       << "\", body: " << response.body;
  const Json body = ParseJson(response.body);
  if (response.status != status || response.Header("Content-Type") != "application/json" ||
      !body["message"].IsString() || body["status"].text != std::to_string(status)) {
    return failure;
  }
  const bool wants_later = status == 429 || status == 503;
  if (wants_later && std::strtol(response.Header("Retry-After").c_str(), nullptr, 10) < 1)
    return failure;
  return ::testing::AssertionSuccess();
}

int CountOf(const Stack& stack, const std::string& email) {
  return std::stoi(stack.Sql("SELECT COUNT(*) FROM users WHERE email = '" + email + "'"));
}

bool LogHas(const Stack& stack, const std::string& text) {
  std::ifstream file(stack.State() / "log/rosterd.log");
  const std::string log{std::istreambuf_iterator<char>(file), {}};
  return log.find(text) != std::string::npos;
}

}  // namespace rosterd::testing
