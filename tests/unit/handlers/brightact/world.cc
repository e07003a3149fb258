#include "tests/unit/handlers/brightact/world.h"

#include <gtest/gtest.h>

#include <cctype>

#include "db/person.h"
#include "directory/secrets.h"
#include "handlers/brightact/routes.h"

namespace rosterd::brightact {
namespace {

constexpr const char* kUsers =
    "INSERT INTO users (id, username, username_key, email, email_key, first_name, last_name,"
    " created_at, updated_at, last_login_at) VALUES"
    " (1, 'ops@example.org', 'ops@example.org', 'ops@example.org', 'ops@example.org', 'Ona',"
    "  'Petrova', '2026-01-05 08:00:00', '2026-01-05 08:00:00', '2026-03-01 17:45:12.9'),"
    " (2, 'jo', 'jo', NULL, NULL, 'Jo', 'Kim', '2026-01-05 09:00:00', '2026-01-05 09:00:00', NULL)";

// What nginx would have in HTTP_…: "X-API-Key" as HTTP_X_API_KEY.
std::string ParamName(std::string_view header) {
  std::string name = "HTTP_";
  for (const char byte : header) {
    const auto upper = static_cast<char>(std::toupper(static_cast<unsigned char>(byte)));
    name += byte == '-' ? '_' : upper;
  }
  return name;
}

fcgi::Request ToRequest(const Ask& ask) {
  fcgi::Request request;
  const size_t question = ask.target.find('?');
  request.raw_path = ask.target.substr(0, question);
  if (!ask.key.empty()) request.query = "key=" + ask.key;
  if (question != std::string::npos) {
    if (!request.query.empty()) request.query += '&';
    request.query += ask.target.substr(question + 1);
  }
  request.method = ask.method;
  request.body = ask.body;
  request.content_type = ask.content_type;
  request.remote_address = ask.address;
  request.dialect = "brightact";
  request.request_id = "test";
  for (const auto& [name, value] : ask.headers) request.AddParam(ParamName(name), value);
  return request;
}

config::Settings SettingsFor(const World::Change& change, const config::Database& database) {
  config::Settings settings;
  if (change) change(settings);
  settings.database = database;
  settings.password.memory = 8192;
  settings.password.iterations = 1;
  return settings;
}

}  // namespace

std::string Reply::Header(std::string_view name) const {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

Worker::Worker(const config::Settings& settings)
    : settings_(settings),
      connection_(settings_.database),
      persons_(connection_, settings_.directory, epoch_),
      credentials_(connection_, epoch_),
      passwords_(settings_.password, slots_),
      throttle_(settings_.throttle.enabled),
      sign_in_(connection_, passwords_, throttle_) {
  slots_.SetLimit(4);
  persons_.OnPurge(ErasePerson);
  dialect_ = MakeBrightact(Services{settings_, connection_, persons_, credentials_, epoch_,
                                    passwords_, throttle_, sign_in_, server_key_,
                                    [this](std::string_view name) { events_.emplace_back(name); }});
}

Reply Worker::Send(const Ask& ask) {
  Reply reply;
  reply.response = dialect_->Handle(ToRequest(ask));
  reply.status = reply.response.status;
  reply.body = reply.response.body;
  while (reply.response.stream) {
    const auto piece = reply.response.stream();
    if (!piece) break;
    reply.body += *piece;
  }
  return reply;
}

bool Worker::Admits(uint64_t id, const std::string& password) {
  directory::SignIn::Attempt attempt;
  attempt.password = password;
  return sign_in_(attempt,
                  [&](db::Session& session) { return db::PersonStore::Find(session, UserId{id}); })
      .has_value();
}

testing::TestDatabase& World::Database() {
  directory::InitialiseSecrets();
  static testing::TestDatabase database;
  return database;
}

World::World(const Change& change)
    : settings_(SettingsFor(change, Database().Settings())), worker_(settings_) {
  Empty();
  Fill();
}

void World::Empty() {
  for (const char* table :
       {"throttle", "audit", "credentials", "users", "person_ids", "brightact_orgs"}) {
    Execute(std::string("DELETE FROM ") + table);
  }
  for (const char* table : {"person_ids", "brightact_orgs"}) {
    Execute(std::string("ALTER TABLE ") + table + " AUTO_INCREMENT = 1");
  }
}

void World::Fill() {
  Execute(kUsers);
  Execute("INSERT INTO person_ids (id) VALUES (2)");
  AddKey(1, "admin", kAdminKey);
  AddKey(2, "user", kUserKey);
}

void World::AddKey(uint64_t user, const std::string& role, const std::string& key) {
  directory::Credentials::Request request;
  request.dialect = "brightact";
  request.kind = "key";
  request.user = UserId{user};
  request.role = role;
  ASSERT_TRUE(worker_.Credentials().Issue({}, request, key));
}

Reply World::SendForm(const std::string& method, const std::string& target, const std::string& form,
                      const std::string& key) {
  return Send({.target = target,
               .method = method,
               .key = key,
               .body = form,
               .content_type = std::string(kForm)});
}

std::string World::AddUser(const std::string& username, const std::string& more) {
  const Reply reply =
      Post("/api/v1/user",
           "username=" + username + "&password=secret&first_name=Ann&last_name=Lee" + more);
  EXPECT_EQ(reply.status, 200) << reply.body;
  return Ask("SELECT MAX(id) FROM users");
}

std::string World::AddOrg(const std::string& name) {
  const Reply reply = Post("/api/v1/org", "name=" + name);
  EXPECT_EQ(reply.status, 200) << reply.body;
  return Ask("SELECT MAX(id) FROM brightact_orgs");
}

}  // namespace rosterd::brightact
