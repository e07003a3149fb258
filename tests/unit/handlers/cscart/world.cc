#include "tests/unit/handlers/cscart/world.h"

#include <stdexcept>

#include "db/ids.h"
#include "directory/secrets.h"
#include "fcgi/json.h"
#include "handlers/cscart/routes.h"

namespace rosterd::cscart {
namespace {

constexpr const char* kCompanies =
    "INSERT INTO cscart_companies (id, name, email, created_at) VALUES"
    " (1, 'Simtech', 'one@shop.example', '2010-01-01'), (2, 'Alpha', '', '2011-01-01')";

constexpr const char* kUsers =
    "INSERT INTO users (id, username, email, first_name, last_name, company, cscart_company_id,"
    " cscart_user_type, status, cscart_is_root, phone, created_at, updated_at) VALUES"
    " (1, 'admin', 'admin@example.com', 'John', 'Doe', 'Your company', 0, 'A', 'active', 1, '',"
    "  '2005-04-03 19:20:08', '2020-01-01'),"
    " (2, 'helper', 'helper@example.com', 'Hanna', 'Help', '', 0, 'A', 'active', 0, '',"
    "  '2005-04-03 19:20:09', '2020-01-01'),"
    " (3, 'customer', 'Customer@Example.com', 'Customer', 'Customer', 'Simtech', 1, 'C', 'active',"
    "  0, '', '2005-05-21 21:01:20', '2020-01-01'),"
    " (4, 'anna', 'anna@shop.example', 'Anna', 'Berg', '', 1, 'C', 'active', 0,"
    "  '+7 (495) 123-45-67', '2005-05-21 21:01:20.9', '2020-01-01'),"
    " (5, 'berg', 'berg@shop.example', 'Berg', 'Annabel', 'Simtech & Co', 2, 'C', 'disabled', 0,"
    "  '', '2005-05-21 21:01:20.5', '2020-01-01'),"
    " (6, 'vera', 'vera@mail.example', 'Vera', '100%_x', '', 2, 'V', 'active', 0, '',"
    "  '2006-01-01', '2020-01-01'),"
    " (7, 'user_7', 'petr_x@shop.example', 'Petr', '', '', 9, 'C', 'hidden', 0, '',"
    "  '2006-01-02', '2020-01-01'),"
    " (8, 'pend', NULL, 'Zoë', '', '', 0, 'C', 'pending', 0, '', '2006-01-03', '2020-01-01'),"
    " (9, 'blocked', 'b@shop.example', 'Bob', '', '', 1, 'C', 'active', 0, '', '2006-01-04',"
    "  '2020-01-01'),"
    " (10, 'gone', 'gone@shop.example', 'Gone', '', '', 1, 'C', 'active', 0, '', '2006-01-05',"
    "  '2020-01-01'),"
    " (11, 'keeper', 'keeper@shop.example', 'Kate', '', '', 2, 'A', 'active', 0, '', '2006-01-06',"
    "  '2020-01-01')";

constexpr const char* kMarks[] = {
    "UPDATE users SET username_key = LOWER(username), email_key = LOWER(email)",
    "UPDATE users SET blocked = 1 WHERE id = 9",
    "UPDATE users SET deleted_at = '2020-01-01', username_key = NULL, email_key = NULL"
    " WHERE id = 10",
    "UPDATE users SET cscart_tax_exempt = 'Y', cscart_points = 40, cscart_lang_code = 'ru'"
    " WHERE id = 3",
    "INSERT INTO credentials (dialect, kind, user_id, digest, created_at)"
    " SELECT 'cscart', 'key', id, UNHEX(SHA2(CONCAT(username, '-key'), 256)), '2020-01-01'"
    " FROM users",
    "INSERT INTO cscart_profiles (id, user_id, type, main_of, b_address, b_city, b_state,"
    " b_country, b_zipcode, updated_at) VALUES"
    " (31, 3, 'P', 3, 'Main street 1', 'Boston', 'MA', 'US', '02134', '2020-01-01'),"
    " (51, 5, 'P', 5, 'Main street 2', 'Boston', 'ON', 'CA', 'K1A', '2020-01-01')",
    "INSERT INTO cscart_profiles (id, user_id, type, main_of, s_address, s_city, s_country,"
    " s_zipcode, b_phone, updated_at) VALUES"
    " (32, 3, 'S', NULL, 'Lenina 7', 'Orel', 'RU', '302000', '', '2020-03-01'),"
    " (41, 4, 'P', 4, 'Lenina 5', 'Tula', 'RU', '300000', '8-900-555', '2020-01-01')",
    "INSERT INTO cscart_profile_fields VALUES (31, '12', 'blue')",
    "INSERT INTO cscart_usergroups (id, status, type, name) VALUES (5, 'A', 'C', 'Wholesale'),"
    " (6, 'A', 'A', 'Readers'), (7, 'D', 'C', 'Closed')",
    "INSERT INTO cscart_usergroup_privileges VALUES (6, 'view_users'), (6, 'view_orders')",
    "INSERT INTO cscart_usergroup_links (id, user_id, usergroup_id, status, updated_at) VALUES"
    " (9, 3, 5, 'A', '2020-01-01'), (10, 4, 5, 'P', '2020-04-01'), (11, 2, 6, 'A', '2020-01-01'),"
    " (12, 3, 7, 'A', '2020-01-01')",
};

// What nginx would have in HTTP_…: "If-None-Match" as HTTP_IF_NONE_MATCH.
std::string ParamName(std::string_view header) {
  std::string name = "HTTP_";
  for (const char byte : header) {
    if (byte == '-') {
      name += '_';
    } else {
      name += static_cast<char>(std::toupper(static_cast<unsigned char>(byte)));
    }
  }
  return name;
}

std::string Base64(std::string_view text) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string encoded;
  for (size_t i = 0; i < text.size(); i += 3) {
    unsigned int bits = 0;
    for (size_t j = 0; j < 3; ++j) {
      bits = bits << 8U | (i + j < text.size() ? static_cast<unsigned char>(text[i + j]) : 0U);
    }
    for (size_t j = 0; j < 4; ++j) {
      encoded += i + j > text.size() ? '=' : kLetters[(bits >> (18U - 6U * j)) & 63U];
    }
  }
  return encoded;
}

fcgi::Request ToRequest(const Ask& ask) {
  fcgi::Request request;
  const size_t question = ask.target.find('?');
  request.raw_path = ask.target.substr(0, question);
  if (question != std::string::npos) request.query = ask.target.substr(question + 1);
  request.method = ask.method;
  request.body = ask.body;
  request.content_type = ask.content_type;
  request.remote_address = ask.address;
  request.dialect = "cscart";
  request.request_id = "test";
  request.https = ask.https;
  if (!ask.login.empty()) request.AddParam("HTTP_AUTHORIZATION", "Basic " + Base64(ask.login));
  for (const auto& [name, value] : ask.headers) request.AddParam(ParamName(name), value);
  return request;
}

config::Password CheapHashes() {
  config::Password settings;
  settings.memory = 1U << 20U;
  settings.iterations = 1;
  return settings;
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

config::Settings World::With(const config::Cscart& settings) {
  config::Settings all;
  all.cscart = settings;
  return all;
}

World::World(const config::Cscart& settings)
    : settings_(With(settings)),
      connection_(database_.Settings()),
      persons_(connection_, settings_.directory, epoch_),
      credentials_(connection_, epoch_),
      passwords_(CheapHashes(), slots_),
      sign_in_(connection_, passwords_, throttle_) {
  directory::InitialiseSecrets();
  Fill();
  dialect_ = MakeCscart(Services{settings_, connection_, persons_, credentials_, epoch_, passwords_,
                                 throttle_, sign_in_, server_key_,
                                 [this](std::string_view name) { events_.emplace_back(name); }});
}

World& World::Shared() {
  static World world;
  return world;
}

void World::Fill() {
  database_.Execute(kCompanies);
  database_.Execute(kUsers);
  for (const char* statement : kMarks) database_.Execute(statement);
}

Reply World::Send(const Ask& ask) {
  const uint64_t before = connection_.Statements();
  Reply reply;
  reply.response = dialect_->Handle(ToRequest(ask));
  reply.status = reply.response.status;
  reply.body = reply.response.body;
  reply.route = reply.response.route;
  reply.person = reply.response.person;
  while (reply.response.stream) {
    const auto piece = reply.response.stream();
    if (!piece) break;
    reply.body += *piece;
  }
  last_statements_ = connection_.Statements() - before;
  return reply;
}

std::vector<uint64_t> UserIds(const fcgi::Value* users) {
  std::vector<uint64_t> ids;
  if (users == nullptr || users->AsList() == nullptr) throw std::runtime_error("no list of users");
  for (const fcgi::Value& user : *users->AsList()) {
    ids.push_back(ParseId(*user.Find("user_id")->AsText()).value());
  }
  return ids;
}

std::vector<uint64_t> World::List(const std::string& query) {
  const Reply reply = Get("/api/2.0/users?" + query);
  if (reply.status != 200) throw std::runtime_error("refused: " + reply.body);
  return UserIds(reply.Json().Find("users"));
}

}  // namespace rosterd::cscart
