#include "tests/unit/handlers/cscart_write/api.h"

#include <gtest/gtest.h>

#include <utility>

#include "directory/secrets.h"
#include "fcgi/json.h"
#include "handlers/cscart/routes.h"

namespace rosterd::testing {
namespace {

std::string Base64(std::string text) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const size_t missing = (3 - text.size() % 3) % 3;
  text.append(missing, '\0');
  std::string encoded;
  for (size_t i = 0; i < text.size(); i += 3) {
    const auto byte = [&](size_t k) {
      return static_cast<uint32_t>(static_cast<unsigned char>(text[i + k]));
    };
    const uint32_t word = (byte(0) << 16U) | (byte(1) << 8U) | byte(2);
    for (const unsigned shift : {18U, 12U, 6U, 0U}) encoded += kAlphabet[(word >> shift) & 0x3FU];
  }
  encoded.replace(encoded.size() - missing, missing, missing, '=');
  return encoded;
}

std::string HeaderOf(const fcgi::Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

config::Settings SettingsFor(const Api::Change& change, const config::Database& database) {
  config::Settings settings;
  if (change) change(settings.cscart);
  settings.database = database;
  settings.password.memory = 8192;
  settings.password.iterations = 1;
  settings.mail.templates = ROSTERD_SOURCE_DIR "/config/mail";
  return settings;
}

}  // namespace

std::string Reply::Text(std::string_view name) const {
  const fcgi::Value* value = json.Find(name);
  const std::string* text = value == nullptr ? nullptr : value->AsText();
  return text == nullptr ? "" : *text;
}

std::string Reply::Number(std::string_view name) const {
  const fcgi::Value* value = json.Find(name);
  const auto* number = value == nullptr ? nullptr : value->AsNumber();
  return number == nullptr ? "" : number->text;
}

TestDatabase& Api::Database() {
  directory::InitialiseSecrets();
  static TestDatabase database;
  return database;
}

Worker::Worker(const config::Settings& settings)
    : settings_(settings),
      connection_(settings_.database),
      persons_(connection_, settings_.directory, epoch_),
      credentials_(connection_, epoch_),
      passwords_(settings_.password, slots_),
      sign_in_(connection_, passwords_, throttle_) {
  slots_.SetLimit(4);
  dialect_ = cscart::MakeCscart({.settings = settings_,
                                 .connection = connection_,
                                 .persons = persons_,
                                 .credentials = credentials_,
                                 .epoch = epoch_,
                                 .passwords = passwords_,
                                 .throttle = throttle_,
                                 .sign_in = sign_in_,
                                 .server_key = server_key_,
                                 .count_event = [](std::string_view) {}});
}

Api::Api(const Change& change)
    : settings_(SettingsFor(change, Database().Settings())), worker_(settings_) {
  Empty();
  Seed();
}

std::string Api::IdOf(const std::string& email) {
  return Ask("SELECT id FROM users WHERE email = '" + email + "'");
}

void Api::Empty() {
  for (const char* table :
       {"throttle", "audit", "mail_outbox", "credentials", "cscart_usergroup_links",
        "cscart_usergroups", "cscart_profiles", "cscart_companies", "users"}) {
    Execute(std::string("DELETE FROM ") + table);
  }
}

void Api::Seed() {
  Execute(
      "INSERT INTO cscart_companies (id, name, created_at) VALUES (1, 'Main store', NOW()), (2, "
      "'Other', NOW())");
  directory::NewPerson person;
  person.person.email = root_.email;
  person.values.emplace_back(db::DialectColumn("cscart_user_type"), db::Parameter("A"));
  person.values.emplace_back(db::DialectColumn("cscart_is_root"), db::Parameter(1));
  const directory::Actor actor{
      .dialect = "test", .user = {}, .credential = "", .address = "", .request_id = ""};
  const auto id = worker_.Persons().Create(actor, person);
  ASSERT_TRUE(id);
  root_id_ = std::to_string(id->value);
  const auto issued = worker_.Credentials().Issue(
      actor,
      {.dialect = "cscart", .kind = "key", .user = *id, .role = "", .label = "", .lifetime = {}},
      root_.key);
  ASSERT_TRUE(issued);
}

Reply Worker::Send(const Login& login, std::string method, std::string path, std::string body,
                   std::string content_type) {
  fcgi::Request request;
  request.method = std::move(method);
  const size_t question = path.find('?');
  request.raw_path = path.substr(0, question);
  if (question != std::string::npos) request.query = path.substr(question + 1);
  request.body = std::move(body);
  request.content_type = std::move(content_type);
  request.remote_address = "192.0.2.1";
  request.dialect = "cscart";
  request.request_id = "test";
  if (!login.email.empty()) {
    request.AddParam("HTTP_AUTHORIZATION", "Basic " + Base64(login.email + ':' + login.key));
  }
  const fcgi::Response response = dialect_->Handle(request);

  Reply reply{.status = response.status,
              .body = response.body,
              .content_type = HeaderOf(response, "Content-Type"),
              .retry_after = HeaderOf(response, "Retry-After"),
              .json = {}};
  fcgi::JsonError error;
  if (auto json = fcgi::ParseJson(reply.body, error)) reply.json = std::move(*json);
  return reply;
}

std::string Api::Add(const std::string& body) {
  const Reply reply = Post("/api/2.0/users", body);
  EXPECT_EQ(reply.status, 201) << reply.body;
  return reply.Number("user_id");
}

Login Api::AddCaller(const std::string& email, const std::string& type,
                     const std::string& company) {
  Login login{email, "Key0" + std::string(28, 'x')};
  Add(R"({"email":")" + email + R"(","user_type":")" + type + R"(","company_id":")" + company +
      R"(","raw_api_key":")" + login.key + "\"}");
  return login;
}

std::string Api::Restrict(const std::string& user_id, const std::string& privileges) {
  const Reply group =
      Post("/api/2.0/usergroups", R"({"type":"A","status":"A","privileges":[)" + privileges + "]}");
  EXPECT_EQ(group.status, 201) << group.body;
  const Reply link =
      Put(User(user_id) + "/usergroups/" + group.Number("usergroup_id"), R"({"status":"A"})");
  EXPECT_EQ(link.status, 200) << link.body;
  return group.Number("usergroup_id");
}

}  // namespace rosterd::testing
