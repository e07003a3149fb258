#include "handlers/timeslot/call.h"

#include <algorithm>
#include <string_view>

#include "fcgi/host.h"

namespace rosterd::timeslot {
namespace {

// It goes into links and headers: a name or address with a port, nothing else.
bool IsHost(std::string_view host) {
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._:[]").find(c) != std::string_view::npos;
  });
}

std::string Url(const fcgi::Request& request, std::string_view host) {
  std::string url = request.https ? "https://" : "http://";
  url.append(host).append(request.prefix);
  while (url.ends_with('/')) url.pop_back();
  return url;
}

}  // namespace

directory::Actor Call::ToActor() const {
  directory::Actor actor;
  actor.dialect = "timeslot";
  actor.user = caller.id;
  if (caller.credential != 0) actor.credential = "token:" + std::to_string(caller.credential);
  actor.address = request.remote_address;
  actor.request_id = request.request_id;
  return actor;
}

std::string Call::BaseUrl() const {
  std::string_view host = request.Header("Host").value_or("");
  if (!IsHost(host)) host = request.Param("SERVER_NAME").value_or("");
  return Url(request, IsHost(host) ? host : "localhost");
}

std::string Call::MailedBaseUrl() const { return Url(request, fcgi::TrustedHost(request)); }

}  // namespace rosterd::timeslot
