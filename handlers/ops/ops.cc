#include "handlers/ops/ops.h"

#include <utility>

#include "db/migrator.h"
#include "handlers/json_writer.h"

namespace rosterd::ops {
namespace {

using fcgi::Request;
using fcgi::Response;

Response Json(int status, std::string_view state, std::string_view reason) {
  JsonWriter json;
  json.StartObject();
  Field(json, "status", state);
  if (!reason.empty()) Field(json, "reason", reason);
  json.EndObject();

  Response response;
  response.status = status;
  response.SetHeader("Content-Type", "application/json");
  response.SetHeader("Cache-Control", "no-store");
  response.body = json.Take();
  return response;
}

Response NotReady(std::string_view reason) {
  Response response = Json(503, "unavailable", reason);
  response.SetHeader("Retry-After", "5");
  return response;
}

class Ops final : public Dialect {
 public:
  Ops(db::Connection& connection, std::function<std::string()> metrics)
      : connection_(connection), metrics_(std::move(metrics)) {}

  Response Handle(const Request& request) override {
    if (request.method != "GET" && request.method != "HEAD") return MethodNotAllowed();
    if (request.raw_path == "/healthz") return Routed("/healthz", Json(200, "ok", ""));
    if (request.raw_path == "/readyz") return Routed("/readyz", Ready());
    if (request.raw_path == "/metrics") return Routed("/metrics", Metrics());
    return Json(404, "not found", "there is /healthz, /readyz and /metrics");
  }

  Response Failed(const Request& /*request*/, int status) override {
    return Json(status, "error", fcgi::ReasonPhrase(status));
  }

 private:
  static Response Routed(std::string_view route, Response response) {
    response.route = route;
    return response;
  }

  static Response MethodNotAllowed() {
    Response response = Json(405, "method not allowed", "");
    response.SetHeader("Allow", "GET, HEAD");
    return response;
  }

  Response Ready() {
    const auto version = db::SchemaVersion(connection_);
    if (!version) return NotReady("no database answers");
    if (*version < db::kSchemaVersion)
      return NotReady("the schema is too old: run rosterctl migrate");
    return Json(200, "ready", "");
  }

  Response Metrics() {
    Response response;
    response.SetHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    response.SetHeader("Cache-Control", "no-store");
    response.body = metrics_();
    return response;
  }

  db::Connection& connection_;
  std::function<std::string()> metrics_;
};

}  // namespace

std::unique_ptr<Dialect> MakeOps(db::Connection& connection, std::function<std::string()> metrics) {
  return std::make_unique<Ops>(connection, std::move(metrics));
}

}  // namespace rosterd::ops
