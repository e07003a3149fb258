#include "tests/unit/handlers/cocoaheads/world.h"

#include <cctype>
#include <stdexcept>

#include "directory/secrets.h"
#include "fcgi/base64.h"
#include "fcgi/json.h"
#include "handlers/cocoaheads/routes.h"

namespace rosterd::cocoaheads {
namespace {

// What nginx would have in HTTP_…: "user-token" as HTTP_USER_TOKEN.
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
  request.method = ask.method;
  request.raw_path = ask.target.substr(0, question);
  if (question != std::string::npos) request.query = ask.target.substr(question + 1);
  request.body = ask.body;
  if (!ask.body.empty()) request.content_type = ask.content_type;
  request.remote_address = ask.address;
  request.dialect = "cocoaheads";
  request.prefix = ask.prefix;
  request.request_id = "test";
  request.https = ask.https;
  request.AddParam("HTTP_HOST", "api.example.org");
  if (!ask.token.empty()) request.AddParam("HTTP_USER_TOKEN", ask.token);
  for (const auto& [name, value] : ask.headers) request.AddParam(ParamName(name), value);
  return request;
}

std::filesystem::path MakeFolder() {
  std::string path = std::filesystem::temp_directory_path() / "cocoaheads-XXXXXX";
  if (mkdtemp(path.data()) == nullptr) throw std::runtime_error("no folder for photos");
  return path;
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

std::string Reply::Member(std::string_view name) const {
  const fcgi::Value json = Json();
  const fcgi::Value* const value = json.Find(name);
  if (value == nullptr) return "(none)";
  if (const auto* number = value->AsNumber()) return number->text;
  const std::string* const text = value->AsText();
  return text == nullptr ? "(none)" : *text;
}

Worker::Worker(config::Settings wanted)
    : settings(std::move(wanted)),
      connection(settings.database),
      persons(connection, settings.directory, epoch),
      credentials(connection, epoch),
      passwords(settings.password, slots),
      pictures(settings.server.photo_directory, settings.server.socket_group),
      throttle(settings.throttle.enabled),
      sign_in(connection, passwords, throttle) {
  directory::InitialiseSecrets();
  persons.OnPurge(ErasePerson);
  persons.AfterPurge([this](UserId id) { pictures.RemoveAll(id); });
  dialect = MakeCocoaheads(Services{settings, connection, persons, credentials, epoch, passwords,
                                    throttle, sign_in, server_key,
                                    [this](std::string_view name) { events.emplace_back(name); }});
}

Reply Worker::Send(const Ask& ask) const {
  Reply reply;
  reply.response = dialect->Handle(ToRequest(ask));
  reply.status = reply.response.status;
  reply.body = reply.response.body;
  return reply;
}

testing::TestDatabase& World::Database() {
  static testing::TestDatabase database;
  return database;
}

World::World(const Change& change) : photos_(MakeFolder()) {
  for (const char* table : {"throttle", "audit", "credentials", "cocoaheads_clients", "users"}) {
    Execute(std::string("DELETE FROM ") + table);
  }
  config::Settings settings;
  settings.database = Database().Settings();
  settings.server.photo_directory = photos_;
  settings.server.socket_group = "";
  settings.password.memory = 1U << 20U;
  settings.password.iterations = 1;
  if (change) change(settings);
  worker_ = std::make_unique<Worker>(std::move(settings));
}

World::~World() {
  std::error_code ignored;
  std::filesystem::remove_all(photos_, ignored);
}

Reply World::Get(const std::string& target, const std::string& token) {
  return Send({.target = target, .token = token});
}

Reply World::Post(const std::string& target, const std::string& body, const std::string& token) {
  return Send({.method = "POST", .target = target, .body = body, .token = token});
}

Reply World::Patch(const std::string& target, const std::string& body, const std::string& token) {
  return Send({.method = "PATCH", .target = target, .body = body, .token = token});
}

Reply World::App(const std::string& call, const std::string& form) {
  return Send({.method = "POST",
               .target = "/method/" + call,
               .body = form,
               .content_type = "application/x-www-form-urlencoded"});
}

Member World::Join(const std::string& email) {
  const Reply reply =
      Post("/users", R"({"name":"Vera","lastname":"Orlova","email":")" + email + "\"}");
  if (reply.status != 200) throw std::runtime_error("refused: " + reply.body);
  return {reply.Member("id"), reply.Header("user-token")};
}

void World::SetPassword(const std::string& id, const std::string& password) {
  const auto hash = worker_->passwords.Hash(password);
  const auto edit = [&](db::Session&, db::Person& person,
                        directory::EditExtras&) -> directory::Outcome<std::monostate> {
    person.password = hash.value();
    return std::monostate();
  };
  if (!worker_->persons.Update(TestActor(), UserId{std::stoull(id)}, edit)) {
    throw std::runtime_error("no password");
  }
}

size_t World::PhotoFiles() const {
  size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(photos_)) {
    if (entry.is_regular_file()) ++files;
  }
  return files;
}

directory::Actor TestActor() {
  return {.dialect = "test", .user = {}, .credential = "", .address = "", .request_id = ""};
}

std::string PngBytes() { return fcgi::DecodeBase64(kPngBase64).value(); }

std::string Multipart(const std::vector<std::string>& parts) {
  std::string body;
  for (const std::string& part : parts) body += "--b\r\n" + part + "\r\n";
  return body + "--b--\r\n";
}

std::string TextPart(const std::string& name, const std::string& value) {
  return "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value;
}

std::string FilePart(const std::string& name, const std::string& file_name,
                     const std::string& bytes) {
  return "Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + file_name +
         "\"\r\nContent-Type: image/png\r\n\r\n" + bytes;
}

}  // namespace rosterd::cocoaheads
