#include "handlers/bedita/gate.h"

#include <algorithm>
#include <utility>

#include "fcgi/json.h"
#include "fcgi/path.h"
#include "handlers/bedita/address.h"
#include "handlers/bedita/cors.h"
#include "handlers/bedita/document.h"

namespace rosterd::bedita {
namespace {

Problem NoRoute(const Call& call) {
  return {404, "A route matching \"" + call.path + "\" could not be found."};
}

// The header goes back into a JSON text.
Problem BadAccept(const Call& call, int status) {
  std::string header(call.request.Header("Accept").value_or(""));
  if (!fcgi::IsUtf8(header)) header.clear();
  return {status, "Bad request content type \"" + header + "\""};
}

bool HasHeader(const fcgi::Response& response, std::string_view name) {
  return std::ranges::any_of(response.headers,
                             [&](const auto& header) { return header.first == name; });
}

// These two refuse no Accept; a refusal of theirs has the type that is asked for.
Accepted AcceptOf(std::string_view pattern, std::string_view accept) {
  if (pattern == "status") return {Accepted::Verdict::kFine, StatusType(accept)};
  Accepted accepted = ReadAccept(accept);
  if (pattern.starts_with("model/schema/")) accepted.verdict = Accepted::Verdict::kFine;
  return accepted;
}

}  // namespace

Gate::Gate(const Services& services, RouteTable routes)
    : services_(services), routes_(std::move(routes)), authenticate_(services) {}

Call Gate::NewCall(const fcgi::Request& request) const {
  Call call{.request = request,
            .settings = services_.settings,
            .method = request.method == "HEAD" ? "GET" : request.method,
            .params = {}};
  call.base = BaseUrl(request, services_.settings.bedita);
  call.path = PathBehindPrefix(request);
  return call;
}

fcgi::Response Gate::operator()(const fcgi::Request& request) {
  Visit visit = Arrive(request);
  Answer answer = Pass(visit);
  return Finish(visit, answer ? *std::move(answer) : ToResponse(visit.call, answer.error()));
}

fcgi::Response Gate::Failed(const fcgi::Request& request, int status) const {
  const Visit visit = Arrive(request);
  const bool passes = status == 429 || status == 503;
  return Finish(
      visit, ToResponse(visit.call, passes ? Problem::Later(status, {}) : Problem::Plain(status)));
}

Gate::Visit Gate::Arrive(const fcgi::Request& request) const {
  Visit visit{.call = NewCall(request)};
  const std::string_view accept = request.Header("Accept").value_or("");
  visit.accepted = ReadAccept(accept);
  visit.call.type = visit.accepted.type;
  if (auto query = Query::Parse(request.query)) {
    visit.call.query = *std::move(query);
  } else {
    visit.readable_query = false;
  }
  auto path = fcgi::SplitPath(visit.call.path);
  visit.known = path.has_value();
  if (!path) return visit;
  visit.segments = std::move(path->segments);
  visit.match = routes_.Find(visit.call.method, visit.segments);
  if (!visit.match) return visit;
  visit.call.params = visit.match->params;
  visit.accepted = AcceptOf(visit.match->pattern, accept);
  visit.call.type = visit.accepted.type;
  return visit;
}

Answer Gate::Pass(Visit& visit) {
  Call& call = visit.call;
  if (visit.known && visit.segments.empty()) {
    fcgi::Response home = EmptyResponse(301);
    home.SetHeader("Location", call.base + "/home");
    return home;
  }
  if (!visit.match) return NoRoute(call);
  if (call.request.method == "OPTIONS") {
    fcgi::Response options = EmptyResponse(200);
    options.SetHeader("Allow", AllowValue(visit.match->allowed));
    return options;
  }
  if (auto refused = ReadJson(visit)) return *refused;
  if (auto refused = Identify(visit)) return *refused;
  if (auto refused = CheckAccept(visit)) return *refused;
  const Access access = visit.match->handler != nullptr ? visit.match->handler->access
                                                        : routes_.AccessOf(visit.match->pattern);
  if (auto refused = RefuseAccess(access, call.caller, call.Settings())) return *refused;
  if (auto refused = ReadInput(visit)) return *refused;
  if (auto refused = CheckMethod(visit)) return *refused;
  return visit.match->handler->endpoint(call);
}

Gate::Refused Gate::ReadJson(Visit& visit) const {
  const fcgi::Request& request = visit.call.request;
  if (request.body.size() > services_.settings.bedita.max_body) return Problem::Plain(413);
  if (request.body.empty() || !IsJsonType(request.content_type)) return std::nullopt;
  fcgi::JsonError error;
  visit.json = fcgi::ParseJson(request.body, error);
  return visit.json ? Refused() : Refused(Problem::Plain(400));
}

Gate::Refused Gate::Identify(Visit& visit) {
  const Route* route = visit.match->handler;
  if (route == nullptr) {
    return authenticate_.Identify(visit.call, routes_.AccessOf(visit.match->pattern));
  }
  if (route->access != Access::kSignIn) return authenticate_.Identify(visit.call, route->access);
  // The credentials are in the body; what is wrong with it otherwise, ReadInput says.
  const fcgi::Value* json = visit.json ? &*visit.json : nullptr;
  if (auto body = ReadBody(route->body, visit.call.request, json)) {
    visit.call.body = *std::move(body);
  }
  return authenticate_.SignIn(visit.call);
}

Gate::Refused Gate::CheckAccept(const Visit& visit) {
  if (visit.accepted.verdict != Accepted::Verdict::kRefused) return std::nullopt;
  return BadAccept(visit.call, 406);
}

Gate::Refused Gate::ReadInput(Visit& visit) {
  if (visit.accepted.verdict == Accepted::Verdict::kWithParameters) {
    return BadAccept(visit.call, 415);
  }
  const Route* route = visit.match->handler;
  // What cannot be read is refused last: CheckMethod.
  if (route == nullptr || !IsSupported(route->body, visit.call.request)) return std::nullopt;
  const fcgi::Value* json = visit.json ? &*visit.json : nullptr;
  auto body = ReadBody(route->body, visit.call.request, json);
  if (!body) return body.error();
  visit.call.body = *std::move(body);
  return std::nullopt;
}

Gate::Refused Gate::CheckMethod(const Visit& visit) {
  const Route* route = visit.match->handler;
  if (route == nullptr) {
    Problem problem = Problem::Plain(405);
    problem.headers.emplace_back("Allow", AllowValue(visit.match->allowed));
    return problem;
  }
  if (!IsSupported(route->body, visit.call.request)) return Problem::Plain(415);
  if (!visit.readable_query) return Problem::Plain(400);
  return std::nullopt;
}

fcgi::Response Gate::Finish(const Visit& visit, fcgi::Response response) const {
  const config::Bedita& settings = services_.settings.bedita;
  response.SetHeader("X-BEdita-Version", settings.version);
  response.SetHeader("X-Content-Type-Options", "nosniff");
  if (!HasHeader(response, "Cache-Control")) response.SetHeader("Cache-Control", "no-store");
  AddCorsHeaders(visit.call.request, settings, response);
  if (visit.match) response.route = routes_.Label(visit.match->pattern);
  response.person = visit.call.caller.id.value;
  return response;
}

}  // namespace rosterd::bedita
