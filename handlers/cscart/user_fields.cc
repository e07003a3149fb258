#include "handlers/cscart/user_fields.h"

namespace rosterd::cscart {

Result<UserFields, Problem> ReadUserFields(const Call& call, const config::Cscart& settings) {
  FieldReader reader(call.fields);
  UserFields fields;
  fields.account = ReadAccountFields(reader);
  fields.profile = ReadProfileFields(reader);
  fields.password = ReadPassword(reader, call.version, settings.min_password_length);
  fields.api_key = ReadApiKey(reader, call.caller);
  if (reader.FirstProblem()) return *reader.FirstProblem();
  return fields;
}

}  // namespace rosterd::cscart
