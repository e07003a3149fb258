#include "handlers/timeslot/gate.h"

#include <chrono>
#include <utility>

#include "handlers/timeslot/answer.h"

namespace rosterd::timeslot {

fcgi::Response Gate::operator()(const fcgi::Request& request) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point start = Clock::now();
  Trace trace;
  Answer answer = Pass(request, trace);
  fcgi::Response response = answer ? *std::move(answer) : ToResponse(answer.error());
  response.route = trace.route;
  response.person = trace.person.value;
  return Framed(request, std::move(response),
                std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start));
}

Answer Gate::Pass(const fcgi::Request& request, Trace& trace) {
  if (request.body.size() > services_.settings.timeslot.max_body) return Problem::Plain(413);
  // A DELETE takes any body for none (6.9).
  std::optional<Body> body = request.method == "DELETE" ? Body() : ReadBody(request);
  if (!body) return Problem::Plain(400);

  const auto segments = SegmentsOf(request);
  if (!segments) return Problem::Plain(404);
  auto match = routes_.Find(request.method, *segments);
  if (!match) return Problem::Plain(404);
  trace.route = match->pattern;

  Call call{.request = request,
            .caller = {},
            .params = std::move(match->params),
            .body = std::move(*body)};
  if (match->handler->token == Token::kRequired) {
    const auto caller = authenticate_(request);
    if (!caller) return caller.error();
    call.caller = *caller;
    trace.person = caller->id;
  }
  return match->handler->handler(call);
}

}  // namespace rosterd::timeslot
