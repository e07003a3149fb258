#include "tests/unit/handlers/bedita/world.h"

#include <cctype>
#include <cstdlib>
#include <stdexcept>

#include "directory/secrets.h"
#include "fcgi/json.h"
#include "handlers/bedita/jwt.h"
#include "handlers/bedita/routes.h"
#include "tests/unit/handlers/bedita/document_schema.h"

namespace rosterd::bedita {
namespace {

constexpr const char* kStatements[] = {
    "INSERT INTO bedita_roles (id, name, description, priority, created_at, updated_at) VALUES"
    " (2, 'manager', NULL, 50, '2026-01-05 10:00:00', '2026-01-05 10:00:00'),"
    " (3, 'editor', 'may edit', 100, '2026-01-06 10:00:00', '2026-01-06 10:00:00')",
    "UPDATE bedita_roles SET created_at = '2026-01-05 10:00:00', updated_at = created_at"
    " WHERE id = 1",
    "INSERT INTO users (id, username, bedita_uname, email, status, created_at, updated_at) VALUES"
    " (1, 'bedita', 'bedita', NULL, 'active', '2026-01-05 10:00:00', '2026-01-05 10:00:00'),"
    " (2, 'mara', 'user-mara', 'mara@example.org', 'active', '2026-01-06', '2026-01-06'),"
    " (3, 'edith', 'user-edith', 'Edith@Example.org', 'active', '2026-01-07', '2026-01-07'),"
    " (4, 'paul', 'paul', NULL, 'active', '2026-01-08', '2026-01-08'),"
    " (5, 'dora', 'dora', NULL, 'pending', '2026-01-09', '2026-01-09'),"
    " (6, 'otto', 'otto', NULL, 'disabled', '2026-01-10', '2026-01-10'),"
    " (7, 'bert', 'bert', NULL, 'active', '2026-01-11', '2026-01-11'),"
    " (8, 'gone', 'gone', 'gone@example.org', 'active', '2026-01-12', '2026-01-12'),"
    " (9, 'ann@example.org', NULL, 'ann@example.org', 'active', '2026-01-13', '2026-01-13'),"
    " (10, 'lock', 'lock', NULL, 'active', '2026-01-14', '2026-01-14'),"
    " (11, 'buried', 'buried', NULL, 'active', '2026-01-15', '2026-01-15')",
    "UPDATE users SET username_key = LOWER(username), email_key = LOWER(email)",
    "UPDATE users SET deleted_at = '2026-02-01', username_key = NULL, email_key = NULL"
    " WHERE id IN (8, 11)",
    "UPDATE users SET bedita_locked = 1 WHERE id IN (1, 10, 11)",
    "UPDATE users SET blocked = 1 WHERE id = 7",
    "UPDATE users SET first_name = 'Edith', last_name = 'Writer', display_name = 'Edith Writer'"
    " WHERE id = 3",
    "INSERT INTO bedita_user_roles (user_id, role_id) VALUES (1, 1), (2, 2), (3, 3), (8, 3)",
    "INSERT INTO bedita_applications (id, name, key_digest, secret_digest, enabled, created_at,"
    " updated_at) VALUES"
    " (1, 'manager', UNHEX(SHA2('manager-key', 256)), NULL, 1, '2026-01-05', '2026-01-05'),"
    " (2, 'site', UNHEX(SHA2('site-key', 256)), UNHEX(SHA2('site-secret', 256)), 1, '2026-01-05',"
    "  '2026-01-05'),"
    " (3, 'closed', UNHEX(SHA2('closed-key', 256)), NULL, 0, '2026-01-05', '2026-01-05')",
};

// What nginx would have in HTTP_…: "X-Api-Key" as HTTP_X_API_KEY.
std::string ParamName(std::string_view header) {
  std::string name = "HTTP_";
  for (const char byte : header) {
    name += byte == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(byte)));
  }
  return name;
}

const fcgi::Value* Step(const fcgi::Value* value, const std::string& name) {
  if (value == nullptr) return nullptr;
  const auto* list = value->AsList();
  if (list == nullptr) return value->Find(name);
  const size_t place = std::strtoul(name.c_str(), nullptr, 10);
  return place < list->size() ? &(*list)[place] : nullptr;
}

// Everything but the bare schemas of the Manager is a document of the dialect.
void CheckShape(const Reply& reply) {
  if (reply.body.empty() || reply.Header("Content-Type") == "application/schema+json") return;
  const std::string broken = BreaksDocumentSchema(reply.body);
  if (!broken.empty()) throw std::runtime_error(broken + " in " + reply.body);
}

}  // namespace

std::string Reply::Header(std::string_view name) const {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

fcgi::Value Reply::Json() const {
  fcgi::JsonError error;
  auto value = fcgi::ParseJson(body, error);
  if (!value) throw std::runtime_error("no JSON: " + body);
  return *value;
}

std::string Reply::Title() const { return At("error/title"); }
std::string Reply::Detail() const { return At("error/detail"); }

std::string Reply::At(std::string_view path) const {
  const fcgi::Value json = Json();
  const fcgi::Value* value = &json;
  while (!path.empty()) {
    const std::string_view name = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(path.size(), name.size() + 1));
    value = Step(value, std::string(name));
  }
  if (value == nullptr) return "";
  if (const std::string* text = value->AsText()) return *text;
  if (const auto* number = value->AsNumber()) return number->text;
  if (const bool* flag = value->AsBoolean()) return *flag ? "true" : "false";
  return value->IsNull() ? "null" : "";
}

config::Settings World::Defaults() {
  config::Settings settings;
  settings.password.memory = 1U << 20U;
  settings.password.iterations = 1;
  settings.bedita.jwt_secret = std::string(kSecret);
  return settings;
}

World::World(const config::Settings& settings)
    : settings_(settings),
      connection_(database_.Settings()),
      persons_(connection_, settings_.directory, epoch_),
      credentials_(connection_, epoch_),
      passwords_(settings_.password, slots_),
      throttle_(settings_.throttle.enabled),
      sign_in_(connection_, passwords_, throttle_) {
  directory::InitialiseSecrets();
  Fill();
  services_ = std::make_unique<Services>(Services{
      settings_, connection_, persons_, credentials_, epoch_, passwords_, throttle_, sign_in_,
      server_key_, [this](std::string_view name) { events_.emplace_back(name); }});
  dialect_ = MakeBedita(*services_);
  persons_.OnPurge(ErasePerson);
}

World& World::Shared() {
  static World world;
  return world;
}

void World::Fill() {
  for (const char* statement : kStatements) database_.Execute(statement);
  for (const char* name : {"bedita", "mara", "edith", "paul", "dora", "otto", "bert", "gone",
                           "ann@example.org", "lock", "buried"}) {
    const auto hash = passwords_.Hash(std::string(name) + "-password");
    database_.Execute("UPDATE users SET password_hash = '" + hash->hash +
                      "', password_changed_at = '2026-01-05 10:00:00' WHERE username = '" + name +
                      "'");
  }
}

fcgi::Request World::ToRequest(const Ask& ask) {
  fcgi::Request request;
  const size_t question = ask.target.find('?');
  request.raw_path = ask.prefix + ask.target.substr(0, question);
  if (question != std::string::npos) request.query = ask.target.substr(question + 1);
  request.method = ask.method;
  request.body = ask.body;
  if (!ask.body.empty()) request.content_type = ask.content_type;
  request.remote_address = ask.address;
  request.dialect = "bedita";
  request.prefix = ask.prefix;
  request.request_id = "test";
  request.https = true;
  for (const auto& [name, value] : ask.headers) request.AddParam(ParamName(name), value);
  request.AddParam("HTTP_HOST", "dir.example.org");
  if (!ask.accept.empty()) request.AddParam("HTTP_ACCEPT", ask.accept);
  if (!ask.key.empty()) request.AddParam("HTTP_X_API_KEY", ask.key);
  std::string bearer = ask.bearer;
  if (!ask.as.empty()) {
    if (!tokens_.contains(ask.as)) tokens_[ask.as] = Login(ask.as);
    bearer = tokens_[ask.as].jwt;
  }
  if (!bearer.empty()) request.AddParam("HTTP_AUTHORIZATION", "Bearer " + bearer);
  return request;
}

Reply World::Send(const Ask& ask) {
  const fcgi::Request request = ToRequest(ask);
  const uint64_t before = connection_.Statements();
  Reply reply;
  reply.response = dialect_->Handle(request);
  reply.status = reply.response.status;
  reply.body = reply.response.body;
  reply.route = reply.response.route;
  reply.person = reply.response.person;
  last_statements_ = connection_.Statements() - before;
  CheckShape(reply);
  return reply;
}

TokenPair World::Login(const std::string& username, const std::string& password) {
  const std::string said = password.empty() ? username + "-password" : password;
  const Reply reply = Send({.target = "/auth",
                            .method = "POST",
                            .body = R"({"grant_type":"password","username":")" + username +
                                    R"(","password":")" + said + R"("})"});
  if (reply.status != 200) throw std::runtime_error("refused: " + reply.body);
  return {reply.At("meta/jwt"), reply.At("meta/renew")};
}

std::string World::Sign(const std::string& claims, std::string_view algorithm,
                        std::string_view secret) {
  return Jwt(algorithm, std::string(secret)).Sign(claims);
}

}  // namespace rosterd::bedita
