#include <algorithm>

#include "fcgi/ascii.h"
#include "fcgi/json.h"
#include "fcgi/multipart.h"
#include "tests/fuzz/fuzz.h"

namespace rosterd::fuzz {
namespace {

/// A boundary that none of the contents holds.
std::string FreshBoundary(const std::vector<fcgi::Part>& parts) {
  std::string boundary = "b";
  const auto holds = [&](const fcgi::Part& part) {
    return part.content.find("--" + boundary) != std::string::npos;
  };
  for (int i = 0; std::any_of(parts.begin(), parts.end(), holds); ++i)
    boundary = 'b' + std::to_string(i);
  return boundary;
}

std::string Write(const std::vector<fcgi::Part>& parts, const std::string& boundary) {
  std::string body;
  for (const auto& part : parts) {
    body += "--" + boundary + "\r\nContent-Type: " + part.content_type;
    body += "\r\nContent-Disposition: form-data; name*=utf-8''" + Percent(part.name);
    if (part.file_name) body += "; filename*=utf-8''" + Percent(*part.file_name);
    body += "\r\n\r\n" + part.content + "\r\n";
  }
  return body + "--" + boundary + "--\r\n";
}

bool IsSame(const fcgi::Part& a, const fcgi::Part& b) {
  return a.name == b.name && a.file_name == b.file_name && a.content_type == b.content_type &&
         a.content == b.content;
}

void Check(std::string_view type, std::string_view body) {
  const auto parts = fcgi::ParseMultipart(type, body);
  if (!parts) return;
  Require(parts->size() <= fcgi::MultipartLimits{}.parts);
  size_t bytes = 0;
  bool is_utf8 = true;
  for (const auto& part : *parts) {
    bytes += part.name.size() + part.content.size() + part.content_type.size();
    is_utf8 = is_utf8 && fcgi::IsUtf8(part.name) && fcgi::IsUtf8(part.file_name.value_or(""));
  }
  Require(bytes <= body.size());
  if (!is_utf8) return;

  const std::string boundary = FreshBoundary(*parts);
  fcgi::MultipartLimits wide;
  wide.header_bytes = 4 * body.size() + 1000;
  const auto same = fcgi::ParseMultipart("multipart/form-data; boundary=" + boundary,
                                         Write(*parts, boundary), wide);
  Require(same && std::equal(parts->begin(), parts->end(), same->begin(), same->end(), IsSame));
}

}  // namespace
}  // namespace rosterd::fuzz

/// The first line of the input is the Content-Type header, the rest the body.
int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  auto body = rosterd::fuzz::AsText(data, size);
  const auto type = rosterd::fcgi::CutUntil(body, '\n');
  rosterd::fuzz::Check(type, body);
  return 0;
}
