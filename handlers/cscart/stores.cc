#include "handlers/cscart/stores.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "db/cscart/company_store.h"
#include "handlers/cscart/access.h"
#include "handlers/cscart/etag.h"
#include "handlers/cscart/list_query.h"
#include "handlers/json_writer.h"

namespace rosterd::cscart {
namespace {

using db::cscart::Company;
using db::cscart::CompanyStore;
using Companies = std::vector<Company>;

constexpr int kMostCompanies = 100000;

void WriteCompany(JsonWriter& json, const Company& company) {
  const auto created = std::chrono::floor<std::chrono::seconds>(company.created_at);
  json.StartObject();
  Field(json, "company_id", std::to_string(company.id));
  Field(json, "company", company.name);
  Field(json, "status", company.status);
  Field(json, "email", company.email);
  Field(json, "timestamp", std::to_string(created.time_since_epoch().count()));
  json.EndObject();
}

bool ComesFirst(const Company& left, const Company& right) {
  return std::tie(left.name, left.id) < std::tie(right.name, right.id);
}

}  // namespace

Answer ListStores::operator()(const Call& call) const {
  auto found = services_.connection.Read([&](db::Session& session) -> db::StoreResult<Companies> {
    return CompanyStore::List(session, 0, kMostCompanies);
  });
  if (!found) return ToProblem(found.error());
  Companies& companies = *found;
  std::erase_if(companies,
                [&](const Company& company) { return !MayEnter(call.caller, company.id); });
  std::sort(companies.begin(), companies.end(), ComesFirst);

  const Paging paging = ReadPaging(call, services_.settings.cscart);
  const size_t page = paging.Within(companies.size());
  const size_t size = paging.items_per_page == 0 ? companies.size() : paging.items_per_page;
  const size_t first = std::min(companies.size(), (page - 1) * size);
  const size_t last = std::min(companies.size(), first + size);

  JsonWriter json;
  json.StartObject();
  json.Key(key_);
  json.StartArray();
  for (size_t i = first; i < last; ++i) WriteCompany(json, companies[i]);
  json.EndArray();
  json.Key("params");
  WriteParams(json, call.query,
              {.page = page,
               .items_per_page = paging.items_per_page,
               .sort_by = "company",
               .total = companies.size()});
  json.EndObject();
  return TaggedResponse(call.request, json.Take());
}

Answer GetStore::operator()(const Call& call) const {
  const uint64_t id = call.Id("id").value_or(0);
  using Found = std::optional<Company>;
  const auto company =
      services_.connection.Read([&](db::Session& session) -> db::StoreResult<Found> {
        return CompanyStore::Find(session, id);
      });
  if (!company) return ToProblem(company.error());
  if (!*company || !MayEnter(call.caller, id)) return Problem::Plain(404);

  JsonWriter json;
  WriteCompany(json, **company);
  return TaggedResponse(call.request, json.Take());
}

}  // namespace rosterd::cscart
