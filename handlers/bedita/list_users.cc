#include "db/bedita/record_store.h"
#include "handlers/bedita/list_page.h"
#include "handlers/bedita/related.h"
#include "handlers/bedita/sight.h"
#include "handlers/bedita/single.h"
#include "handlers/bedita/users.h"

namespace rosterd::bedita {

// The seed's `?id=` narrows the collection, `?id=&roles` stands for the roles of that user.
Answer ListUsers::operator()(const Call& call) const {
  List list{db::bedita::Users()};
  list.base = Present(call);
  const auto id = call.query.Text("id");
  if (!id) return ShowList(services_, call, list);
  const auto number = ParseId(*id);
  if (call.query.Has("roles")) {
    return ShowRelated(services_, call, db::bedita::Users(), {number.value_or(0), {}},
                       /*identifiers=*/false);
  }
  db::bedita::Condition condition;
  if (number) condition.values.push_back(std::to_string(*number));
  list.base.conditions.push_back(std::move(condition));
  return ShowList(services_, call, list);
}

Answer GetUser::operator()(const Call& call) const {
  Single single{db::bedita::Users()};
  single.ident = ReadIdent(single.resource, call.params.Get("id"));
  return ShowSingle(services_, call, single);
}

}  // namespace rosterd::bedita
