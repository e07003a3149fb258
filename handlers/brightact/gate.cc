#include "handlers/brightact/gate.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "handlers/brightact/address.h"

namespace rosterd::brightact {
namespace {

// A HEAD would reset the password, too.
bool AnswersHead(std::string_view pattern) {
  return pattern.find("resetUserPassword") == std::string_view::npos;
}

std::string AllowValue(const Routes::Match& match) {
  std::string allow;
  for (const std::string_view method : match.allowed) {
    allow.append(method).append(", ");
    if (method == "GET" && AnswersHead(match.pattern)) allow += "HEAD, ";
  }
  return allow + "OPTIONS";
}

fcgi::Response Options(const Routes::Match& match) {
  fcgi::Response response;
  response.status = 204;
  response.SetHeader("Allow", AllowValue(match));
  response.SetHeader("Cache-Control", "no-store");
  return response;
}

/// The id that a path of this pattern holds; the problem 404 when it is none.
Result<PathId, Problem> IdOf(const Routes::Match& match) {
  const bool of_user = match.pattern.ends_with("{uid}");
  if (!of_user && !match.pattern.ends_with("{oid}")) return PathId{};
  const auto id = ParsePathId(match.params.Get(of_user ? "uid" : "oid"), of_user);
  if (!id) return Problem::Of(404);
  return *id;
}

bool May(const Caller& caller, Right right, uint64_t id) {
  switch (right) {
    case Right::kAdmin:
      return caller.admin;
    case Right::kAdminNotOnSelf:
      return caller.admin && id != caller.id.value;
    case Right::kOwnOrAdmin:
      break;
  }
  return caller.admin || id == caller.id.value;
}

}  // namespace

Gate::Gate(const Services& services, Routes routes)
    : routes_(std::move(routes)), authenticate_(services) {}

fcgi::Response Gate::operator()(const fcgi::Request& request) {
  Trace trace;
  Answer answer = Pass(request, trace);
  fcgi::Response response = answer ? *std::move(answer) : ToResponse(answer.error());
  response.route = trace.route;
  response.person = trace.person.value;
  return response;
}

Answer Gate::Pass(const fcgi::Request& request, Trace& trace) {
  const auto address = ParseAddress(request);
  if (!address) return Problem::Of(404);
  std::string_view method = request.method;
  if (method == "HEAD") method = "GET";
  auto match = routes_.Find(method, address->segments);
  if (!match) return Problem::Of(404);
  // The parameters of a pattern are only read for a method that it has.
  if (match->handler == nullptr && !match->allowed.empty()) {
    match->params = routes_.Find(match->allowed.front(), address->segments)->params;
  }
  const auto id = IdOf(*match);
  if (!id) return id.error();
  trace.route = match->pattern;

  if (request.method == "OPTIONS") return Options(*match);
  const bool refused_head = request.method == "HEAD" && !AnswersHead(match->pattern);
  if (match->handler == nullptr || refused_head) {
    return Problem::MethodNotAllowed(AllowValue(*match));
  }
  if (address->xml) return Problem::Of(406);

  const auto caller = authenticate_(request);
  if (!caller) return caller.error();
  trace.person = caller->id;
  const uint64_t target = id->my ? caller->id.value : id->number;
  if (!May(*caller, match->handler->right, target)) return Problem::Of(403);
  return match->handler->handler(Call{request, *caller, target});
}

}  // namespace rosterd::brightact
