#include "handlers/cscart/small.h"

#include "handlers/json_writer.h"

namespace rosterd::cscart {
fcgi::Response Banner(const config::Cscart& settings) {
  fcgi::Response response = EmptyResponse(200);
  response.SetHeader("Content-Type", "text/html");
  response.body = settings.banner_name + " <b>" + settings.banner_version + " </b>";
  return response;
}

Answer GetVersion(const Call& call) {
  JsonWriter json;
  json.StartObject();
  Field(json, "Version", call.version_name);
  json.EndObject();
  return JsonResponse(200, json.Take());
}

Answer ListVersions(const Call&) { return JsonResponse(200, R"(["1.0","2.0","2.1","4.0","4.1"])"); }

}  // namespace rosterd::cscart
