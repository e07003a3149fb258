#pragma once

#include <utility>

#include "handlers/dialect.h"
#include "handlers/timeslot/call.h"
#include "handlers/timeslot/reset_link.h"

namespace rosterd::timeslot {

/// GET /v1/users/reset/password?token=… — the page behind the mailed link: a form in HTML.
///
/// Errors, as pages too: 404 for what is no link, 410 for one that was used, is too old or never
/// was, 503 without a database. Looking at it changes nothing: programs open the links of mails.
/// Contract: 6.10.
class ShowPasswordPage {
 public:
  explicit ShowPasswordPage(Services services)
      : services_(std::move(services)), links_(services_) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
  ResetLinks links_;
};

/// POST /v1/users/reset/password — the form comes back: sets the password, ends the link and all of
/// the person's tokens.
///
/// No token against forged forms is needed: nobody is signed in here by anything that a browser
/// adds by itself. What lets in is the link's secret in the body, and who has that needs no
/// victim's browser.
///
/// Errors, as pages too: those of ShowPasswordPage, and 422 with the form anew when the two
/// passwords differ or break the rules of 6.6. Contract: 6.10.
class SetPassword {
 public:
  explicit SetPassword(Services services) : services_(std::move(services)), links_(services_) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
  ResetLinks links_;
};

}  // namespace rosterd::timeslot
