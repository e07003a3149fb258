#include "handlers/timeslot/media_signature.h"

#include <string>
#include <string_view>
#include <variant>

#include "db/time.h"
#include "handlers/json_writer.h"
#include "handlers/timeslot/answer.h"
#include "handlers/timeslot/upload_signature.h"
#include "handlers/timeslot/use_limit.h"

namespace rosterd::timeslot {
namespace {

std::string SignatureJson(const std::string& api_key, const std::string& secret,
                          std::string_view form) {
  const std::string public_id = MakePublicId();
  const std::string timestamp = SignatureTimestamp(db::Now(), form);
  JsonWriter json;
  json.StartObject();
  Field(json, "signature",
        SignUpload({{"public_id", public_id}, {"timestamp", timestamp}}, secret));
  json.Key("apiKey");
  if (IsNumberKey(api_key)) {
    json.RawNumber(api_key);
  } else {
    json.Text(api_key);
  }
  Field(json, "publicId", public_id);
  Field(json, "timestamp", timestamp);
  json.EndObject();
  return json.Take();
}

}  // namespace

Answer GetMediaSignature::operator()(const Call& call) const {
  const config::Timeslot& settings = services_.settings.timeslot;
  if (settings.cloudinary_api_key.empty()) return Problem::Text(503, "Must supply api_key");
  if (settings.cloudinary_api_secret.empty()) return Problem::Text(503, "Must supply api_secret");

  const auto limit = HourlyLimit("timeslot.signature.address", call.request.remote_address,
                                 settings.signatures_per_address);
  const auto counted = services_.connection.Transaction(
      [&](db::Session& session) { return CountUse(session, services_.throttle, {limit}); });
  if (!counted) return ToProblem(counted.error());
  return JsonAnswer(201, SignatureJson(settings.cloudinary_api_key, settings.cloudinary_api_secret,
                                       settings.signature_timestamp));
}

}  // namespace rosterd::timeslot
