#include "handlers/bedita/tokens.h"

#include <charconv>

#include "directory/secrets.h"
#include "fcgi/ascii.h"
#include "handlers/json_writer.h"

namespace rosterd::bedita {
namespace {

using fcgi::Value;

constexpr int64_t kLeeway = 30;  // seconds that clocks of hosts may differ by
constexpr size_t kNonceBytes = 12;

std::string SecretOf(const config::Bedita& settings, const std::string& server_key) {
  if (!settings.jwt_secret.empty() || settings.jwt_algorithm == "RS256") {
    return settings.jwt_secret;
  }
  return directory::Hex(directory::HmacSha256(server_key, "bedita.jwt"));
}

int64_t Seconds(db::Time time) {
  return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

void StartClaims(JsonWriter& json, const std::string& base, int64_t now) {
  json.StartObject();
  Field(json, "iss", base);
  NumberField(json, "iat", static_cast<uint64_t>(now));
  NumberField(json, "nbf", static_cast<uint64_t>(now));
}

void WriteApplication(JsonWriter& json, const Application& application) {
  json.Key("app");
  if (application.id == 0) {
    json.Null();
    return;
  }
  json.StartObject();
  NumberField(json, "id", application.id);
  Field(json, "name", application.name);
  json.EndObject();
}

void WriteUser(JsonWriter& json, const Caller& caller) {
  if (caller.IsAnonymous()) return;
  NumberField(json, "id", caller.id.value);
  Field(json, "username", caller.username);
  if (caller.roles.empty()) return;
  json.Key("roles");
  json.StartArray();
  for (const Role& role : caller.roles) {
    json.StartObject();
    NumberField(json, "id", role.id);
    Field(json, "name", role.name);
    json.EndObject();
  }
  json.EndArray();
}

// The session in front of what makes two tokens of one second differ.
std::string NewId(uint64_t session) {
  return std::to_string(session) + "." + directory::Base64Url(directory::RandomBytes(kNonceBytes));
}

// Tokens from before a migration may have ids of any other form.
uint64_t SessionOf(const Value& claims) {
  const Value* id = claims.Find("jti");
  const std::string* text = id == nullptr ? nullptr : id->AsText();
  if (text == nullptr) return 0;
  const std::string_view whole(*text);
  const size_t dot = whole.find('.');
  if (dot == std::string_view::npos) return 0;
  return ParseId(whole.substr(0, dot)).value_or(0);
}

std::optional<int64_t> NumberOf(const Value* value) {
  const Value::Number* number = value == nullptr ? nullptr : value->AsNumber();
  if (number == nullptr) return std::nullopt;
  int64_t parsed = 0;
  const char* const end = number->text.data() + number->text.size();
  const auto [stop, error] = std::from_chars(number->text.data(), end, parsed);
  if (error != std::errc() || stop != end || parsed < 0) return std::nullopt;
  return parsed;
}

std::optional<uint64_t> IdOf(const Value* value) {
  const auto number = NumberOf(value);
  if (!number || *number == 0 || static_cast<uint64_t>(*number) >= kIdLimit) return std::nullopt;
  return static_cast<uint64_t>(*number);
}

// False when a claim is there and no number.
bool ReadMoment(const Value& claims, std::string_view name, int64_t& to) {
  const Value* claim = claims.Find(name);
  if (claim == nullptr || claim->IsNull()) return true;
  const auto number = NumberOf(claim);
  if (number) to = *number;
  return number.has_value();
}

// False when it is neither a form of ours nor of the upstream server's.
bool ReadHolder(const Value& claims, Token& token) {
  const Value* application = claims.Find("app");
  if (application != nullptr && !application->IsNull()) {
    const auto id = IdOf(application->Find("id"));
    if (!id) return false;
    token.application = *id;
  }
  const bool renews = claims.Find("aud") != nullptr;
  token.kind = renews ? Token::Kind::kRenew : Token::Kind::kAccess;
  const Value* holder = claims.Find(renews ? "sub" : "id");
  if (holder == nullptr || holder->IsNull()) return renews ? holder != nullptr : true;
  const auto id = IdOf(holder);
  if (id) token.user = {*id};
  return id.has_value();
}

}  // namespace

Tokens::Tokens(const config::Bedita& settings, const std::string& server_key)
    : jwt_(settings.jwt_algorithm, SecretOf(settings, server_key)),
      access_life_(settings.jwt_duration),
      renew_life_(settings.jwt_renew_duration) {}

TokenPair Tokens::Issue(const std::string& base, const Caller& caller,
                        const Application& application, db::Time now) const {
  const int64_t issued_at = Seconds(now);
  JsonWriter access;
  StartClaims(access, base, issued_at);
  WriteApplication(access, application);
  WriteUser(access, caller);
  NumberField(access, "exp", static_cast<uint64_t>(issued_at + access_life_.count()));
  Field(access, "jti", NewId(caller.session));
  access.EndObject();

  JsonWriter renew;
  StartClaims(renew, base, issued_at);
  WriteApplication(renew, application);
  renew.Key("sub");
  if (caller.IsAnonymous()) {
    renew.Null();
  } else {
    renew.Number(caller.id.value);
  }
  Field(renew, "aud", base + "/auth");
  if (renew_life_.count() > 0) {
    NumberField(renew, "exp", static_cast<uint64_t>(issued_at + renew_life_.count()));
  }
  Field(renew, "jti", NewId(caller.session));
  renew.EndObject();
  return {jwt_.Sign(access.Take()), jwt_.Sign(renew.Take())};
}

Result<Token, TokenFault> Tokens::Read(const std::string& text, db::Time now) const {
  const auto claims = jwt_.Verify(text);
  if (!claims) return TokenFault::kBad;
  Token token;
  int64_t not_before = 0;
  const bool readable = ReadHolder(*claims, token) && ReadMoment(*claims, "iat", token.issued_at) &&
                        ReadMoment(*claims, "nbf", not_before) &&
                        ReadMoment(*claims, "exp", token.expires_at);
  if (!readable) return TokenFault::kBad;
  const int64_t today = Seconds(now);
  if (token.issued_at > today + kLeeway || not_before > today + kLeeway) return TokenFault::kBad;
  if (token.kind == Token::Kind::kAccess && token.expires_at == 0) return TokenFault::kBad;
  if (token.expires_at != 0 && today >= token.expires_at) {
    return token.kind == Token::Kind::kAccess ? TokenFault::kExpired : TokenFault::kBad;
  }
  token.session = SessionOf(*claims);
  return token;
}

std::optional<std::string> BearerToken(std::optional<std::string_view> authorization) {
  constexpr std::string_view kScheme = "bearer ";
  if (!authorization || authorization->size() < kScheme.size()) return std::nullopt;
  if (!fcgi::EqualsIgnoringCase(authorization->substr(0, kScheme.size()), kScheme)) {
    return std::nullopt;
  }
  std::string_view token = authorization->substr(kScheme.size());
  while (token.starts_with(' ')) token.remove_prefix(1);
  while (token.ends_with(' ')) token.remove_suffix(1);
  if (token.empty()) return std::nullopt;
  return std::string(token);
}

}  // namespace rosterd::bedita
