#include "handlers/bedita/sight.h"

#include <algorithm>
#include <string>

namespace rosterd::bedita {

using db::bedita::Level;

Level LevelOf(const config::Bedita& settings) {
  if (settings.status_level == "on") return Level::kOn;
  return settings.status_level == "draft" ? Level::kDraft : Level::kAll;
}

bool IsShown(Level level, std::string_view status) {
  if (level == Level::kOn) return status == "on";
  return level == Level::kAll || status != "off";
}

db::bedita::Choice Visible(const Call& call, const db::bedita::Resource& resource) {
  const auto& names = call.Settings().anonymous_fields;
  const bool limited = call.caller.IsAnonymous() && &resource == &db::bedita::Users();
  if (names.empty() || !limited) return resource.All();
  db::bedita::Choice visible;
  for (const std::string& name : names) {
    if (const auto position = resource.Find(name)) visible.set(*position);
  }
  return visible;
}

db::bedita::ListFilter Present(const Call& call) {
  db::bedita::ListFilter filter;
  filter.level = LevelOf(call.Settings());
  return filter;
}

bool IsPresent(db::Session& session, const Call& call, uint64_t user) {
  const db::bedita::ListFilter present = Present(call);
  if (present.level == Level::kAll) return true;
  db::bedita::Ident ident;
  ident.id = user;
  return db::bedita::RecordStore::Find(session, db::bedita::Users(), ident, present, {})
      .has_value();
}

db::bedita::Ident ReadIdent(const db::bedita::Resource& resource, std::string_view segment) {
  db::bedita::Ident ident;
  if (segment.find_first_not_of("0123456789") == std::string_view::npos) {
    ident.id = ParseId(segment).value_or(0);
    return ident;
  }
  ident.name = segment;
  if (&resource == &db::bedita::Roles())
    std::replace(ident.name.begin(), ident.name.end(), '+', ' ');
  return ident;
}

}  // namespace rosterd::bedita
