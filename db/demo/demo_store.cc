#include "db/demo/demo_store.h"

#include <string_view>
#include <utility>

#include "db/tally.h"

namespace rosterd::db::demo {
namespace {

constexpr std::string_view kHighestId = "SELECT COALESCE(MAX(id), 0) FROM users";

/// The rows of one INSERT, put together value by value.
class RowList {
 public:
  template <size_t size>
  explicit RowList(const char (&insert)[size]) {  // NOLINT(modernize-avoid-c-arrays): a literal
    sql_.Add(insert);
  }

  template <typename... Values>
  void Add(Values&&... values) {
    if (!empty_) sql_.Add(", ");
    sql_.Add("(");
    bool first = true;
    const auto add = [&](Parameter value) {
      if (!std::exchange(first, false)) sql_.Add(", ");
      sql_.Value(std::move(value));
    };
    (add(Parameter(std::forward<Values>(values))), ...);
    sql_.Add(")");
    empty_ = false;
  }

  void Execute(Session& session) const {
    if (!empty_) sql_.Execute(session);
  }

 private:
  StatementBuilder sql_;
  bool empty_ = true;
};

// A deleted person's names are free again.
std::optional<std::string> KeyOf(const DemoPerson& person, const std::string& name) {
  if (person.deleted_at) return std::nullopt;
  return name;
}

void InsertUsers(Session& session, std::span<const DemoPerson> persons) {
  RowList rows(
      "INSERT INTO users (id, username, username_key, email, email_key, phone, first_name, "
      "last_name, display_name, company, position, status, blocked, created_at, updated_at, "
      "deleted_at, last_login_at, cscart_user_type, cscart_company_id, cscart_lang_code, "
      "cscart_birthday, bedita_uname, bedita_gender, brightact_org_id, timeslot_phone_login) "
      "VALUES ");
  for (const DemoPerson& one : persons) {
    const auto phone_login = one.signs_in_by_phone ? std::optional(one.phone) : std::nullopt;
    rows.Add(one.id, one.username, KeyOf(one, one.username), one.email, KeyOf(one, one.email),
             one.phone, one.first_name, one.last_name, one.display_name, one.company, one.position,
             one.status, one.blocked, one.created_at, one.updated_at, one.deleted_at,
             one.last_login_at, one.user_type, one.company_id, one.language, one.birthday,
             one.uname, one.gender, one.org, phone_login);
  }
  rows.Execute(session);
}

// As they would be counted by whoever writes persons.
void CountUsers(Session& session, std::span<const DemoPerson> persons) {
  for (const DemoPerson& one : persons) {
    Person person;
    person.username = one.username;
    person.status = StatusFromText(one.status).value_or(Status::kActive);
    person.blocked = one.blocked;
    person.deleted_at = one.deleted_at;
    Tallies::Enter(session.Notes(), person,
                   {{DialectColumn("cscart_user_type"), one.user_type},
                    {DialectColumn("cscart_company_id"), one.company_id}});
  }
}

void InsertProfiles(Session& session, std::span<const DemoPerson> persons) {
  RowList rows(
      "INSERT INTO cscart_profiles (user_id, main_of, b_firstname, b_lastname, b_address, b_city, "
      "b_state, b_country, b_zipcode, b_phone, s_firstname, s_lastname, s_address, s_city, "
      "s_state, s_country, s_zipcode, s_phone, updated_at) VALUES ");
  for (const DemoPerson& one : persons) {
    rows.Add(one.id, one.id, one.first_name, one.last_name, one.address, one.city, one.state,
             one.country, one.zipcode, one.phone, one.first_name, one.last_name, one.address,
             one.city, one.state, one.country, one.zipcode, one.phone, one.updated_at);
  }
  rows.Execute(session);
}

void InsertLinks(Session& session, std::span<const DemoPerson> persons) {
  RowList groups(
      "INSERT INTO cscart_usergroup_links (user_id, usergroup_id, status, updated_at) VALUES ");
  RowList roles("INSERT INTO bedita_user_roles (user_id, role_id) VALUES ");
  for (const DemoPerson& one : persons) {
    if (one.usergroup) groups.Add(one.id, *one.usergroup, "A", one.created_at);
    if (one.role) roles.Add(one.id, *one.role);
  }
  groups.Execute(session);
  roles.Execute(session);
}

}  // namespace

uint64_t DemoStore::HighestId(Session& session) {
  Rows rows = session.Query(kHighestId);
  return rows.Next() ? rows.Number(0) : 0;
}

void DemoStore::Insert(Session& session, std::span<const DemoPerson> persons) {
  if (persons.empty()) return;
  InsertUsers(session, persons);
  CountUsers(session, persons);
  InsertProfiles(session, persons);
  InsertLinks(session, persons);
  for (const DemoPerson& one : persons) session.Notes().NoteNew(one.id);
  session.Notes().Note();
}

}  // namespace rosterd::db::demo
