// hello SOCKET: answers every request with its path. The smallest program on rosterd_fcgi.
#include "fcgi/server.h"
#include "fcgi/shared.h"

namespace {

class Hello final : public rosterd::fcgi::Application {
 public:
  rosterd::fcgi::Response Handle(const rosterd::fcgi::Request& request) override {
    rosterd::fcgi::Response response;
    response.SetHeader("Content-Type", "text/plain");
    response.body = "Hello from " + request.raw_path + "\n";
    return response;
  }
  rosterd::fcgi::Response Failed(const rosterd::fcgi::Request& /*request*/, int status) override {
    rosterd::fcgi::Response response;
    response.status = status;
    return response;
  }
};

}  // namespace

int main(int count, char** arguments) {
  const rosterd::fcgi::Shared<rosterd::fcgi::Metrics> metrics;
  rosterd::fcgi::ServerOptions options;
  options.pools = {{.name = "hello", .socket = count > 1 ? arguments[1] : "/tmp/hello.sock"}};
  return RunServer(options, {.make_application = std::make_unique<Hello>}, *metrics);
}
