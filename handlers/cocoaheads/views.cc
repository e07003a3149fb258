#include "handlers/cocoaheads/views.h"

#include <algorithm>

#include "directory/picture.h"
#include "handlers/json_writer.h"

namespace rosterd::cocoaheads {
namespace {

/// Whatever else a client puts there would end in the answer's addresses.
bool IsHost(std::string_view host) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(".-_:[]").find(c) != std::string_view::npos;
  };
  return !host.empty() && host.size() <= 255 && std::ranges::all_of(host, plain);
}

std::string HostOf(const fcgi::Request& request) {
  const std::string_view host = request.Header("Host").value_or("");
  if (IsHost(host)) return std::string(host);
  const std::string_view name = request.Param("SERVER_NAME").value_or("");
  return IsHost(name) ? std::string(name) : "localhost";
}

std::string BaseUrl(const std::string& configured, const fcgi::Request& request) {
  if (configured.empty()) return (request.https ? "https://" : "http://") + HostOf(request);
  std::string base = configured;
  while (base.ends_with('/')) base.pop_back();
  return base;
}

std::string_view RegStatus(const Profile& profile) {
  const bool complete =
      !profile.name.empty() && !profile.lastname.empty() && !profile.email.empty();
  return complete ? "complete" : "requiresCompletion";
}

}  // namespace

fcgi::Response JsonResponse(int status, std::string body) {
  fcgi::Response response;
  response.status = status;
  response.SetHeader("Content-Type", "application/json; charset=utf-8");
  response.SetHeader("Cache-Control", "no-store");
  response.SetHeader("X-Content-Type-Options", "nosniff");
  response.body = std::move(body);
  return response;
}

Profile ToProfile(const db::Person& person) {
  return {.id = person.id,
          .name = person.first_name,
          .lastname = person.last_name,
          .company = person.company,
          .position = person.position,
          .email = person.email.value_or(""),
          .phone = person.phone,
          .picture = person.picture};
}

UserView::UserView(const config::Settings& settings, const fcgi::Request& request)
    : settings_(settings), base_url_(BaseUrl(settings.cocoaheads.public_url, request)) {}

std::string UserView::PhotoOf(const Profile& profile) const {
  return directory::Picture::FromColumn(profile.picture)
      .Address(base_url_, settings_.timeslot.cloudinary_cloud_name);
}

std::string UserView::User(const Profile& profile, std::string_view token) const {
  JsonWriter json;
  json.StartObject();
  NumberField(json, "id", profile.id.value);
  Field(json, "name", profile.name);
  Field(json, "lastname", profile.lastname);
  Field(json, "company", profile.company);
  Field(json, "position", profile.position);
  Field(json, "email", profile.email);
  Field(json, "phone", profile.phone);
  Field(json, "photo", PhotoOf(profile));
  if (!token.empty()) Field(json, "token", token);
  json.EndObject();
  return json.Take();
}

std::string UserView::AppUser(const Profile& profile) const {
  JsonWriter json;
  json.StartObject();
  NumberField(json, "id", profile.id.value);
  Field(json, "name", profile.name);
  Field(json, "lastname", profile.lastname);
  Field(json, "regStatus", RegStatus(profile));
  Field(json, "photo_url", PhotoOf(profile));
  Field(json, "company", profile.company);
  Field(json, "position", profile.position);
  Field(json, "phone", profile.phone);
  Field(json, "email", profile.email);
  json.EndObject();
  return json.Take();
}

}  // namespace rosterd::cocoaheads
