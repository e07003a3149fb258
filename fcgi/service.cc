#include "fcgi/service.h"

#include <exception>
#include <string>

#include "config/log.h"
#include "fcgi/answer.h"
#include "fcgi/request_log.h"

namespace rosterd::fcgi {
namespace {

using Clock = std::chrono::steady_clock;

std::chrono::microseconds Since(Clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
}

void LogThrown(const Request& request, const char* where, const std::exception& thrown) {
  Log(Priority::kError, "id=" + request.request_id + " " + where + " threw: " + thrown.what());
}

}  // namespace

std::optional<std::chrono::microseconds> Service::Serve(Connection& connection) {
  slot_.BeginWork();
  const Clock::time_point start = Clock::now();
  const std::optional<Incoming> incoming = connection.Receive(limits_);
  if (!incoming) {
    slot_.EndWork();
    return std::nullopt;
  }
  const Request& request = incoming->request;
  const Response response = Answer(*incoming);
  if (SendAnswer(connection, request, response)) {
    connection.Finish();
  } else {
    connection.Abort();
  }
  const RequestTimes times{.total = Since(start), .database = application_.TakeDatabaseTime()};
  metrics_.CountRequest(request.dialect, response.route, response.status, times.total,
                        times.database);
  LogRequest(request, response, times);
  slot_.EndWork();
  return times.total;
}

Response Service::Answer(const Incoming& incoming) {
  if (incoming.refusal != 0) return Fail(incoming.request, incoming.refusal);
  try {
    return application_.Handle(incoming.request);
  } catch (const std::exception& thrown) {
    LogThrown(incoming.request, "the handler", thrown);
  }
  return Fail(incoming.request, 500);
}

Response Service::Fail(const Request& request, int status) {
  try {
    return application_.Failed(request, status);
  } catch (const std::exception& thrown) {
    LogThrown(request, "the error answer", thrown);
  }
  Response response;
  response.status = 500;
  return response;
}

bool Service::SendAnswer(Connection& connection, const Request& request, const Response& response) {
  if (!connection.Send(AnswerText(request, response))) return false;
  if (!response.stream || HasNoBody(request, response)) return true;
  return SendStream(connection, request, response);
}

bool Service::SendStream(Connection& connection, const Request& request, const Response& response) {
  try {
    while (const std::optional<std::string> piece = response.stream()) {
      if (!connection.Send(*piece)) return false;
      slot_.BeginWork();  // It moves on, so it is not stuck.
    }
    return true;
  } catch (const std::exception& thrown) {
    LogThrown(request, "the stream", thrown);
    return false;
  }
}

}  // namespace rosterd::fcgi
