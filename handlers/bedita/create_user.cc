#include <optional>
#include <string>
#include <utility>

#include "handlers/bedita/new_user.h"
#include "handlers/bedita/record_view.h"
#include "handlers/bedita/user_change.h"
#include "handlers/bedita/user_document.h"
#include "handlers/bedita/users.h"

namespace rosterd::bedita {

Answer CreateUser::operator()(const Call& call) const {
  // Before anything is done: a query that is refused has changed nothing.
  if (const auto query = ReadIncludes(call, db::bedita::Users()); !query) return query.error();
  NewUser wish;
  wish.creator = call.caller.id;
  const auto fields = ReadUserFields(call.body.attributes, {call.settings, /*creating=*/true});
  if (!fields) return WithTaken(services_.connection, call.body.attributes, 0, fields.error());
  wish.fields = *fields;
  const auto id = MakeUser(services_, call, wish);
  if (!id) return WithTaken(services_.connection, call.body.attributes, 0, id.error());

  UserDocument how;
  how.status = 201;
  how.location = call.base + "/users/" + std::to_string(id->value);
  Answer answer = ShowUser(services_, call, *id, how);
  if (answer) answer->reason = "OK";  // as the published page has it
  return answer;
}

}  // namespace rosterd::bedita
