#include "handlers/cocoaheads/facade.h"

#include <string_view>
#include <utility>

#include "handlers/cocoaheads/allow.h"
#include "handlers/cocoaheads/clients.h"
#include "handlers/cocoaheads/profile_change.h"
#include "handlers/cocoaheads/views.h"
#include "handlers/json_writer.h"

namespace rosterd::cocoaheads {
namespace {

fcgi::Response Done() { return JsonResponse(200, R"({"code":200,"answer":"ok"})"); }

/// The three words that the app knows.
std::string_view ErrorOf(int status) {
  if (status == 401 || status == 403) return "accessForbidden";
  return status == 404 ? "notFound" : "failedRequest";
}

}  // namespace

Facade::Facade(const Services& services) : services_(services), authenticate_(services) {
  routes_.Add("POST", "/method/user/profile", &Facade::ShowProfile);
  routes_.Add("POST", "/method/user/edit", &Facade::EditProfile);
  routes_.Add("POST", "/method/user/register_push", &Facade::RegisterPush);
  routes_.Add("POST", "/method/user/update_photo", &Facade::UpdatePhoto);
  routes_.Add("POST", "/method/user/auth", kSignIn);
}

fcgi::Response Facade::ToResponse(const Problem& problem) {
  JsonWriter json;
  json.StartObject();
  NumberField(json, "code", static_cast<uint64_t>(problem.status));
  Field(json, "answer", problem.reason);
  Field(json, "error", ErrorOf(problem.status));
  json.EndObject();
  fcgi::Response response = JsonResponse(problem.status, json.Take());
  for (const auto& [name, value] : problem.headers) response.SetHeader(name, value);
  return response;
}

fcgi::Response Facade::operator()(const fcgi::Request& request,
                                  const std::vector<std::string>& segments) const {
  const auto match = routes_.Find(request.method, segments);
  if (!match) return ToResponse(Problem::Plain(404));
  Call call{.request = request};
  fcgi::Response response;
  if (request.method == "OPTIONS") {
    response = OptionsResponse(match->allowed);
  } else {
    Answer answer = Pass(call, *match);
    response = answer ? *std::move(answer) : ToResponse(answer.error());
  }
  response.route = match->pattern;
  response.person = call.caller.Id().value;
  return response;
}

Answer Facade::Pass(Call& call, const Match& match) const {
  if (match.handler == nullptr) return Problem::MethodNotAllowed(AllowValue(match.allowed));
  auto fields = ReadFields(call.request, services_.settings.cocoaheads.max_body);
  if (!fields) return fields.error();
  call.fields = *std::move(fields);
  const Method method = *match.handler;
  // Its token is a social network's, which nobody here can verify.
  if (method == kSignIn) return Problem{501, "Social sign-in is not configured"};

  const std::string* const token = call.fields.Raw("token");
  auto caller = authenticate_.OwnerOf(token == nullptr ? std::string_view() : Trim(*token));
  if (!caller) return caller.error();
  call.caller = *std::move(caller);
  return (this->*method)(call);
}

Answer Facade::ShowProfile(const Call& call) const {
  const UserView view(services_.settings, call.request);
  return JsonResponse(200, view.AppUser(call.caller.profile));
}

Answer Facade::EditProfile(const Call& call) const {
  auto change = ReadProfile(call.fields, "last_name");
  if (!change) return change.error();
  if (!change->name || !change->lastname || !change->email) {
    return Problem::Bad("name, last_name and email are required");
  }
  // The app sends all six each time: what is not there is to be empty.
  for (auto* text : {&change->phone, &change->company, &change->position}) {
    if (!*text) text->emplace();
  }
  const auto person = ChangeProfile(services_, call.ToActor(), call.caller.Id(), *change);
  if (!person) return person.error();
  return Done();
}

Answer Facade::RegisterPush(const Call& call) const {
  const auto push_token = ReadPushToken(call);
  if (!push_token) return push_token.error();
  const auto client = Register(services_, call, *push_token);
  if (!client) return client.error();
  return Done();
}

Answer Facade::UpdatePhoto(const Call& call) const {
  ProfileChange change;
  auto photo = ReadPhoto(call.fields, services_.settings.cocoaheads.max_photo);
  if (!photo) return photo.error();
  if (photo->kind == PhotoWish::Kind::kKeep) return Problem::Bad("Missing: photo");
  change.photo = *std::move(photo);
  const auto person = ChangeProfile(services_, call.ToActor(), call.caller.Id(), change);
  if (!person) return person.error();
  return Done();
}

}  // namespace rosterd::cocoaheads
