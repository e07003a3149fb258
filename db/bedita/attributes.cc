#include "db/bedita/attributes.h"

#include <algorithm>
#include <array>

namespace rosterd::db::bedita {
namespace {

constexpr uint32_t kTextBytes = 65535;
constexpr uint32_t kProseBytes = 65536;

// Unique names are ASCII in the store, but are compared with any text.
constexpr Literal kUname =
    "CONVERT(COALESCE(u.bedita_uname, CONCAT('user-', u.id)) USING utf8mb4)"
    " COLLATE utf8mb4_unicode_520_ci";

// The title in full while it belongs to the display name that all dialects share. A person that
// came from another dialect without one has the title that it would have been given here.
constexpr Literal kTitle =
    "IF(CAST(u.display_name AS BINARY) = CAST(LEFT(u.bedita_title, 255) AS BINARY), u.bedita_title,"
    " IF(u.display_name = '' AND u.bedita_uname IS NULL,"
    " COALESCE(NULLIF(TRIM(CONCAT(u.first_name, ' ', u.last_name)), ''), NULLIF(u.company, '')),"
    " NULLIF(u.display_name, '')))";

/// A text of the dialect's own.
consteval Attribute Text(std::string_view name, Literal shown, std::optional<DialectColumn> column,
                         uint32_t most_characters, bool searched = false) {
  Attribute text;
  text.name = name;
  text.shown = shown;
  text.column = column;
  text.writable = true;
  text.searched = searched;
  text.most_characters = most_characters;
  return text;
}

/// A text that only bytes limit.
consteval Attribute LongText(std::string_view name, Literal shown,
                             std::optional<DialectColumn> column, bool searched = false) {
  Attribute text = Text(name, shown, column, 0, searched);
  text.most_bytes = kTextBytes;
  return text;
}

/// A long text in a wider column.
consteval Attribute Prose(std::string_view name, Literal shown, DialectColumn column) {
  Attribute text = LongText(name, shown, column, true);
  text.most_bytes = kProseBytes;
  return text;
}

/// A text of all dialects, empty where there is none.
consteval Attribute Shared(std::string_view name, Literal shown, uint32_t most_characters,
                           bool searched = false) {
  return Text(name, shown, std::nullopt, most_characters, searched);
}

consteval Attribute Writable(Kind kind, std::string_view name, Literal shown,
                             std::optional<DialectColumn> column) {
  Attribute value;
  value.name = name;
  value.kind = kind;
  value.shown = shown;
  value.column = column;
  value.writable = true;
  if (kind == Kind::kJson) {
    value.listable = false;
    value.most_bytes = kTextBytes;
  }
  return value;
}

consteval Attribute ReadOnly(Kind kind, std::string_view name, Literal shown, Place place,
                             bool nullable) {
  Attribute value;
  value.name = name;
  value.kind = kind;
  value.shown = shown;
  value.place = place;
  value.nullable = nullable;
  value.listable = kind != Kind::kList;
  return value;
}

consteval Attribute Common(Attribute attribute) {
  attribute.common = true;
  return attribute;
}

consteval Attribute Required(Attribute attribute) {
  attribute.nullable = false;
  return attribute;
}

consteval Attribute SortedBy(Literal sorted, Attribute attribute) {
  attribute.sorted = sorted;
  return attribute;
}

consteval Attribute OneLine(Attribute attribute) {
  attribute.one_line = true;
  return attribute;
}

constexpr std::array<Attribute, user::kCount> kUsers = {
    Required(Common(Writable(Kind::kStatus, "status", "u.bedita_status", {}))),
    Required(Common(Text("uname", kUname, DialectColumn("bedita_uname"), 255))),
    Common(LongText("title", kTitle, DialectColumn("bedita_title"), true)),
    Common(Prose("description", "u.bedita_description", DialectColumn("bedita_description"))),
    Common(Prose("body", "u.bedita_body", DialectColumn("bedita_body"))),
    Common(Writable(Kind::kJson, "extra", "u.bedita_extra", DialectColumn("bedita_extra"))),
    Common(Text("lang", "u.bedita_lang", DialectColumn("bedita_lang"), 64)),
    SortedBy("u.first_name", Shared("name", "NULLIF(u.first_name, '')", 255, true)),
    SortedBy("u.last_name", Shared("surname", "NULLIF(u.last_name, '')", 255, true)),
    OneLine(Shared("email", "u.email", 100, true)),
    Text("person_title", "u.bedita_person_title", DialectColumn("bedita_person_title"), 255),
    Text("gender", "u.bedita_gender", DialectColumn("bedita_gender"), 255),
    Writable(Kind::kDate, "birthdate", "u.bedita_birthdate", DialectColumn("bedita_birthdate")),
    Writable(Kind::kDate, "deathdate", "u.bedita_deathdate", DialectColumn("bedita_deathdate")),
    Required(
        Writable(Kind::kBoolean, "company", "u.bedita_company", DialectColumn("bedita_company"))),
    SortedBy("u.company", Shared("company_name", "NULLIF(u.company, '')", 255)),
    Text("company_kind", "u.bedita_company_kind", DialectColumn("bedita_company_kind"), 255),
    LongText("street_address", "u.bedita_street_address", DialectColumn("bedita_street_address")),
    Text("city", "u.bedita_city", DialectColumn("bedita_city"), 255),
    Text("zipcode", "u.bedita_zipcode", DialectColumn("bedita_zipcode"), 255),
    Text("country", "u.bedita_country", DialectColumn("bedita_country"), 255),
    Text("state_name", "u.bedita_state_name", DialectColumn("bedita_state_name"), 255),
    SortedBy("u.phone", Shared("phone", "NULLIF(u.phone, '')", 255)),
    LongText("website", "u.bedita_website", DialectColumn("bedita_website")),
    Text("national_id_number", "u.bedita_national_id_number",
         DialectColumn("bedita_national_id_number"), 32),
    Text("vat_number", "u.bedita_vat_number", DialectColumn("bedita_vat_number"), 32),
    Common(Writable(Kind::kDateTime, "publish_start", "u.bedita_publish_start",
                    DialectColumn("bedita_publish_start"))),
    Common(Writable(Kind::kDateTime, "publish_end", "u.bedita_publish_end",
                    DialectColumn("bedita_publish_end"))),
    Required(OneLine(Shared("username", "u.username", 100, true))),
    Text("pseudonym", "u.bedita_pseudonym", DialectColumn("bedita_pseudonym"), 255),
    Writable(Kind::kJson, "user_preferences", "u.bedita_user_preferences",
             DialectColumn("bedita_user_preferences")),
    Common(ReadOnly(Kind::kBoolean, "locked", "u.bedita_locked", Place::kMeta, false)),
    SortedBy("u.cscart_timestamp",
             Common(ReadOnly(Kind::kDateTime, "created", "u.created_at", Place::kBoth, false))),
    SortedBy("u.bedita_modified",
             Common(ReadOnly(Kind::kDateTime, "modified", "u.updated_at", Place::kBoth, false))),
    Common(ReadOnly(Kind::kDateTime, "published", "u.bedita_published", Place::kMeta, true)),
    Common(ReadOnly(Kind::kNumber, "created_by", "u.bedita_created_by", Place::kBoth, false)),
    Common(ReadOnly(Kind::kNumber, "modified_by", "u.bedita_modified_by", Place::kBoth, false)),
    ReadOnly(Kind::kBoolean, "blocked", "u.blocked", Place::kMeta, false),
    SortedBy("u.bedita_last_login",
             ReadOnly(Kind::kDateTime, "last_login", "u.last_login_at", Place::kMeta, true)),
    SortedBy(
        "TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', u.bedita_last_login_err)",
        ReadOnly(Kind::kDateTime, "last_login_err", "u.bedita_last_login_err", Place::kMeta, true)),
    ReadOnly(Kind::kNumber, "num_login_err", "u.bedita_num_login_err", Place::kMeta, false),
    SortedBy("TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', u.bedita_verified)",
             ReadOnly(Kind::kDateTime, "verified", "u.bedita_verified", Place::kMeta, true)),
    SortedBy("TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', u.password_changed_at)",
             ReadOnly(Kind::kDateTime, "password_modified", "u.password_changed_at", Place::kMeta,
                      true)),
    ReadOnly(Kind::kList, "external_auth", "NULL", Place::kMeta, false),
};

constexpr std::array<Attribute, role::kCount> kRoles = {
    Required(OneLine(Text("name", "r.name", std::nullopt, 32, true))),
    LongText("description", "r.description", std::nullopt, true),
    ReadOnly(Kind::kBoolean, "unchangeable", "r.unchangeable", Place::kBoth, false),
    SortedBy("TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', r.created_at)",
             ReadOnly(Kind::kDateTime, "created", "r.created_at", Place::kBoth, false)),
    SortedBy("TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', r.updated_at)",
             ReadOnly(Kind::kDateTime, "modified", "r.updated_at", Place::kBoth, false)),
    ReadOnly(Kind::kNumber, "priority", "r.priority", Place::kMeta, false),
};

constexpr bool StandsAt(user::Index index, std::string_view name) {
  return kUsers.at(index).name == name;
}
static_assert(StandsAt(user::kStatus, "status") && StandsAt(user::kTitle, "title") &&
              StandsAt(user::kEmail, "email") && StandsAt(user::kCompany, "company") &&
              StandsAt(user::kPhone, "phone") && StandsAt(user::kUsername, "username") &&
              StandsAt(user::kLocked, "locked") && StandsAt(user::kBlocked, "blocked") &&
              StandsAt(user::kExternalAuth, "external_auth"));

}  // namespace

std::optional<size_t> Resource::Find(std::string_view name) const {
  const auto found =
      std::find_if(attributes.begin(), attributes.end(),
                   [&](const Attribute& attribute) { return attribute.name == name; });
  if (found == attributes.end()) return std::nullopt;
  return static_cast<size_t>(found - attributes.begin());
}

Choice Resource::All() const {
  Choice all;
  for (size_t i = 0; i < attributes.size(); ++i) all.set(i);
  return all;
}

Choice Resource::Common() const {
  Choice common;
  for (size_t i = 0; i < attributes.size(); ++i) common.set(i, attributes[i].common);
  return common;
}

const Resource& Users() {
  static constexpr Resource kResource{"users", kUsers};
  return kResource;
}

const Resource& Roles() {
  static constexpr Resource kResource{"roles", kRoles};
  return kResource;
}

}  // namespace rosterd::db::bedita
