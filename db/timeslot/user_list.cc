#include "db/timeslot/user_list.h"

namespace rosterd::db::timeslot {
namespace {

constexpr std::string_view kList =
    "SELECT id, username, first_name, last_name, display_name, picture"
    " FROM users FORCE INDEX (PRIMARY) WHERE id > ? AND deleted_at IS NULL ORDER BY id LIMIT ?";

}  // namespace

std::vector<Person> ListUsers(Session& session, UserId after, int limit) {
  std::vector<Person> persons;
  Rows rows = session.Query(kList, after, limit);
  while (rows.Next()) {
    Person& person = persons.emplace_back();
    person.id = {rows.Number(0)};
    person.username = rows.Text(1);
    person.first_name = rows.Text(2);
    person.last_name = rows.Text(3);
    person.display_name = rows.Text(4);
    person.picture = rows.Text(5);
  }
  return persons;
}

}  // namespace rosterd::db::timeslot
