#include "handlers/cscart/gate.h"

#include <utility>

#include "db/cscart/company_store.h"
#include "db/cscart/user_store.h"
#include "handlers/cscart/accept.h"
#include "handlers/cscart/access.h"
#include "handlers/cscart/small.h"

namespace rosterd::cscart {
namespace {

bool TakesBody(std::string_view method) { return method == "POST" || method == "PUT"; }

bool IsCommonMethod(std::string_view method) {
  return method == "GET" || method == "DELETE" || TakesBody(method);
}

// Only these three can be asked for in the clothes of a POST (section 3.1).
void Override(std::string& method, const std::string& other) {
  if (method != "POST") return;
  if (other == "PUT" || other == "DELETE" || other == "GET") method = other;
}

// /stores/{cid}/users/… and /vendors/{cid}/users/… are users/… inside of a company (section 17).
Mount MountOf(const std::vector<std::string>& segments) {
  if (segments.size() < 3 || segments[2] != "users") return Mount::kPlain;
  if (segments[0] == "stores") return Mount::kStores;
  return segments[0] == "vendors" ? Mount::kVendors : Mount::kPlain;
}

}  // namespace

Gate::Gate(const Services& services, RouteTable routes)
    : services_(services), routes_(std::move(routes)), authenticate_(services) {}

fcgi::Response Gate::operator()(const fcgi::Request& request) {
  Visit visit = Arrive(request);
  Answer answer = Pass(visit);
  const bool passed = answer.has_value();
  fcgi::Response response = passed ? *std::move(answer) : ToResponse(answer.error());
  if (passed && visit.type != "application/json" && response.status == 200) {
    response.SetHeader("Content-Type", std::string(visit.type));
  }
  if (visit.match) response.route = routes_.Label(visit.match->pattern, visit.mount);
  response.person = visit.caller.id.value;
  return response;
}

Gate::Visit Gate::Arrive(const fcgi::Request& request) const {
  Visit visit{.request = request, .address = ParseAddress(request)};
  visit.method = request.method == "HEAD" ? "GET" : request.method;
  const bool one = services_.settings.cscart.unversioned_api == "1.0";
  visit.version = visit.address.version.value_or(one ? Version::kOne : Version::kTwo);
  visit.version_name = visit.address.version_name;
  if (visit.version_name.empty()) visit.version_name = one ? "1.0" : "2.0";
  visit.segments = visit.address.segments;
  visit.mount = MountOf(visit.segments);
  if (visit.mount != Mount::kPlain) {
    visit.company = visit.segments[1];
    visit.segments.erase(visit.segments.begin(), visit.segments.begin() + 2);
  }
  const bool one_user = visit.segments.size() == 2 && visit.segments[0] == "users";
  if (services_.settings.cscart.patch && visit.method == "PATCH" && one_user) visit.method = "PUT";
  Override(visit.method, visit.address.override_method);
  if (visit.address.known) visit.match = routes_.Find(visit.method, visit.segments);
  return visit;
}

Answer Gate::Pass(Visit& visit) {
  if (services_.settings.cscart.https_only && !visit.request.https) return Problem::Plain(403);
  if (IsBanner(visit)) return Banner(services_.settings.cscart);
  if (auto refused = SignIn(visit)) return *refused;
  if (visit.method == "OPTIONS") return Options(visit);
  if (auto refused = ReadInput(visit)) return *refused;
  if (auto refused = FindPlace(visit)) return *refused;
  if (auto refused = EnterCompany(visit)) return *refused;
  if (auto refused = EnterParent(visit)) return *refused;
  if (auto refused = CheckMethod(visit)) return *refused;

  const Call call{.request = visit.request,
                  .method = visit.method,
                  .version = visit.version,
                  .version_name = visit.version_name,
                  .caller = visit.caller,
                  .params = visit.match->params,
                  .scope = visit.scope,
                  .scope_in_path = visit.mount != Mount::kPlain,
                  .query = std::move(visit.address.query),
                  .fields = std::move(visit.fields)};
  return (*visit.match->handler)(call);
}

bool Gate::IsBanner(const Visit& visit) {
  return visit.method == "GET" && visit.address.known && !visit.address.version &&
         visit.segments.empty() && visit.address.query.Find("version") != nullptr;
}

// Customers may ask for a token with nothing but their e-mail and password (section 16).
bool Gate::IsOpen(const Visit& visit) const {
  return services_.settings.cscart.allow_customer && !visit.segments.empty() &&
         visit.segments.front() == "auth_tokens" && !visit.request.Header("Authorization");
}

Gate::Refused Gate::SignIn(Visit& visit) {
  if (IsOpen(visit)) return std::nullopt;
  auto caller = authenticate_(visit.request);
  if (!caller) return caller.error();
  visit.caller = *caller;
  return std::nullopt;
}

fcgi::Response Gate::Options(const Visit& visit) const {
  fcgi::Response response = EmptyResponse(200);
  response.SetHeader("Allow", visit.match ? Allow(visit) : "GET, HEAD, POST, PUT, DELETE");
  return response;
}

std::string Gate::Allow(const Visit& visit) const {
  std::vector<std::string_view> methods = visit.match->allowed;
  if (services_.settings.cscart.patch && visit.match->pattern == "users/{id}") {
    methods.emplace_back("PATCH");
  }
  return AllowValue(methods);
}

Gate::Refused Gate::ReadInput(Visit& visit) const {
  Refused broken;
  if (TakesBody(visit.method)) {
    if (visit.request.body.size() > services_.settings.cscart.max_body) return Problem::Plain(413);
    if (!IsSupportedBody(visit.request.content_type)) return Problem::Plain(415);
    broken = ReadBody(visit);
  }
  if (visit.method == "GET") {
    const auto type = NegotiateType(visit.request.Header("Accept").value_or(""));
    if (!type) return Problem::Plain(406);
    visit.type = *type;
  }
  if (broken) return broken;
  if (!visit.address.readable_query) {
    return Problem::Message("the query is not valid UTF-8, or has too many parameters");
  }
  return std::nullopt;
}

Gate::Refused Gate::ReadBody(Visit& visit) const {
  auto body = ParseBody(visit.request.content_type, visit.request.body);
  if (!body) return body.error();
  Override(visit.method, body->override_method);
  if (TakesBody(visit.method)) visit.fields = std::move(body->fields);
  if (visit.address.known) visit.match = routes_.Find(visit.method, visit.segments);
  return std::nullopt;
}

Gate::Refused Gate::FindPlace(Visit& visit) const {
  if (!visit.address.known || visit.segments.empty()) return Problem::Plain(404);
  const std::string& entity = visit.segments.front();
  if (!routes_.KnowsEntity(entity)) {
    return Problem::Detailed(404, "entity " + entity + " not found");
  }
  if (!visit.match || !HasValidIds(visit.match->pattern, visit.segments)) {
    return Problem::Plain(404);
  }
  return std::nullopt;
}

Gate::Refused Gate::EnterCompany(Visit& visit) const {
  visit.scope = visit.caller.BoundTo();
  if (visit.mount == Mount::kPlain) return std::nullopt;
  const auto company = ParseId(visit.company);
  if (!company || *company == 0) return Problem::Plain(404);
  if (!MayEnter(visit.caller, *company)) return Problem::Plain(403);
  const auto exists = services_.connection.Read([&](db::Session& session) -> db::StoreResult<bool> {
    return db::cscart::CompanyStore::Find(session, *company).has_value();
  });
  if (!exists) return ToProblem(exists.error());
  if (!*exists) return Problem::Plain(404);
  visit.scope = company;
  return std::nullopt;
}

Gate::Refused Gate::EnterParent(const Visit& visit) const {
  if (!visit.match->pattern.starts_with("users/{id}/")) return std::nullopt;
  if (!visit.caller.May(Privilege::kViewUsers)) return Problem::Plain(403);
  const UserId id{ParseId(visit.segments[1]).value_or(0)};
  const auto seen =
      db::cscart::UserStore::Sees(services_.connection, SightOf(visit.caller, visit.scope), id);
  if (!seen) return ToProblem(seen.error());
  return *seen ? Refused() : Refused(Problem::Plain(404));
}

Gate::Refused Gate::CheckMethod(const Visit& visit) const {
  if (!IsCommonMethod(visit.method)) return Problem::MethodNotAllowed(Allow(visit));
  if (!MayUse(visit.caller, EntityOf(visit.match->pattern), visit.method)) {
    return Problem::Plain(403);
  }
  if (visit.match->handler == nullptr) return Problem::MethodNotAllowed(Allow(visit));
  return std::nullopt;
}

}  // namespace rosterd::cscart
