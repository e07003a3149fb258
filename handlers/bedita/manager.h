#pragma once

#include "handlers/bedita/call.h"

namespace rosterd::bedita {

// What BEdita Manager calls beside users and roles; none of them asks the store. Contract: section
// 16.

/// GET /model/schema/{type}: the JSON Schema of users or roles, with an ETag; `objects` is "false".
Answer ModelSchema(const Call& call);

/// GET /model/object_types: users are the only one.
Answer ListObjectTypes(const Call& call);
/// GET /model/object_types/{name}.
Answer GetObjectType(const Call& call);

/// GET /config, /history, /model/relations and others: an empty list.
Answer ListNothing(const Call& call);

}  // namespace rosterd::bedita
