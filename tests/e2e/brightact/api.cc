#include "tests/e2e/brightact/api.h"

#include <stdexcept>

namespace rosterd::testing {

const Stack& BrightactStack() {
  static const Stack stack({.settings = {"throttle.enabled=off"}});
  return stack;
}

const std::string& AdminKey() {
  static const std::string key = BrightactStack().Credential("brightact", "admin_key");
  return key;
}

const std::string& UserKey() {
  static const std::string key = BrightactStack().Credential("brightact", "user_key");
  return key;
}

HttpResponse SendAsSdk(const SdkRequest& request, const Stack& stack) {
  std::string bytes = request.method + " /api/v1/" + request.target +
                      " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(stack.HttpPort()) +
                      "\r\nAccept: */*\r\n";
  for (const std::string& header : request.headers) bytes += header + "\r\n";
  if (!request.content_type.empty()) {
    bytes += "Content-Length: " + std::to_string(request.body.size()) +
             "\r\nContent-Type: " + request.content_type + "\r\n";
  }
  return SendRaw(stack.HttpPort(), bytes + "Connection: close\r\n\r\n" + request.body);
}

std::string WithKey(const std::string& path, const std::string& key) {
  return path + "?key=" + key;
}

SdkRequest MultipartPost(const std::string& target,
                         const std::vector<std::pair<std::string, std::string>>& fields) {
  const std::string boundary = "------------------------647526220ae2564b";
  SdkRequest request{.method = "POST", .target = target};
  request.content_type = "multipart/form-data; boundary=" + boundary;
  for (const auto& [name, value] : fields) {
    request.body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name +
                    "\"\r\n\r\n" + value + "\r\n";
  }
  request.body += "--" + boundary + "--\r\n";
  return request;
}

std::string AddUser(const std::string& username) {
  const HttpResponse response =
      SendAsSdk(MultipartPost(WithKey("user.json"), {{"username", username},
                                                     {"password", "secret"},
                                                     {"first_name", "Ann"},
                                                     {"last_name", "Lee"}}));
  const Json answer = ParseJson(response.body);
  if (response.status != 200 || !answer["id"].IsString()) throw std::runtime_error(response.body);
  return answer["id"].text;
}

std::string NewName(std::string_view prefix) {
  static int last = 0;
  return std::string(prefix) + std::to_string(++last);
}

}  // namespace rosterd::testing
