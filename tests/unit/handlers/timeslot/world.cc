#include "tests/unit/handlers/timeslot/world.h"

#include <cctype>
#include <stdexcept>

#include "directory/secrets.h"
#include "fcgi/json.h"
#include "handlers/json_writer.h"
#include "handlers/timeslot/routes.h"

namespace rosterd::timeslot {
namespace {

constexpr const char* kStatements[] = {
    "INSERT INTO users (id, username, email, phone, first_name, last_name, display_name, picture,"
    " created_at, updated_at) VALUES"
    " (217, 'seed', 'user60@email.com', '', '', '', 'User 216', '', '2015-05-06 21:29:39.664',"
    "  '2015-05-06 21:29:39.664'),"
    " (4680, 'jonas', 'jonas@example.net', '', '', '', 'Jonas', 'id:v1430412345/zt55.jpg',"
    "  '2015-04-30 17:44:09.301', '2015-05-02 06:10:55.870'),"
    " (4702, 'ada', 'ada@example.net', '', '', '', 'Ada', '', '2015-05-01', '2015-05-01'),"
    " (4711, 'mira', 'mira.falk@example.net', '', '', '', 'Mira Falk', '',"
    "  '2015-05-07 08:15:30.120', '2015-05-07 08:15:30.120'),"
    " (4712, 'paul', NULL, '+49 30 5550199', '', '', 'Paul', '', '2015-05-08', '2015-05-08'),"
    " (4800, 'gone', 'gone@example.net', '', '', '', 'Gone', '', '2015-05-09', '2015-05-09'),"
    " (4801, 'blocked', 'blocked@example.net', '', '', '', 'Blocked', '', '2015-05-10',"
    "  '2015-05-10'),"
    " (4802, 'shopper', 'shopper@example.net', '+1 555 0100', 'Sam', 'Shopper', '', '',"
    "  '2015-05-11 01:02:03.456789', '2015-05-12')",
    "UPDATE users SET username_key = LOWER(username), email_key = LOWER(email)",
    "UPDATE users SET timeslot_phone_login = phone WHERE id = 4712",
    "UPDATE users SET blocked = 1 WHERE id = 4801",
    "UPDATE users SET deleted_at = '2015-06-01', username_key = NULL, email_key = NULL"
    " WHERE id = 4800",
    "UPDATE users SET timeslot_slot_count = 12, timeslot_reslot_count = 3 WHERE id = 4680",
    "INSERT INTO credentials (dialect, kind, user_id, digest, created_at)"
    " SELECT 'timeslot', 'token', id, UNHEX(SHA2(CONCAT(username, '-token'), 256)), '2015-05-07'"
    " FROM users WHERE id <> 217",
    "INSERT INTO credentials (dialect, kind, user_id, digest, created_at) VALUES"
    " ('timeslot', 'token', 217, UNHEX(SHA2('9D6fucJrGle3yY2WSfeNCE9xD8k', 256)), '2015-05-07')",
    "INSERT INTO timeslot_images (user_id, public_id, created_at) VALUES"
    " (4680, 'v1430412345/zt55.jpg', '2015-05-01')",
    "INSERT INTO timeslot_friendships (id, starter_id, recipient_id, state, created_at,"
    " updated_at) VALUES (1, 4711, 4680, '11', '2015-05-08', '2015-05-08'),"
    " (2, 4702, 4711, '00', '2015-05-08', '2015-05-08')",
    "UPDATE users SET timeslot_befriended = 1 WHERE id IN (4680, 4702, 4711)",
    "INSERT INTO timeslot_memberships (id, user_id, group_id, state, created_at) VALUES"
    " (1, 4711, 31, '111', '2015-05-08'), (2, 4711, 44, '011', '2015-05-08')",
};

// What nginx would have in HTTP_…: "If-None-Match" as HTTP_IF_NONE_MATCH.
std::string ParamName(std::string_view header) {
  std::string name = "HTTP_";
  for (const char byte : header) {
    name += byte == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(byte)));
  }
  return name;
}

fcgi::Request ToRequest(const Ask& ask) {
  fcgi::Request request;
  const size_t question = ask.target.find('?');
  request.raw_path = ask.target.substr(0, question);
  if (question != std::string::npos) request.query = ask.target.substr(question + 1);
  request.method = ask.method;
  request.body = ask.body;
  if (!ask.body.empty()) request.content_type = ask.content_type;
  request.remote_address = ask.address;
  request.dialect = "timeslot";
  request.request_id = "00112233445566778899aabbccddeeff";
  request.https = ask.https;
  if (!ask.token.empty()) request.AddParam("HTTP_AUTHORIZATION", "Token token=" + ask.token);
  for (const auto& [name, value] : ask.headers) request.AddParam(ParamName(name), value);
  request.AddParam("HTTP_HOST", "api.example.net");
  request.AddParam("SERVER_NAME", "api.example.net");
  return request;
}

config::Settings With(const config::Timeslot& settings) {
  config::Settings all;
  all.timeslot = settings;
  return all;
}

config::Password CheapHashes() {
  config::Password settings;
  settings.memory = 1U << 20U;
  settings.iterations = 1;
  return settings;
}

// Emptying it takes milliseconds, migrating another one more than a second.
testing::TestDatabase& EmptiedDatabase() {
  static testing::TestDatabase database;
  for (const char* table : {"timeslot_images", "timeslot_memberships", "timeslot_friendships",
                            "credentials", "users", "audit", "throttle", "mail_outbox"}) {
    database.Execute(std::string("DELETE FROM ") + table);
  }
  database.Execute("ALTER TABLE timeslot_friendships AUTO_INCREMENT = 1");
  return database;
}

void Write(JsonWriter& json, const fcgi::Value& value) {
  if (value.IsNull()) json.Null();
  if (const bool* flag = value.AsBoolean()) json.Boolean(*flag);
  if (const auto* number = value.AsNumber()) json.RawNumber(number->text);
  if (const std::string* text = value.AsText()) json.Text(*text);
  if (const auto* list = value.AsList()) {
    json.StartArray();
    for (const fcgi::Value& element : *list) Write(json, element);
    json.EndArray();
  }
  if (const auto* object = value.AsObject()) {
    json.StartObject();
    for (const auto& [key, member] : *object) {
      json.Key(key);
      Write(json, member);
    }
    json.EndObject();
  }
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

std::string Reply::operator[](std::string_view key) const {
  const fcgi::Value value = Json();
  const fcgi::Value* const member = value.Find(key);
  if (member == nullptr) return "none";
  JsonWriter json;
  Write(json, *member);
  return json.Take();
}

World::World(const config::Timeslot& settings) : World(With(settings)) {}

World::World(const config::Settings& settings) : World(settings, EmptiedDatabase()) {}

World::World(const config::Settings& settings, testing::TestDatabase& database)
    : database_(database),
      settings_(settings),
      connection_(database_.Settings()),
      persons_(connection_, settings_.directory, epoch_),
      credentials_(connection_, epoch_),
      passwords_(CheapHashes(), slots_),
      throttle_(settings_.throttle.enabled),
      sign_in_(connection_, passwords_, throttle_) {
  directory::InitialiseSecrets();
  Fill();
  services_ = std::make_unique<Services>(Services{
      settings_, connection_, persons_, credentials_, epoch_, passwords_, throttle_, sign_in_,
      server_key_, [this](std::string_view name) { events_.emplace_back(name); }});
  dialect_ = MakeTimeslot(*services_);
  persons_.OnPurge(ErasePerson);
}

World& World::Shared() {
  static testing::TestDatabase database;
  static World world({}, database);
  return world;
}

void World::Fill() {
  for (const char* statement : kStatements) database_.Execute(statement);
  const auto password = passwords_.Hash("s3cret-tea");
  if (!password) throw std::runtime_error("no hash");
  database_.Execute("UPDATE users SET password_hash = '" + password->hash + "'");
}

Reply World::Send(const Ask& ask) {
  Reply reply;
  reply.response = dialect_->Handle(ToRequest(ask));
  reply.status = reply.response.status;
  reply.body = reply.response.body;
  return reply;
}

}  // namespace rosterd::timeslot
