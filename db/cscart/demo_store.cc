#include "db/cscart/demo_store.h"

#include <string_view>

namespace rosterd::db::cscart {
namespace {

constexpr std::string_view kHighestId = "SELECT COALESCE(MAX(id), 0) FROM users";

/// The text that stands between two rows of values, or before the first one.
void StartRow(StatementBuilder& sql, bool first) {
  if (first) {
    sql.Add("(");
  } else {
    sql.Add(", (");
  }
}

template <typename... Values>
void AddRow(StatementBuilder& sql, bool first, Values&&... values) {
  StartRow(sql, first);
  bool first_value = true;
  const auto add = [&](Parameter value) {
    if (!first_value) sql.Add(", ");
    first_value = false;
    sql.Value(std::move(value));
  };
  (add(Parameter(std::forward<Values>(values))), ...);
  sql.Add(")");
}

void InsertUsers(Session& session, std::span<const DemoPerson> persons) {
  StatementBuilder sql;
  sql.Add(
      "INSERT INTO users (id, username, username_key, email, email_key, phone, first_name, "
      "last_name, company, status, created_at, updated_at, last_login_at, cscart_user_type, "
      "cscart_company_id, cscart_lang_code) VALUES ");
  for (const DemoPerson& person : persons) {
    AddRow(sql, &person == persons.data(), person.id, person.username, person.username,
           person.email, person.email, person.phone, person.first_name, person.last_name,
           person.company, person.status, person.created_at, person.created_at,
           person.last_login_at, person.user_type, person.company_id,
           person.country == "RU" ? "ru" : "en");
  }
  sql.Execute(session);
}

void InsertProfiles(Session& session, std::span<const DemoPerson> persons) {
  StatementBuilder sql;
  sql.Add(
      "INSERT INTO cscart_profiles (user_id, main_of, b_firstname, b_lastname, b_address, b_city, "
      "b_state, b_country, b_zipcode, b_phone, s_firstname, s_lastname, s_address, s_city, "
      "s_state, s_country, s_zipcode, s_phone, updated_at) VALUES ");
  for (const DemoPerson& person : persons) {
    AddRow(sql, &person == persons.data(), person.id, person.id, person.first_name,
           person.last_name, person.address, person.city, person.state, person.country,
           person.zipcode, person.phone, person.first_name, person.last_name, person.address,
           person.city, person.state, person.country, person.zipcode, person.phone,
           person.created_at);
  }
  sql.Execute(session);
}

void InsertLinks(Session& session, std::span<const DemoPerson> persons) {
  StatementBuilder sql;
  sql.Add("INSERT INTO cscart_usergroup_links (user_id, usergroup_id, status, updated_at) VALUES ");
  bool first = true;
  for (const DemoPerson& person : persons) {
    if (!person.usergroup) continue;
    AddRow(sql, first, person.id, *person.usergroup, "A", person.created_at);
    first = false;
  }
  if (!first) sql.Execute(session);
}

}  // namespace

uint64_t DemoStore::HighestId(Session& session) {
  Rows rows = session.Query(kHighestId);
  return rows.Next() ? rows.Number(0) : 0;
}

void DemoStore::Insert(Session& session, std::span<const DemoPerson> persons) {
  if (persons.empty()) return;
  InsertUsers(session, persons);
  InsertProfiles(session, persons);
  InsertLinks(session, persons);
}

}  // namespace rosterd::db::cscart
