#include "handlers/timeslot/delete_user.h"

#include <variant>

#include "db/timeslot/image_store.h"
#include "db/timeslot/profile_store.h"
#include "db/timeslot/relation_store.h"
#include "handlers/timeslot/answer.h"
#include "handlers/timeslot/views.h"

namespace rosterd::timeslot {

Answer DeleteUser::operator()(const Call& call) const {
  using directory::Outcome;
  db::timeslot::User user;
  Relations relations;
  const bool tag = services_.settings.timeslot.tag_replaced_images;
  // Friendships and memberships stay as they are: nobody sees those of a deleted person, and who is
  // restored has them again.
  const auto leave = [&](db::Session& session, db::Person& person,
                         directory::EditExtras& extras) -> Outcome<std::monostate> {
    if (person.deleted_at) return directory::Refusal::Kind::kNotFound;
    using db::timeslot::ProfileStore;
    user.profile = ProfileStore::FindLocked(session, person.id).value_or(user.profile);
    relations.memberships = db::timeslot::RelationStore::Memberships(session, person.id);
    if (db::timeslot::ImageStore::Supersede(session, person.id, db::Now(), tag)) {
      extras.more_fields.emplace_back("timeslot_images");
    }
    person.picture.clear();
    extras.deleted = true;
    return std::monostate();
  };
  const auto deleted = services_.persons.Amend(call.ToActor(), call.caller.id, leave);
  if (!deleted) return ToCallersProblem(deleted.error());
  user.person = *deleted;
  return JsonAnswer(200, OwnUser(user, relations, call.BaseUrl()));
}

}  // namespace rosterd::timeslot
