#pragma once

#include <string>
#include <string_view>

#include "config/settings.h"
#include "db/cocoaheads/profile_store.h"
#include "db/person.h"
#include "fcgi/request.h"
#include "fcgi/response.h"

namespace rosterd::cocoaheads {

using db::cocoaheads::Profile;

/// A response with a JSON body that no cache keeps.
fcgi::Response JsonResponse(int status, std::string body);

/// What the dialect shows of a person as the directory has it.
Profile ToProfile(const db::Person& person);

/// Writes users in the dialect's forms. Contract: sections 5 and 11.
class UserView {
 public:
  /// Addresses of photos begin as the settings say, or else with scheme and host of the request.
  UserView(const config::Settings& settings, const fcgi::Request& request);

  /// The eight members, always all of them; `token`, when it is not empty, as the ninth.
  std::string User(const Profile& profile, std::string_view token = {}) const;
  /// What the published app reads.
  std::string AppUser(const Profile& profile) const;

 private:
  std::string PhotoOf(const Profile& profile) const;

  const config::Settings& settings_;
  std::string base_url_;
};

}  // namespace rosterd::cocoaheads
