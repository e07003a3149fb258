#include "fcgi/host.h"

#include <algorithm>

#include "fcgi/ascii.h"

namespace rosterd::fcgi {
namespace {

constexpr size_t kLongestPort = 5;

bool IsDigit(char byte) { return byte >= '0' && byte <= '9'; }

bool IsName(std::string_view name) {
  const auto belongs = [](char byte) {
    const char lower = AsciiLower(byte);
    return (lower >= 'a' && lower <= 'z') || IsDigit(byte) || byte == '-' || byte == '.';
  };
  return !name.empty() && std::ranges::all_of(name, belongs);
}

// "" or ":8080"
bool IsPort(std::string_view port) {
  if (port.empty()) return true;
  port.remove_prefix(1);
  return !port.empty() && port.size() <= kLongestPort && std::ranges::all_of(port, IsDigit);
}

}  // namespace

std::string_view HostName(std::string_view host_and_port) {
  if (host_and_port.starts_with('[')) return host_and_port.substr(0, host_and_port.find(']') + 1);
  return host_and_port.substr(0, host_and_port.find(':'));
}

bool IsLoopbackName(std::string_view name) {
  return name == "localhost" || name.ends_with(".localhost") || name == "127.0.0.1" ||
         name == "[::1]";
}

std::string TrustedHost(const Request& request) {
  const std::string server = AsciiLower(request.Param("SERVER_NAME").value_or(""));
  std::string host = AsciiLower(request.Header("Host").value_or(""));
  const std::string_view name = HostName(host);
  const std::string_view rest = std::string_view(host).substr(name.size());
  const bool plain = (IsName(name) || name == "[::1]") && (rest.empty() || rest.front() == ':');
  if (plain && IsPort(rest) && (name == server || IsLoopbackName(name))) return host;
  return IsName(server) ? server : "localhost";
}

}  // namespace rosterd::fcgi
