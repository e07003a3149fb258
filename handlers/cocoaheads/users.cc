#include "handlers/cocoaheads/users.h"

#include <algorithm>
#include <utility>

#include "handlers/cocoaheads/profile_change.h"
#include "handlers/cocoaheads/views.h"

namespace rosterd::cocoaheads {

Answer GetUser::operator()(const Call& call) const {
  const UserView view(services_.settings, call.request);
  fcgi::Response response = JsonResponse(200, view.User(call.caller.profile));
  response.SetHeader("Cache-Control", "private, no-cache");
  response.SetHeader("Vary", "user-token, Authorization");
  return response;
}

Answer UpdateUser::operator()(const Call& call) const {
  auto change = ReadProfile(call.fields);
  if (!change) return change.error();
  auto photo = ReadPhoto(call.fields, services_.settings.cocoaheads.max_photo);
  if (!photo) return photo.error();
  change->photo = *std::move(photo);

  const auto person = ChangeProfile(services_, call.ToActor(), call.caller.Id(), *change);
  if (!person) return person.error();
  const UserView view(services_.settings, call.request);
  return JsonResponse(200, view.User(ToProfile(*person)));
}

}  // namespace rosterd::cocoaheads
