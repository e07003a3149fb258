#include "tests/e2e/dialects/callers.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace rosterd::testing {
namespace {

constexpr const char* kJson = "application/json";
constexpr const char* kForm = "application/x-www-form-urlencoded";
constexpr const char* kJsonApi = "application/vnd.api+json";

/// Pairs of the directory's name and the dialect's.
using Names = std::vector<std::pair<std::string, std::string>>;

std::string ObjectOf(const Fields& fields, const Names& names, std::string extra = "") {
  for (const auto& [ours, theirs] : names) {
    const auto found = fields.find(ours);
    if (found == fields.end()) continue;
    if (!extra.empty()) extra += ',';
    extra += Quoted(theirs) + ':' + Quoted(found->second);
  }
  return '{' + extra + '}';
}

std::string FormOf(const Fields& fields, const Names& names) {
  std::string form;
  for (const auto& [ours, theirs] : names) {
    const auto found = fields.find(ours);
    if (found != fields.end()) form += '&' + theirs + '=' + UrlEncode(found->second);
  }
  return form.empty() ? form : form.substr(1);
}

Fields Taken(const Json& object, const Names& names) {
  Fields fields;
  for (const auto& [ours, theirs] : names) {
    if (!object[theirs].IsMissing()) fields[ours] = object[theirs].text;
  }
  return fields;
}

std::vector<std::string> OursOf(const Names& names, const std::vector<std::string>& without) {
  std::vector<std::string> ours;
  for (const auto& [name, theirs] : names) {
    if (std::ranges::find(without, name) == without.end()) ours.push_back(name);
  }
  return ours;
}

class CscartCaller final : public Caller {
 public:
  explicit CscartCaller(const Stack& stack) : stack_(stack) {}

  std::string Name() const override { return "cscart"; }
  HttpRequest Create(const Fields& fields) const override {
    return Ask("POST", "/api/4.0/users",
               ObjectOf(fields, kNames, R"("user_type":"C","company_id":1,"status":"A")"));
  }
  std::string IdOf(const HttpResponse& created) const override {
    return ParseJson(created.body)["user_id"].text;
  }
  Fields Show(const std::string& id) const override {
    const HttpResponse answer = Send(Ask("GET", "/api/2.0/users/" + id + "?full=Y"));
    if (answer.status != 200) return {};
    Names names = kNames;
    names.insert(names.end(), {{"id", "user_id"}, {"status", "status"}});
    return Taken(ParseJson(answer.body), names);
  }
  std::vector<std::string> Changeable() const override {
    return OursOf(kNames, {"password", "status", "username"});
  }
  HttpResponse Change(const std::string& id, const Fields& fields) const override {
    return Send(Ask("PUT", "/api/4.0/users/" + id, ObjectOf(fields, kNames)));
  }
  HttpResponse Delete(const std::string& id) const override {
    return Send(Ask("DELETE", "/api/2.0/users/" + id));
  }
  HttpResponse SignIn(const std::string& login, const std::string& password) const override {
    return Send(Ask("POST", "/api/2.0/auth_tokens",
                    ObjectOf({{"email", login}, {"password", password}}, kNames)));
  }
  bool IsIn(const HttpResponse& answer) const override { return answer.status == 201; }

 private:
  static inline const Names kNames = {{"email", "email"},          {"username", "user_login"},
                                      {"first_name", "firstname"}, {"last_name", "lastname"},
                                      {"company", "company"},      {"phone", "phone"},
                                      {"password", "password"},    {"status", "status"}};

  HttpRequest Ask(const std::string& method, const std::string& path,
                  const std::string& json = "") const {
    HttpRequest request = PlainRequest(stack_, method, path, json.empty() ? "" : kJson, json);
    request.login = stack_.AdminEmail() + ":" + stack_.AdminKey();
    return request;
  }

  const Stack& stack_;
};

class BeditaCaller final : public Caller {
 public:
  explicit BeditaCaller(const Stack& stack) : stack_(stack) {}

  std::string Name() const override { return "bedita"; }
  HttpRequest Create(const Fields& fields) const override {
    Fields all = fields;
    if (!all.contains("username")) all["username"] = all["email"];
    all.try_emplace("status", "on");
    return BeditaRequest(stack_, "POST", "/users",
                         R"({"data":{"type":"users","attributes":)" + ObjectOf(all, kNames) + "}}");
  }
  std::string IdOf(const HttpResponse& created) const override {
    return ParseJson(created.body)["data"]["id"].text;
  }
  Fields Show(const std::string& id) const override {
    const HttpResponse answer = Send(BeditaRequest(stack_, "GET", "/users/" + id));
    if (answer.status != 200) return {};
    const Json data = ParseJson(answer.body)["data"];
    Fields fields = Taken(data["attributes"], kNames);
    fields["id"] = data["id"].text;
    return fields;
  }
  std::vector<std::string> Changeable() const override {
    return OursOf(kNames, {"password", "status", "username"});
  }
  HttpResponse Change(const std::string& id, const Fields& fields) const override {
    return Send(BeditaRequest(stack_, "PATCH", "/users/" + id,
                              R"({"data":{"type":"users","id":)" + Quoted(id) +
                                  R"(,"attributes":)" + ObjectOf(fields, kNames) + "}}"));
  }
  HttpResponse Delete(const std::string& id) const override {
    return Send(BeditaRequest(stack_, "DELETE", "/users/" + id));
  }
  HttpResponse SignIn(const std::string& login, const std::string& password) const override {
    HttpRequest request =
        PlainRequest(stack_, "POST", "/auth", kJson,
                     ObjectOf({{"username", login}, {"password", password}}, kNames));
    request.headers.push_back("X-Api-Key: " + stack_.Credential("bedita", "api_key"));
    return Send(request);
  }
  bool IsIn(const HttpResponse& answer) const override { return answer.status == 200; }

 private:
  static inline const Names kNames = {{"email", "email"},          {"username", "username"},
                                      {"first_name", "name"},      {"last_name", "surname"},
                                      {"company", "company_name"}, {"phone", "phone"},
                                      {"password", "password"},    {"status", "status"}};

  const Stack& stack_;
};

class BrightactCaller final : public Caller {
 public:
  explicit BrightactCaller(const Stack& stack) : stack_(stack) {}

  std::string Name() const override { return "brightact"; }
  HttpRequest Create(const Fields& fields) const override {
    Fields all = fields;
    if (!all.contains("username")) all["username"] = all["email"];
    all.try_emplace("first_name", "First");
    all.try_emplace("last_name", "Last");
    all.try_emplace("password", "brightact pass");
    return Ask("POST", "/api/v1/user.json", FormOf(all, kNames));
  }
  std::string IdOf(const HttpResponse& created) const override {
    return ParseJson(created.body)["id"].text;
  }
  Fields Show(const std::string& id) const override {
    const HttpResponse answer = Send(Ask("GET", "/api/v1/user/" + id + ".json"));
    const Json user = ParseJson(answer.body);
    if (answer.status != 200 || user["is_deleted"].text == "1") return {};
    Names names = kNames;
    names.emplace_back("id", "id");
    return Taken(user, names);
  }
  std::vector<std::string> Changeable() const override {
    return OursOf(kNames, {"password", "status", "username"});
  }
  HttpResponse Change(const std::string& id, const Fields& fields) const override {
    return Send(Ask("PUT", "/api/v1/user/" + id + ".json", FormOf(fields, kNames)));
  }
  HttpResponse Delete(const std::string& id) const override {
    return Send(Ask("DELETE", "/api/v1/user/" + id + ".json"));
  }
  bool HasSignIn() const override { return false; }
  HttpResponse SignIn(const std::string& /*login*/,
                      const std::string& /*password*/) const override {
    return {};
  }
  bool IsIn(const HttpResponse& /*answer*/) const override { return false; }

 private:
  static inline const Names kNames = {{"username", "username"},   {"first_name", "first_name"},
                                      {"last_name", "last_name"}, {"company", "company"},
                                      {"phone", "mobile"},        {"password", "password"},
                                      {"status", "status"}};

  HttpRequest Ask(const std::string& method, const std::string& path,
                  const std::string& form = "") const {
    return PlainRequest(stack_, method,
                        path + "?key=" + stack_.Credential("brightact", "admin_key"),
                        form.empty() ? "" : kForm, form);
  }

  const Stack& stack_;
};

class CocoaheadsCaller final : public Caller {
 public:
  explicit CocoaheadsCaller(const Stack& stack) : stack_(stack) {}

  std::string Name() const override { return "cocoaheads"; }
  HttpRequest Create(const Fields& fields) const override {
    Fields all = fields;
    all.try_emplace("first_name", "First");
    all.try_emplace("last_name", "Last");
    return PlainRequest(stack_, "POST", "/users", kJson, ObjectOf(all, kNames));
  }
  std::string IdOf(const HttpResponse& created) const override {
    return ParseJson(created.body)["id"].text;
  }
  Fields Show(const std::string& id) const override {
    const HttpResponse answer = Send(Ask("GET", id));
    if (answer.status != 200) return {};
    Names names = kNames;
    names.emplace_back("id", "id");
    return Taken(ParseJson(answer.body), names);
  }
  std::vector<std::string> Changeable() const override { return OursOf(kNames, {}); }
  HttpResponse Change(const std::string& id, const Fields& fields) const override {
    HttpRequest request = Ask("PATCH", id);
    request.headers.push_back(std::string("Content-Type: ") + kJson);
    request.body = ObjectOf(fields, kNames);
    return Send(request);
  }
  bool CanDelete() const override { return false; }
  HttpResponse Delete(const std::string& /*id*/) const override { return {}; }
  HttpResponse SignIn(const std::string& login, const std::string& password) const override {
    return Send(
        PlainRequest(stack_, "POST", "/users/auth", kJson,
                     "{\"email\":" + Quoted(login) + ",\"password\":" + Quoted(password) + "}"));
  }
  bool IsIn(const HttpResponse& answer) const override { return answer.status == 200; }

 private:
  static inline const Names kNames = {{"email", "email"},        {"first_name", "name"},
                                      {"last_name", "lastname"}, {"company", "company"},
                                      {"position", "position"},  {"phone", "phone"}};

  HttpRequest Ask(const std::string& method, const std::string& id) const {
    HttpRequest request = PlainRequest(stack_, method, "/user/" + id);
    request.headers.push_back("user-token: " + TokenOf(stack_, "cocoaheads", id));
    return request;
  }

  const Stack& stack_;
};

class TimeslotCaller final : public Caller {
 public:
  explicit TimeslotCaller(const Stack& stack) : stack_(stack) {}

  std::string Name() const override { return "timeslot"; }
  HttpRequest Create(const Fields& fields) const override {
    Fields all = fields;
    all.try_emplace("password", "timeslot pass");
    return PlainRequest(stack_, "POST", "/v1/users", kJson,
                        ObjectOf(all, kNames, R"("username":"Shown Name")"));
  }
  std::string IdOf(const HttpResponse& created) const override {
    return ParseJson(created.body)["id"].text;
  }
  Fields Show(const std::string& id) const override {
    const HttpResponse answer = Send(Ask("GET", id, "/v1/users/" + id));
    if (answer.status != 200) return {};
    Names names = kNames;
    names.emplace_back("id", "id");
    return Taken(ParseJson(answer.body), names);
  }
  std::vector<std::string> Changeable() const override { return {"email", "phone"}; }
  HttpResponse Change(const std::string& id, const Fields& fields) const override {
    HttpRequest request = Ask("PATCH", id, "/v1/users");
    request.headers.push_back(std::string("Content-Type: ") + kJson);
    request.body = ObjectOf(fields, kNames);
    return Send(request);
  }
  HttpResponse Delete(const std::string& id) const override {
    return Send(Ask("DELETE", id, "/v1/users"));
  }
  HttpResponse SignIn(const std::string& login, const std::string& password) const override {
    return Send(PlainRequest(stack_, "POST", "/v1/users/signin", kJson,
                             ObjectOf({{"email", login}, {"password", password}}, kNames)));
  }
  bool IsIn(const HttpResponse& answer) const override { return answer.status == 200; }

 private:
  static inline const Names kNames = {
      {"email", "email"}, {"phone", "phone"}, {"password", "password"}};

  HttpRequest Ask(const std::string& method, const std::string& id, const std::string& path) const {
    HttpRequest request = PlainRequest(stack_, method, path);
    request.headers.push_back("Authorization: Token token=" + TokenOf(stack_, "timeslot", id));
    return request;
  }

  const Stack& stack_;
};

/// The access token of the CMS's administrator, which lives longer than the tests of a stack.
const std::string& BeditaToken(const Stack& stack) {
  static std::map<int, std::string> tokens;
  std::string& token = tokens[stack.HttpPort()];
  if (!token.empty()) return token;
  HttpRequest request =
      PlainRequest(stack, "POST", "/auth", kJson,
                   "{\"grant_type\":\"password\",\"username\":" +
                       Quoted(stack.Credential("bedita", "username")) +
                       ",\"password\":" + Quoted(stack.Credential("bedita", "password")) + "}");
  request.headers.push_back("X-Api-Key: " + stack.Credential("bedita", "api_key"));
  const HttpResponse answer = Send(request);
  token = ParseJson(answer.body)["meta"]["jwt"].text;
  if (token.empty()) throw std::runtime_error("bedita does not let its user in: " + answer.body);
  return token;
}

}  // namespace

HttpRequest PlainRequest(const Stack& stack, const std::string& method, const std::string& path,
                         const std::string& type, const std::string& body) {
  HttpRequest request;
  request.method = method;
  request.url = stack.Http() + path;
  if (!type.empty()) {
    request.headers.push_back("Content-Type: " + type);
    request.body = body;
  }
  return request;
}

HttpRequest BeditaRequest(const Stack& stack, const std::string& method, const std::string& path,
                          const std::string& json) {
  HttpRequest request = PlainRequest(stack, method, path, json.empty() ? "" : kJsonApi, json);
  request.headers.push_back(std::string("Accept: ") + kJsonApi);
  request.headers.push_back("X-Api-Key: " + stack.Credential("bedita", "api_key"));
  request.headers.push_back("Authorization: Bearer " + BeditaToken(stack));
  return request;
}

std::string TokenOf(const Stack& stack, const std::string& dialect, const std::string& id) {
  const CommandResult added = stack.Rosterctl({"token", "add", "--dialect", dialect, "--user", id});
  return added.status == 0 ? ParseJson(added.out)["token"].text : "none";
}

std::vector<std::unique_ptr<Caller>> MakeCallers(const Stack& stack) {
  std::vector<std::unique_ptr<Caller>> callers;
  callers.push_back(std::make_unique<CscartCaller>(stack));
  callers.push_back(std::make_unique<BeditaCaller>(stack));
  callers.push_back(std::make_unique<BrightactCaller>(stack));
  callers.push_back(std::make_unique<CocoaheadsCaller>(stack));
  callers.push_back(std::make_unique<TimeslotCaller>(stack));
  return callers;
}

}  // namespace rosterd::testing
