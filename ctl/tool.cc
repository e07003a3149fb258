#include "ctl/tool.h"

#include <pwd.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <regex>

#include "config/reader.h"
#include "ctl/cscart_account.h"
#include "db/bedita/role_store.h"
#include "db/brightact/account_columns.h"
#include "db/cocoaheads/client_store.h"
#include "db/timeslot/profile_store.h"

namespace rosterd::ctl {
namespace {

using Kind = directory::Refusal::Kind;

std::string LoginName() {
  const passwd* const entry = getpwuid(getuid());
  return entry != nullptr ? std::string(entry->pw_name) : std::to_string(getuid());
}

std::string_view Explain(Kind kind) {
  switch (kind) {
    case Kind::kNotFound:
      return "there is none";
    case Kind::kUsernameTaken:
      return "another person has this username; choose another one";
    case Kind::kEmailTaken:
      return "another person has this e-mail address; change or delete that person first";
    case Kind::kTooLong:
      return "a text is longer than its column; shorten it";
    case Kind::kBadText:
      return "a text is no UTF-8 or holds control characters; leave these out";
    case Kind::kThrottled:
    case Kind::kWrongPassword:
    case Kind::kNotAllowed:
    case Kind::kByDialect:
      return "it is not allowed";
    case Kind::kBusy:
      return "the database is busy with changes of the same thing; try again";
    case Kind::kUnavailable:
      return "the database does not answer, its disk is full, or its schema is older than this "
             "program; see `rosterctl status`";
  }
  return "it failed";
}

void Write(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    throw Failure("the answer could not be written to the standard output");
  }
}

}  // namespace

/// The objects of the directory, in the order in which they need each other.
struct Tool::Services {
  explicit Services(const config::Settings& settings)
      : connection(settings.database),
        persons(connection, settings.directory, epoch),
        credentials(connection, epoch),
        passwords(settings.password, slots),
        pictures(settings.server.photo_directory, settings.server.socket_group) {
    RegisterCscart(persons);
    persons.OnPurge(db::bedita::UserColumnStore::Erase);
    persons.OnPurge(db::brightact::AccountColumnStore::Erase);
    persons.OnPurge(db::cocoaheads::ClientStore::Erase);
    persons.OnPurge(db::timeslot::Erase);
    persons.AfterPurge([this](UserId id) { pictures.RemoveAll(id); });
  }

  // Nobody else sees this epoch and these slots: the daemons find changes of the tool in the
  // database, within the second for which they remember a verdict.
  directory::CredentialEpoch epoch;
  directory::HashSlots slots;
  db::Connection connection;
  directory::Persons persons;
  directory::Credentials credentials;
  directory::Passwords passwords;
  directory::PictureFiles pictures;
};

Tool::Tool()
    : actor_{.dialect = "rosterctl",
             .user = {},
             .credential = "os:" + LoginName(),
             .address = "",
             .request_id = ""} {}

Tool::~Tool() = default;

std::string Tool::ConfigOf(const std::string& instance) const {
  if (instance.empty()) return options_.config;
  static const std::regex kName("[a-z][a-z0-9-]{0,30}");
  if (!std::regex_match(instance, kName)) {
    throw Failure("--instance: \"" + instance +
                  "\" is not allowed; allowed: small letters, digits and hyphens");
  }
  return std::filesystem::path(options_.config).parent_path() / (instance + ".yaml");
}

const config::Settings& Tool::settings() {
  if (!settings_) {
    settings_ = std::make_unique<config::Settings>(config::Load(Config(), options_.overrides));
  }
  return *settings_;
}

Tool::Services& Tool::services() {
  if (!services_) services_ = std::make_unique<Services>(settings());
  return *services_;
}

db::Connection& Tool::connection() { return services().connection; }
directory::Persons& Tool::persons() { return services().persons; }
directory::Credentials& Tool::credentials() { return services().credentials; }
const directory::Passwords& Tool::passwords() { return services().passwords; }
const directory::PictureFiles& Tool::pictures() { return services().pictures; }

void Tool::Print(const Record& record) const {
  Write(options_.json ? ToJson(record) : ToText(record));
}

void Tool::Print(const std::vector<Record>& records) const {
  Write(options_.json ? ToJson(records) : ToText(records));
}

void Fail(const directory::Refusal& refusal, const std::string& what) {
  throw Failure(what + ": " + std::string(Explain(refusal.kind)));
}

void Fail(db::StoreError error, const std::string& what) { Fail(directory::Refusal(error), what); }

}  // namespace rosterd::ctl
