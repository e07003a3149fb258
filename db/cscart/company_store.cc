#include "db/cscart/company_store.h"

#include <string_view>

namespace rosterd::db::cscart {
namespace {

constexpr std::string_view kInsert =
    "INSERT INTO cscart_companies (id, name, status, email, created_at) VALUES (?, ?, ?, ?, ?)";
constexpr std::string_view kFind =
    "SELECT id, name, status, email, created_at FROM cscart_companies WHERE id = ?";
constexpr std::string_view kList =
    "SELECT id, name, status, email, created_at FROM cscart_companies WHERE id > ? "
    "ORDER BY id LIMIT ?";

Company Read(const Rows& rows) {
  Company company;
  company.id = rows.Number(0);
  company.name = rows.Text(1);
  company.status = rows.Text(2);
  company.email = rows.Text(3);
  company.created_at = rows.Moment(4).value_or(Time{});
  return company;
}

}  // namespace

uint64_t CompanyStore::Add(Session& session, const Company& company) {
  const Parameter id = company.id == 0 ? Parameter(std::nullopt) : Parameter(company.id);
  const Changed changed =
      session.Execute(kInsert, id, company.name, company.status, company.email, company.created_at);
  session.Notes().Note();  // lists show the names, and are ordered by them
  return company.id == 0 ? changed.last_id : company.id;
}

std::optional<Company> CompanyStore::Find(Session& session, uint64_t id) {
  Rows rows = session.Query(kFind, id);
  if (!rows.Next()) return std::nullopt;
  return Read(rows);
}

std::vector<Company> CompanyStore::List(Session& session, uint64_t after, int limit) {
  std::vector<Company> companies;
  Rows rows = session.Query(kList, after, limit);
  while (rows.Next()) companies.push_back(Read(rows));
  return companies;
}

}  // namespace rosterd::db::cscart
