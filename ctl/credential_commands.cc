#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "ctl/arguments.h"
#include "ctl/bedita_applications.h"
#include "ctl/commands.h"
#include "ctl/secret_kinds.h"
#include "db/credentials.h"
#include "db/person.h"
#include "directory/secrets.h"

namespace rosterd::ctl {
namespace {

using directory::Outcome;
using Kind = directory::Refusal::Kind;
using Found = std::optional<db::Credential>;

constexpr int kListed = 100'000;

struct SecretOptions {
  std::string kind;  ///< "key" or "token"
  std::string dialect;
  UserId user;
  std::optional<std::string> role;
  std::optional<std::string> value;
  std::optional<std::string> name;    ///< of an application
  std::optional<std::string> secret;  ///< that it adds to its key
  std::optional<uint64_t> id;
};

/// Keys of this dialect belong to applications, and not to persons.
bool IsApplication(const SecretOptions& options) {
  return options.kind == "key" && options.dialect == "bedita";
}

Cell OrNull(const std::string& text) {
  if (text.empty()) return std::monostate();
  return text;
}

/// A secret that was given may hold bytes that are no text.
Cell Shown(const std::string& secret) {
  return OrNull(directory::IsCleanText(secret) ? secret : std::string());
}

/// The live credential with this secret.
Found FindLive(Tool& tool, const std::string& dialect, const std::string& kind,
               const std::string& secret) {
  const auto found = tool.connection().Read([&](db::Session& session) -> Outcome<Found> {
    return db::CredentialStore::FindByDigest(session, dialect, kind, directory::Sha256(secret),
                                             db::Now());
  });
  return Require(found, kind);
}

std::string RoleOf(const SecretKind& form, const SecretOptions& options) {
  if (form.roles.empty()) {
    if (options.role) throw Failure("--role: " + options.dialect + " has no roles of keys");
    return "";
  }
  std::string role = options.role.value_or(std::string(form.roles.front()));
  if (std::ranges::find(form.roles, role) == form.roles.end()) {
    throw Failure("--role: \"" + role + "\" is not allowed; allowed: user, admin");
  }
  return role;
}

/// Stores a key that is only known by its bcrypt hash.
uint64_t Import(Tool& tool, const directory::Credentials::Request& request,
                const std::string& hash) {
  const auto id = tool.connection().Transaction([&](db::Session& session) -> Outcome<uint64_t> {
    const auto person = db::PersonStore::Find(session, request.user, /*lock=*/true);
    if (!person || person->deleted_at) return Kind::kNotFound;
    return directory::Credentials::ImportHash(session, tool.actor(), request, hash, db::Now());
  });
  const uint64_t imported = Require(id, "person " + std::to_string(request.user.value));
  tool.persons().RightsChanged();
  return imported;
}

/// The secret that was given, when it fits and nobody has it, or a new one.
std::string SecretOf(Tool& tool, const SecretKind& form, const SecretOptions& options) {
  if (!options.value) return form.make();
  if (!form.fits(*options.value)) {
    throw Failure("--value: this is no " + options.kind + " of " + options.dialect +
                  "; allowed: " + std::string(form.allowed));
  }
  if (form.names_person && FindLive(tool, options.dialect, options.kind, *options.value)) {
    throw Failure("--value: this " + options.kind + " is in use; revoke it first");
  }
  return *options.value;
}

void AddKeyOfApplication(Tool& tool, const SecretOptions& options) {
  if (options.user.value != 0) throw Failure("--user: keys of bedita belong to no person");
  if (!options.name) throw CLI::RequiredError("--name");
  NewApplication application;
  application.name = *options.name;
  application.key = SecretOf(tool, *FindSecretKind(options.dialect, options.kind), options);
  application.secret = options.secret.value_or("");
  AddApplication(tool, application);
}

void Add(Tool& tool, const SecretOptions& options) {
  if (IsApplication(options)) return AddKeyOfApplication(tool, options);
  if (options.user.value == 0) throw CLI::RequiredError("--user");
  if (options.name || options.secret) {
    throw Failure("--name, --secret: keys of bedita alone have them");
  }
  const SecretKind& form = *FindSecretKind(options.dialect, options.kind);
  directory::Credentials::Request request;
  request.dialect = options.dialect;
  request.kind = options.kind;
  request.user = options.user;
  request.role = RoleOf(form, options);
  request.only_one = form.only_one;
  if (form.at_most != nullptr) request.at_most = form.at_most(tool.settings());

  directory::Issued issued;
  if (options.dialect == "cscart" && options.value && IsBcrypt(*options.value)) {
    issued = {Import(tool, request, *options.value), ""};
  } else {
    const auto outcome =
        tool.credentials().Issue(tool.actor(), request, SecretOf(tool, form, options));
    issued = Require(outcome, "person " + std::to_string(options.user.value));
  }
  tool.Print(Record{{"id", issued.id},
                    {options.kind, Shown(issued.secret)},
                    {"user", options.user.value},
                    {"role", OrNull(request.role)},
                    {"dialect", options.dialect}});
}

Record ToRecord(const db::Credential& credential) {
  return {
      {"id", credential.id},
      {"dialect", credential.dialect},
      {"kind", credential.kind},
      {"user", credential.user.value},
      {"role", OrNull(credential.role)},
      {"label", credential.label},
      {"created_at", ToCell(std::optional(credential.created_at))},
      {"expires_at", ToCell(credential.expires_at)},
      {"last_used_at", ToCell(credential.last_used_at)},
  };
}

void List(Tool& tool, const SecretOptions& options) {
  using Listed = std::vector<db::Credential>;
  const auto found = tool.connection().Read([&](db::Session& session) -> Outcome<Listed> {
    if (options.user.value != 0) {
      return db::CredentialStore::OfUser(session, options.user, options.dialect, options.kind,
                                         db::Now());
    }
    return db::CredentialStore::List(session, options.dialect, options.kind, 0, kListed);
  });
  std::vector<Record> records;
  for (const db::Credential& credential : Require(found, options.kind + " list")) {
    records.push_back(ToRecord(credential));
  }
  const bool all = options.kind == "key" && options.dialect.empty() && options.user.value == 0;
  if (all || IsApplication(options)) {
    for (Record& record : ListApplications(tool)) records.push_back(std::move(record));
  }
  tool.Print(records);
}

uint64_t IdOf(Tool& tool, const SecretOptions& options) {
  if (options.id) return *options.id;
  if (!options.value) throw CLI::RequiredError("--id or --value");
  std::vector<std::string> dialects = {options.dialect};
  if (options.dialect.empty()) dialects = DialectsWith(options.kind);
  for (const std::string& dialect : dialects) {
    if (const auto found = FindLive(tool, dialect, options.kind, *options.value)) return found->id;
  }
  throw Failure("--value: there is no such live " + options.kind + "; see `rosterctl " +
                options.kind + " list` and give its --id");
}

/// True when the credential is one that this command shows: of this kind, and of the dialect given.
bool IsMeant(const Found& credential, const SecretOptions& options) {
  return credential && credential->kind == options.kind &&
         (options.dialect.empty() || credential->dialect == options.dialect);
}

void Revoke(Tool& tool, const SecretOptions& options) {
  if (IsApplication(options)) {
    if (!options.id && !options.value) throw CLI::RequiredError("--id or --value");
    return DisableApplication(tool, options.id, options.value);
  }
  const uint64_t id = IdOf(tool, options);
  const std::string what = options.kind + " " + std::to_string(id);
  const auto found = tool.connection().Read([&](db::Session& session) -> Outcome<Found> {
    return db::CredentialStore::Find(session, id);
  });
  if (!IsMeant(Require(found, what), options)) throw Failure(what + ": there is none");
  const auto revoked = tool.credentials().Revoke(tool.actor(), id);
  if (!revoked && revoked.error() == Kind::kNotFound) {
    throw Failure(what + ": it has ended already");
  }
  Require(revoked, what);
  tool.Print(Record{{"id", id}, {"revoked", true}});
}

CLI::Option* AddDialect(CLI::App& command, SecretOptions& options) {
  return command.add_option("--dialect", options.dialect, "Short name of the dialect")
      ->check(CLI::IsMember(DialectsWith(options.kind)));
}

void AddKind(CLI::App& app, Tool& tool, const std::string& kind, const std::string& description) {
  CLI::App* const group = app.add_subcommand(kind, description);
  group->require_subcommand(1);
  const auto options = std::make_shared<SecretOptions>();
  options->kind = kind;

  CLI::App* const add = group->add_subcommand("add", "Makes one and shows it this once");
  AddDialect(*add, *options)->required();
  AddUserId(*add, "--user", options->user)->required(false);
  if (kind == "key") {
    AddText(*add, "--name", options->name, "The application's name, for bedita");
    AddText(*add, "--secret", options->secret, "What it has to send beside its key, for bedita");
  }
  if (kind == "key") AddText(*add, "--role", options->role, "admin or user, where keys have roles");
  AddText(*add, "--value", options->value, "This one instead of a random one");
  add->callback([&tool, options] { Add(tool, *options); });

  CLI::App* const list = group->add_subcommand("list", "Lists the live ones");
  AddDialect(*list, *options);
  AddUserId(*list, "--user", options->user)->required(false);
  list->callback([&tool, options] { List(tool, *options); });

  CLI::App* const revoke = group->add_subcommand("revoke", "Ends one at once");
  AddDialect(*revoke, *options);
  CLI::Option* const id = AddNumber(*revoke, "--id", options->id, "By its id");
  AddText(*revoke, "--value", options->value, "By itself")->excludes(id);
  revoke->callback([&tool, options] { Revoke(tool, *options); });
}

}  // namespace

void AddCredentialCommands(CLI::App& app, Tool& tool) {
  AddKind(app, tool, "key", "API keys");
  AddKind(app, tool, "token", "Tokens of the apps");
}

}  // namespace rosterd::ctl
