#include "tests/fcgi/test_application.h"

#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

#include "config/log.h"
#include "fcgi/server.h"

namespace rosterd::fcgi::testing {
namespace {

using namespace std::chrono_literals;

Response Text(std::string body) {
  Response response;
  response.SetHeader("Content-Type", "text/plain");
  response.body = std::move(body);
  return response;
}

Response Pieces(int count, std::chrono::milliseconds pause, bool breaks) {
  Response response = Text("");
  response.stream = [next = 0, count, pause, breaks]() mutable -> std::optional<std::string> {
    std::this_thread::sleep_for(pause);
    if (next < count) return "piece " + std::to_string(next++) + "\n";
    if (breaks) throw std::runtime_error("the stream is torn");
    return std::nullopt;
  };
  return response;
}

}  // namespace

Response TestApplication::Handle(const Request& request) {
  const std::string& path = request.raw_path;
  const int number = static_cast<int>(std::strtol(request.query.c_str(), nullptr, 10));
  if (path == "/pid") return Text(std::to_string(::getpid()));
  if (path == "/sleep") {
    Log(Priority::kNotice, "sleeping");
    std::this_thread::sleep_for(std::chrono::milliseconds(number));
    return Text("slept");
  }
  if (path == "/throw") throw std::runtime_error("the handler is broken");
  if (path == "/big") return Text(std::string(static_cast<size_t>(number), 'x'));
  if (path == "/stream") return Pieces(number, 0ms, false);
  if (path == "/break") return Pieces(number, 0ms, true);
  if (path == "/drip") return Pieces(number, 100ms, false);
  if (path == "/metrics") return Text(PoolMetrics());
  if (path == "/grow") {
    kept_.append(static_cast<size_t>(number) << 20U, 'm');
    return Text("grown");
  }
  Response response = Text(request.method + ' ' + path + '?' + request.query + ' ' + request.body);
  if (path == "/nothing") response.status = 204;
  response.route = "echo";
  response.person = 7;
  return response;
}

Response TestApplication::Failed(const Request& /*request*/, int status) {
  Response response = Text("failed " + std::to_string(status));
  response.status = status;
  return response;
}

}  // namespace rosterd::fcgi::testing
