#include "tests/e2e/cscart/api.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <stdexcept>
#include <utility>

namespace rosterd::testing {
namespace {

std::unique_ptr<Stack>& SharedStack() {
  static std::unique_ptr<Stack> stack;
  return stack;
}

std::string ReasonOf(int status) {
  static const std::map<int, std::string> reasons = {{400, "Bad Request"},
                                                     {401, "Unauthorized"},
                                                     {403, "Forbidden"},
                                                     {404, "Not Found"},
                                                     {405, "Method Not Allowed"},
                                                     {406, "Not Acceptable"},
                                                     {409, "Conflict"},
                                                     {413, "Request Entity Too Large"},
                                                     {415, "Unsupported Media Type"},
                                                     {429, "Too Many Requests"},
                                                     {500, "Internal Server Error"},
                                                     {503, "Service Unavailable"}};
  const auto found = reasons.find(status);
  return found == reasons.end() ? "?" : found->second;
}

// "REASON: detail. detail" of a body, errors first.
std::string MessageWith(const std::string& reason, const Json& body) {
  std::string message = reason;
  std::string between = ": ";
  for (const char* list : {"errors", "messages"}) {
    for (const Json& detail : body[list].items) {
      message += between + detail.text;
      between = ". ";
    }
  }
  return message;
}

// An array of texts with something in it.
bool IsDetails(const Json& list) {
  return list.IsArray() && !list.items.empty() &&
         std::all_of(list.items.begin(), list.items.end(),
                     [](const Json& detail) { return detail.IsString() && !detail.text.empty(); });
}

bool HasMembers(const Json& body, const std::string& list) {
  std::vector<std::string> names = body.Names();
  if (names.size() < 2 || names.front() != "message" || names.back() != "status") return false;
  names.erase(names.begin());
  names.pop_back();
  for (const std::string& name : names) {
    if ((name != "errors" && name != "messages") || !IsDetails(body[name])) return false;
  }
  if (list == "any") return true;
  return list.empty() ? names.empty() : names == std::vector<std::string>{list};
}

}  // namespace

Api::Api(const Stack& stack) : Api(stack, stack.AdminEmail() + ":" + stack.AdminKey()) {}

Api::Api(const Stack& stack, std::string login) : stack_(stack), login_(std::move(login)) {}

HttpRequest Api::Request(const std::string& method, const std::string& path) const {
  HttpRequest request;
  request.method = method;
  request.url = stack_.Http() + (path.starts_with("/") ? "" : "/api/2.0/") + path;
  request.login = login_;
  return request;
}

HttpRequest Api::Request(const std::string& method, const std::string& path,
                         const std::string& type, const std::string& body) const {
  HttpRequest request = Request(method, path);
  if (!type.empty()) request.headers.push_back("Content-Type: " + type);
  request.body = body;
  return request;
}

HttpResponse Api::Get(const std::string& path, std::vector<std::string> headers) const {
  HttpRequest request = Request("GET", path);
  request.headers = std::move(headers);
  return Send(request);
}

HttpResponse Api::Post(const std::string& path, const std::string& json) const {
  return Send(Request("POST", path, "application/json", json));
}

HttpResponse Api::Put(const std::string& path, const std::string& json) const {
  return Send(Request("PUT", path, "application/json", json));
}

HttpResponse Api::PostForm(const std::string& path, const std::string& form) const {
  return Send(Request("POST", path, "text/plain", form));
}

HttpResponse Api::PutForm(const std::string& path, const std::string& form) const {
  return Send(Request("PUT", path, "text/plain", form));
}

HttpResponse Api::Delete(const std::string& path) const { return Send(Request("DELETE", path)); }

std::string Api::AddUser(const std::string& json) const {
  const HttpResponse response = Post("users", json);
  if (response.status != 201) throw std::runtime_error("POST /users: " + response.body);
  return ParseJson(response.body)["user_id"].text;
}

std::string Api::AddGroup(const std::string& json) const {
  const HttpResponse response = Post("usergroups", json);
  if (response.status != 201) throw std::runtime_error("POST /usergroups: " + response.body);
  return ParseJson(response.body)["usergroup_id"].text;
}

Json Api::User(const std::string& id) const { return ParseJson(Get("users/" + id).body); }

std::string Api::Full(const std::string& id) const {
  return ParseJson(Get("users/" + id + "?full=Y").body).Canonical();
}

std::vector<std::string> Api::List(const std::string& query) const {
  const HttpResponse response = Get("users?" + query);
  if (response.status != 200) return {"error " + std::to_string(response.status)};
  return ListedIds(response);
}

const Stack& DefaultStack() {
  if (!SharedStack()) {
    SharedStack() = std::make_unique<Stack>(StackOptions{.settings = {"throttle.enabled=off"}});
  }
  return *SharedStack();
}

void EndDefaultStack() { SharedStack().reset(); }

const Api& Root() {
  static const Api root(DefaultStack());
  return root;
}

// The letters between the first and the last one leave these two out: no word is part of another.
std::string NewWord() {
  static std::atomic<int> last{0};
  std::string word = "q";
  for (int number = ++last; number > 0; number /= 16) {
    word += static_cast<char>('a' + number % 16);
  }
  return word + "z";
}

std::string NewEmail(std::string_view prefix) {
  return std::string(prefix) + "." + NewWord() + "@shop.example";
}

std::string Customer(const std::string& email) {
  return R"("email":)" + Quoted(email) + R"(,"user_type":"C","company_id":1)";
}

Account AddAccount(const Stack& stack, const std::string& type, const std::string& is_root,
                   const std::string& company) {
  Account account;
  account.email = NewEmail("account");
  account.id = stack.RosterctlMember({"user", "add", "--email", account.email, "--cscart-type",
                                      type, "--cscart-root", is_root, "--cscart-company", company},
                                     "id");
  account.key =
      stack.RosterctlMember({"key", "add", "--dialect", "cscart", "--user", account.id}, "key");
  return account;
}

Account AddRestrictedAdmin(const Stack& stack, const std::vector<std::string>& privileges) {
  Account account = AddAccount(stack, "A", "N", "0");
  std::vector<std::string> words = {"group", "add", "--name", "group " + NewWord(), "--type", "A"};
  for (const std::string& privilege : privileges) {
    words.insert(words.end(), {"--privilege", privilege});
  }
  const std::string group = stack.RosterctlMember(words, "id");
  stack.Rosterctl({"group", "grant", "--user", account.id, "--id", group});
  return account;
}

Api As(const Stack& stack, const Account& account) {
  return {stack, account.email + ":" + account.key};
}

std::vector<std::string> ListedIds(const HttpResponse& response) {
  const Json body = ParseJson(response.body);
  std::vector<std::string> ids;
  for (const Json& user : (body.IsArray() ? body : body["users"]).items) {
    ids.push_back(user["user_id"].text);
  }
  return ids;
}

::testing::AssertionResult IsError(const HttpResponse& response, int status,
                                   const std::string& list) {
  const Json body = ParseJson(response.body);
  const bool right = response.status == status &&
                     response.Header("Content-Type") == "application/json" &&
                     HasMembers(body, list) && body["status"].IsNumber() &&
                     body["status"].text == std::to_string(status) &&
                     body["message"].text == MessageWith(ReasonOf(status), body);
  if (right) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure()
         << "wanted " << status << (list.empty() ? "" : " with " + list) << ", got "
         << response.status << " " << response.Header("Content-Type") << " " << response.body
         << response.error;
}

}  // namespace rosterd::testing
