#include "ctl/bedita_applications.h"

#include <variant>

#include "directory/secrets.h"

namespace rosterd::ctl {
namespace {

using db::bedita::Application;
using db::bedita::ApplicationStore;
using directory::Outcome;

constexpr int kListed = 100'000;

Record ToRecord(const Application& application) {
  return {{"id", application.id},
          {"dialect", std::string("bedita")},
          {"kind", std::string("key")},
          {"user", std::monostate()},
          {"role", std::monostate()},
          {"label", application.name},
          {"created_at", ToCell(std::optional(application.created_at))},
          {"expires_at", std::monostate()},
          {"last_used_at", std::monostate()}};
}

std::optional<Application> Find(db::Session& session, const std::optional<uint64_t>& id,
                                const std::optional<std::string>& key) {
  if (id) return ApplicationStore::Find(session, *id);
  return ApplicationStore::FindByKey(session, directory::Sha256(key.value_or("")));
}

}  // namespace

uint64_t Insert(db::Session& session, const directory::Actor& actor, const NewApplication& wanted) {
  const db::Time now = db::Now();
  Application application;
  application.id = wanted.id;
  application.name = wanted.name;
  application.key_digest = directory::Sha256(wanted.key);
  if (!wanted.secret.empty()) application.secret_digest = directory::Sha256(wanted.secret);
  application.created_at = now;
  application.updated_at = now;
  const uint64_t id = ApplicationStore::Add(session, application);
  directory::Persons::Audit(session, actor, "application.add", {},
                            "application:" + std::to_string(id),
                            directory::Persons::Shown::kNowhere);
  return id;
}

void AddApplication(Tool& tool, const NewApplication& application) {
  if (application.name.empty() || !directory::IsCleanText(application.name)) {
    throw Failure("--name: a text in UTF-8 without control characters is expected");
  }
  const auto id = tool.connection().Transaction([&](db::Session& session) -> Outcome<uint64_t> {
    if (ApplicationStore::FindByName(session, application.name)) {
      throw Failure("--name: there is an application \"" + application.name + "\" already");
    }
    if (ApplicationStore::FindByKey(session, directory::Sha256(application.key))) {
      throw Failure("--value: this key is in use, or was; choose another one");
    }
    return Insert(session, tool.actor(), application);
  });
  tool.Print(Record{{"id", Require(id, "key add")},
                    {"key", application.key},
                    {"user", std::monostate()},
                    {"role", std::monostate()},
                    {"dialect", std::string("bedita")},
                    {"name", application.name}});
}

std::vector<Record> ListApplications(Tool& tool) {
  using Applications = std::vector<Application>;
  const auto found = tool.connection().Read([&](db::Session& session) -> Outcome<Applications> {
    return ApplicationStore::List(session, kListed);
  });
  std::vector<Record> records;
  for (const Application& application : Require(found, "key list")) {
    if (application.enabled) records.push_back(ToRecord(application));
  }
  return records;
}

void DisableApplication(Tool& tool, const std::optional<uint64_t>& id,
                        const std::optional<std::string>& key) {
  const auto disabled =
      tool.connection().Transaction([&](db::Session& session) -> Outcome<uint64_t> {
        const auto application = Find(session, id, key);
        if (!application) return directory::Refusal::Kind::kNotFound;
        if (application->id == db::bedita::kFirstApplication) {
          throw Failure("key 1: the Manager's application cannot be disabled");
        }
        if (!ApplicationStore::Disable(session, application->id, db::Now())) {
          throw Failure("key " + std::to_string(application->id) + ": it has ended already");
        }
        directory::Persons::Audit(session, tool.actor(), "application.revoke", {},
                                  "application:" + std::to_string(application->id),
                                  directory::Persons::Shown::kNowhere);
        return application->id;
      });
  tool.Print(Record{{"id", Require(disabled, "key")}, {"revoked", true}});
}

}  // namespace rosterd::ctl
