#include "fcgi/service.h"

#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include "config/log.h"
#include "fcgi/answer.h"
#include "fcgi/request_log.h"

namespace rosterd::fcgi {
namespace {

using Clock = std::chrono::steady_clock;

// What a writable unix socket takes without blocking: at least three quarters of its buffer of 208
// KiB are free then.
constexpr size_t kAtOnce = size_t{64} * 1024;

// Of answers that are kept: all together, and since the first of them was begun.
constexpr size_t kMostHeld = size_t{128} * 1024;
constexpr std::chrono::milliseconds kLongestHold{4};

std::chrono::microseconds Since(Clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
}

void LogThrown(const Request& request, const char* where, const std::exception& thrown) {
  Log(Priority::kError, "id=" + request.request_id + " " + where + " threw: " + thrown.what());
}

}  // namespace

Served Service::Serve(Connection& connection, bool may_stream, bool others_wait) {
  slot_.BeginWork();
  const Clock::time_point start = Clock::now();
  std::optional<Incoming> incoming = connection.Receive(limits_);
  if (!incoming) {
    slot_.EndWork();
    return {};
  }
  const bool is_quick = incoming->refusal == 0 && application_.IsQuick(incoming->request);
  if (!is_quick) SendHeld();
  OpenAnswer answer{.response = Answer(*incoming, may_stream), .started = start};
  answer.request = std::move(incoming->request);
  const std::string text = AnswerText(answer.request, answer.response);
  const bool is_stream = answer.response.stream && !HasNoBody(answer.request, answer.response);
  answer.database = application_.TakeDatabaseTime();
  Served served{.took = Since(start)};
  if (is_quick && !is_stream && others_wait && Hold(connection, answer, text)) {
    slot_.EndWork();
    return served;
  }
  SendHeld();
  const bool sent = is_stream ? connection.Send(text) : connection.SendWhole(text);
  if (sent && is_stream) {
    served.rest = std::make_unique<OpenAnswer>(std::move(answer));
  } else {
    End(connection, answer, sent ? Progress::kWhole : Progress::kBroken);
  }
  slot_.EndWork();
  return served;
}

bool Service::Hold(Connection& connection, OpenAnswer& answer, std::string_view text) {
  if (!connection.Hold(text)) return false;
  held_bytes_ += text.size();
  held_.push_back({connection, std::move(answer)});
  if (held_bytes_ >= kMostHeld || Since(held_.front().answer.started) > kLongestHold) SendHeld();
  return true;
}

void Service::SendHeld() {
  for (const auto& [connection, answer] : held_) {
    connection.SendHeld();
    Note(answer);
  }
  held_.clear();
  held_bytes_ = 0;
}

bool Service::Continue(Connection& connection, OpenAnswer& answer) {
  slot_.BeginWork();
  Progress progress = Progress::kBroken;
  try {
    progress = SendMore(connection, answer);
  } catch (const std::exception& thrown) {
    LogThrown(answer.request, "the stream", thrown);
  }
  answer.database += application_.TakeDatabaseTime();
  if (progress != Progress::kMore) End(connection, answer, progress);
  slot_.EndWork();
  return progress == Progress::kMore;
}

Service::Progress Service::SendMore(Connection& connection, OpenAnswer& answer) {
  if (answer.sent == answer.piece.size()) {
    std::optional<std::string> piece = answer.response.stream();
    if (!piece) return Progress::kWhole;
    answer.piece = *std::move(piece);
    answer.sent = 0;
  }
  const std::string_view part = std::string_view(answer.piece).substr(answer.sent, kAtOnce);
  if (!connection.Send(part)) return Progress::kBroken;
  answer.sent += part.size();
  return Progress::kMore;
}

void Service::End(Connection& connection, const OpenAnswer& answer, Progress progress) {
  if (progress == Progress::kWhole) {
    connection.Finish();
  } else {
    connection.Abort();
  }
  Note(answer);
}

void Service::Note(const OpenAnswer& answer) {
  const RequestTimes times{.total = Since(answer.started), .database = answer.database};
  metrics_.CountRequest(answer.request.dialect, answer.response.route, answer.response.status,
                        times.total, times.database);
  LogRequest(answer.request, answer.response, times);
}

Response Service::Answer(const Incoming& incoming, bool may_stream) {
  if (incoming.refusal != 0) return Fail(incoming.request, incoming.refusal);
  try {
    Response response = application_.Handle(incoming.request);
    if (!response.stream || may_stream) return response;
    return Fail(incoming.request, 503);
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

}  // namespace rosterd::fcgi
