#include "handlers/brightact/user_fields.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "db/brightact/org_store.h"
#include "fcgi/ascii.h"
#include "handlers/brightact/views.h"

namespace rosterd::brightact {
namespace {

using db::brightact::AccountColumns;
using db::brightact::OrgStore;
using db::brightact::User;

constexpr FieldName kUsername{"username", "Username"};
constexpr FieldName kPassword{"password", "Password"};
constexpr FieldName kFirstName{"first_name", "First Name"};
constexpr FieldName kLastName{"last_name", "Last Name"};
constexpr FieldName kStatus{"status", "Status"};
constexpr FieldName kMobile{"mobile", "Mobile"};
constexpr FieldName kMobileProvider{"mobile_provider", "Mobile Provider"};
constexpr FieldName kSpNum{"sp_num", "Packs Limit"};
constexpr FieldName kOrgId{"org_id", "Org ID"};
constexpr FieldName kExtraEmail{"extra_email", "Extra Email"};
constexpr FieldName kSuppressEmails{"suppress_emails", "Suppress Emails"};
constexpr FieldName kCompany{"company", "Company"};
constexpr FieldName kIsDeleted{"is_deleted", "Deleted"};

constexpr std::array kOrder = {
    kUsername.name,       kPassword.name,       kFirstName.name, kLastName.name, kStatus.name,
    kMobile.name,         kMobileProvider.name, kSpNum.name,     kOrgId.name,    kExtraEmail.name,
    kSuppressEmails.name, kCompany.name,        kIsDeleted.name};

constexpr std::array kOfAdmins = {kStatus.name, kSpNum.name, kOrgId.name, kIsDeleted.name};

constexpr size_t kNameLimit = 255;
constexpr size_t kMobileLimit = 64;
constexpr size_t kAlertLimit = 1024;
constexpr size_t kPasswordLimit = 256;
constexpr uint64_t kMostNumber = 2147483647;

bool IsOneLine(std::string_view text) {
  return std::ranges::none_of(
      text, [](char byte) { return byte == '\t' || byte == '\n' || byte == '\r'; });
}

bool HasError(const UserFields& fields, std::string_view name) {
  return std::ranges::any_of(fields.errors,
                             [&](const FieldError& error) { return error.field == name; });
}

bool IsTaken(db::Session& session, const std::string& username, UserId except) {
  const auto named = db::PersonStore::FindByUsername(session, username);
  if (named && named->id != except) return true;
  if (username.find('@') == std::string::npos) return false;
  // Who signs in with this address is somebody else.
  const auto addressed = db::PersonStore::FindByEmail(session, username);
  return addressed && addressed->id != except;
}

bool Differs(const std::optional<uint64_t>& wish, uint64_t stored) {
  return wish && *wish != stored;
}

void ApplyUsername(const std::string& username, db::Person& person) {
  const std::string shown = ShownUsername(person);
  if (username == shown) return;
  const bool coupled = person.email && fcgi::EqualsIgnoringCase(shown, *person.email);
  person.username = username;
  const bool is_address = username.find('@') != std::string::npos;
  if (is_address && (coupled || !person.email)) person.email = username;
}

template <typename T>
void Take(const std::optional<T>& wish, T& target) {
  if (wish) target = *wish;
}

}  // namespace

UserFields ReadUserFields(const Body& body, Purpose purpose) {
  FieldReader reader(body, purpose);
  UserFields fields;
  fields.username = reader.RequiredText(kUsername, kNameLimit);
  if (fields.username && !IsOneLine(*fields.username)) reader.Refuse(kUsername, "is invalid.");
  fields.password = reader.Password(kPassword, kPasswordLimit);
  fields.first_name = reader.RequiredText(kFirstName, kNameLimit);
  fields.last_name = reader.RequiredText(kLastName, kNameLimit);
  fields.status = reader.Number(kStatus, 1, /*blank=*/1);
  fields.mobile = reader.OptionalText(kMobile, kMobileLimit);
  if (fields.mobile == "0") fields.mobile = "";
  fields.mobile_provider = reader.Number(kMobileProvider, kMostNumber);
  fields.sp_num = reader.Number(kSpNum, kMostNumber);
  fields.org_id = reader.Number(kOrgId, kIdLimit - 1);
  fields.extra_email = reader.OptionalText(kExtraEmail, kAlertLimit);
  fields.suppress_emails = reader.OptionalText(kSuppressEmails, kAlertLimit);
  fields.company = reader.OptionalText(kCompany, kNameLimit);
  fields.is_deleted = reader.Number(kIsDeleted, 1);
  fields.any = reader.SawAny();
  fields.errors = reader.Errors();
  return fields;
}

db::StoreResult<std::vector<FieldError>> CheckInDirectory(db::Session& session,
                                                          const UserFields& fields,
                                                          const Target& target) {
  std::vector<FieldError> errors = fields.errors;
  const bool taken = target.live && fields.username && !HasError(fields, kUsername.name) &&
                     IsTaken(session, *fields.username, target.id);
  if (taken) errors.push_back({kUsername.name, "Username has already been taken."});
  const uint64_t org_id = fields.org_id.value_or(0);
  if (org_id != 0 && !OrgStore::Find(session, org_id)) {
    errors.push_back({kOrgId.name, "Org ID is invalid."});
  }
  std::ranges::stable_sort(errors, {}, [](const FieldError& error) {
    return std::ranges::find(kOrder, error.field) - kOrder.begin();
  });
  return errors;
}

bool AsksForAdminsFields(const UserFields& fields, const User& stored) {
  if (std::ranges::any_of(kOfAdmins, [&](std::string_view name) { return HasError(fields, name); }))
    return true;
  return Differs(fields.status, IsActive(stored.person) ? 1 : 0) ||
         Differs(fields.sp_num, stored.columns.sp_num) ||
         Differs(fields.org_id, stored.columns.org_id) ||
         Differs(fields.is_deleted, stored.person.deleted_at ? 1 : 0);
}

void Apply(const UserFields& fields, db::Person& person, AccountColumns& columns) {
  if (fields.username) ApplyUsername(*fields.username, person);
  Take(fields.first_name, person.first_name);
  Take(fields.last_name, person.last_name);
  if (Differs(fields.status, IsActive(person) ? 1 : 0)) {
    person.status = *fields.status == 1 ? db::Status::kActive : db::Status::kDisabled;
    person.blocked = false;
  }
  Take(fields.mobile, person.phone);
  Take(fields.company, person.company);
  Take(fields.mobile_provider, columns.mobile_provider);
  Take(fields.sp_num, columns.sp_num);
  Take(fields.org_id, columns.org_id);
  Take(fields.extra_email, columns.extra_email);
  Take(fields.suppress_emails, columns.suppress_emails);
}

}  // namespace rosterd::brightact
