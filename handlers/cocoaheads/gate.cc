#include "handlers/cocoaheads/gate.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string>
#include <utility>

#include "handlers/cocoaheads/allow.h"

namespace rosterd::cocoaheads {
namespace {

bool TakesBody(std::string_view method) { return method == "POST" || method == "PATCH"; }

bool NamesUser(std::string_view pattern) { return pattern.ends_with("{id}"); }

UserId ToUserId(std::string_view segment) {
  UserId id;
  std::from_chars(segment.data(), segment.data() + segment.size(), id.value);
  return id;
}

}  // namespace

Gate::Gate(const Services& services, fcgi::Router<Route> routes, Facade facade)
    : services_(services),
      routes_(std::move(routes)),
      facade_(std::move(facade)),
      authenticate_(services) {}

fcgi::Response Gate::operator()(const fcgi::Request& request) const {
  const auto address = ParseAddress(request);
  if (!address) return ToResponse(Problem::Plain(404));
  if (address->facade && facade_.IsOn()) return facade_(request, address->segments);
  const auto match = routes_.Find(request.method, address->segments);
  const bool known = match && (!NamesUser(match->pattern) || IsId(address->segments.back()));
  if (!known) return ToResponse(Problem::Plain(404));
  return Serve(request, *match, *address);
}

fcgi::Response Gate::Refuse(const fcgi::Request& request, const Problem& problem) const {
  const auto address = ParseAddress(request);
  const bool by_facade = address && address->facade && facade_.IsOn();
  return by_facade ? Facade::ToResponse(problem) : ToResponse(problem);
}

std::vector<fcgi::RouteLine> Gate::RouteLines() const {
  std::vector<fcgi::RouteLine> lines = routes_.Lines();
  if (facade_.IsOn()) std::ranges::copy(facade_.RouteLines(), std::back_inserter(lines));
  return lines;
}

fcgi::Response Gate::Serve(const fcgi::Request& request, const Match& match,
                           const Address& address) const {
  Call call{.request = request};
  fcgi::Response response;
  if (request.method == "OPTIONS") {
    response = OptionsResponse(match.allowed);
  } else {
    Answer answer = Pass(call, match, address);
    response = answer ? *std::move(answer) : ToResponse(answer.error());
  }
  response.route = match.pattern;
  if (response.person == 0) response.person = call.caller.Id().value;
  return response;
}

Answer Gate::Pass(Call& call, const Match& match, const Address& address) const {
  if (match.handler == nullptr) return Problem::MethodNotAllowed(AllowValue(match.allowed));
  if (!authenticate_.KnowsApplication(call.request)) {
    return Problem{401, "The application token is missing or not valid"};
  }
  if (!match.handler->open) {
    auto caller = authenticate_(call.request);
    if (!caller) return caller.error();
    call.caller = *std::move(caller);
  }
  if (NamesUser(match.pattern)) {
    if (auto problem = CheckOwner(call, address.segments.back())) return *problem;
  }
  if (TakesBody(call.request.method)) {
    auto fields = ReadFields(call.request, services_.settings.cocoaheads.max_body);
    if (!fields) return fields.error();
    call.fields = *std::move(fields);
  }
  return match.handler->handler(call);
}

std::optional<Problem> Gate::CheckOwner(const Call& call, std::string_view segment) const {
  const UserId id = ToUserId(segment);
  if (id == call.caller.Id()) return std::nullopt;
  const auto exists = services_.connection.Read([&](db::Session& session) -> db::StoreResult<bool> {
    return db::cocoaheads::ProfileStore::Exists(session, id);
  });
  if (!exists) return ToProblem(exists.error());
  return Problem::Plain(*exists ? 403 : 404);
}

}  // namespace rosterd::cocoaheads
