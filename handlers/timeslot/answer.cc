#include "handlers/timeslot/answer.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "handlers/timeslot/digest.h"
#include "handlers/timeslot/own_request_id.h"

namespace rosterd::timeslot {
namespace {

constexpr std::string_view kJson = "application/json; charset=utf-8";

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// If-None-Match compares weakly (RFC 9110 section 13.1.2).
bool Lists(std::string_view header, std::string_view tag) {
  while (!header.empty()) {
    const size_t comma = header.find(',');
    std::string_view entry = Trim(header.substr(0, comma));
    if (entry.starts_with("W/")) entry.remove_prefix(2);
    if (entry == "*" || entry == tag) return true;
    header.remove_prefix(comma == std::string_view::npos ? header.size() : comma + 1);
  }
  return false;
}

bool Brings(const fcgi::Response& response, std::string_view name) {
  return std::any_of(response.headers.begin(), response.headers.end(),
                     [&](const auto& header) { return header.first == name; });
}

bool IsRead(const fcgi::Request& request) {
  return request.method == "GET" || request.method == "HEAD";
}

// The client has this answer already: what is left of it is its frame.
void Empty(fcgi::Response& response) {
  response.status = 304;
  response.body.clear();
  std::erase_if(response.headers,
                [](const auto& header) { return header.first == "Content-Type"; });
}

void AddCaching(const fcgi::Request& request, fcgi::Response& response) {
  if (response.status != 200 && response.status != 201) {
    response.SetHeader("Cache-Control", "no-cache");
    return;
  }
  const std::string tag = '"' + HexMd5(response.body) + '"';
  const bool is_known = Lists(request.Header("If-None-Match").value_or(""), tag);
  if (IsRead(request) && response.status == 200 && is_known) Empty(response);
  response.SetHeader("ETag", tag);
  response.SetHeader("Cache-Control", "max-age=0, private, must-revalidate");
}

// "0.024694"
std::string Seconds(std::chrono::microseconds time) {
  constexpr std::chrono::microseconds::rep kSecond = 1'000'000;
  std::string fraction = std::to_string(time.count() % kSecond);
  fraction.insert(0, 6 - fraction.size(), '0');
  return std::to_string(time.count() / kSecond) + '.' + fraction;
}

// A reason phrase as the clients know it: newer registries word 413 and 422 differently.
std::string_view Reason(int status) {
  if (status == 413) return "Payload Too Large";
  return status == 422 ? "Unprocessable Entity" : "";
}

}  // namespace

fcgi::Response JsonAnswer(int status, std::string body) {
  fcgi::Response response;
  response.status = status;
  response.SetHeader("Content-Type", std::string(kJson));
  response.body = std::move(body);
  return response;
}

fcgi::Response OneSpaceAnswer() {
  fcgi::Response response = JsonAnswer(200, " ");
  response.SetHeader("Content-Type", "application/json");
  return response;
}

fcgi::Response ToResponse(const Problem& problem) {
  fcgi::Response response = JsonAnswer(problem.status, problem.body);
  if (problem.body == " ") response.SetHeader("Content-Type", "application/json");
  for (const auto& [name, value] : problem.headers) response.SetHeader(name, value);
  return response;
}

fcgi::Response Framed(const fcgi::Request& request, fcgi::Response response,
                      std::chrono::microseconds took) {
  if (!Brings(response, "Cache-Control")) AddCaching(request, response);
  response.reason = Reason(response.status);
  if (!Brings(response, "X-Frame-Options")) response.SetHeader("X-Frame-Options", "SAMEORIGIN");
  response.SetHeader("X-XSS-Protection", "1; mode=block");
  response.SetHeader("X-Content-Type-Options", "nosniff");
  response.SetHeader("X-Request-Id", OwnRequestId(request));
  response.SetHeader("X-Runtime", Seconds(took));
  return response;
}

}  // namespace rosterd::timeslot
