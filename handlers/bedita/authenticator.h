#pragma once

#include <memory>
#include <optional>
#include <string>

#include "db/bedita/session_store.h"
#include "directory/epoch.h"
#include "handlers/bedita/access.h"
#include "handlers/bedita/applications.h"
#include "handlers/bedita/call.h"
#include "handlers/bedita/tokens.h"
#include "handlers/dialect.h"

namespace rosterd::bedita {

/// Tells which application and which user ask: steps 4 to 6 of contract section 2.1. A token or key
/// that was verified within the last second costs no statement, another one costs one.
class Authenticator {
 public:
  explicit Authenticator(const Services& services);

  /// Fills in application and caller of a request whose route does not sign in itself; the refusal
  /// otherwise.
  std::optional<Problem> Identify(Call& call, Access access);

  /// The same for POST /auth and /auth/optout, by the credentials in `call.body.fields` or the
  /// renew token (section 6.2). The caller is nobody after client_credentials.
  std::optional<Problem> SignIn(Call& call);

 private:
  /// What a verified token stands for.
  struct Verdict {
    Caller caller;
    Application application;
    int64_t expires_at = 0;
  };
  using Refused = std::optional<Problem>;

  std::optional<std::string> TokenOf(const Call& call) const;
  Refused ByToken(Call& call, const std::string& text, Access access);
  Result<Verdict, Problem> Verify(const Token& token);
  Result<Verdict, Problem> VerifyUser(const Token& token);
  Refused ByKey(Call& call, Access access);
  Refused ActAsAdmin(Call& call);
  Refused ByPassword(Call& call);
  Refused ByRenewToken(Call& call, const Result<Token, TokenFault>& token);
  Refused ByApplication(Call& call);
  void CountFailure(const Call& call, const std::string& username);
  Result<std::optional<db::bedita::Standing>, Problem> Look(
      const db::bedita::SessionStore::Wanted& wanted);

  Services services_;
  Tokens tokens_;
  Applications applications_;
  directory::CredentialCache<Verdict> cache_;
};

/// The user of a standing as a caller.
Caller ToCaller(const db::bedita::Standing& standing, uint64_t session);

/// True when its status lets a user sign in: section 6.2.
bool MaySignIn(const db::bedita::Standing& standing, const config::Bedita& settings);

}  // namespace rosterd::bedita
