// The daemon: reads the settings, makes each object and hands it to those who need it.
#include <getopt.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "config/log.h"
#include "config/reader.h"
#include "config/settings.h"
#include "db/bedita/search_texts.h"
#include "db/client_library.h"
#include "db/connection.h"
#include "db/cscart/search_texts.h"
#include "db/migrator.h"
#include "db/search_texts.h"
#include "db/tally.h"
#include "directory/credentials.h"
#include "directory/epoch.h"
#include "directory/hash_slots.h"
#include "directory/housekeeping.h"
#include "directory/mailer.h"
#include "directory/password.h"
#include "directory/persons.h"
#include "directory/picture_files.h"
#include "directory/search_indexer.h"
#include "directory/secrets.h"
#include "directory/sign_in.h"
#include "directory/throttle.h"
#include "fcgi/application.h"
#include "fcgi/helper.h"
#include "fcgi/metrics.h"
#include "fcgi/server.h"
#include "fcgi/shared.h"
#include "handlers/bedita/routes.h"
#include "handlers/brightact/routes.h"
#include "handlers/cocoaheads/routes.h"
#include "handlers/cscart/routes.h"
#include "handlers/dialect.h"
#include "handlers/ops/events.h"
#include "handlers/ops/ops.h"
#include "handlers/ops/state_metrics.h"
#include "handlers/timeslot/image_tagger.h"
#include "handlers/timeslot/routes.h"

namespace rosterd {
namespace {

constexpr int kBadUsage = 64;   // EX_USAGE of sysexits.h
constexpr int kBadConfig = 78;  // EX_CONFIG
constexpr std::chrono::seconds kSweepPeriod{3600};
constexpr std::chrono::seconds kRetryPeriod{10};
constexpr std::string_view kDefaultConfig = "/etc/rosterd/rosterd.yaml";

constexpr std::string_view kUsage =
    "usage: rosterd [--config FILE] [--set SECTION.KEY=VALUE]... [--check-config] [--version]\n"
    "Serves the user directory to nginx over the sockets of server.run_directory.\n"
    "HUP reads the settings again and replaces the workers, TERM ends after the requests in "
    "progress.\n";

struct CommandLine {
  std::string config{kDefaultConfig};
  std::vector<std::string> overrides;
  bool check_only = false;
};

/// What every process of this host shares, and what outlives each worker.
struct SharedState {
  fcgi::Metrics metrics;
  directory::CredentialEpoch epoch;
  directory::HashSlots hash_slots;
  db::Time started = db::Now();
};

/// One worker's objects, in the order in which they need each other.
class Worker final : public fcgi::Application {
 public:
  Worker(config::Settings settings, std::string server_key, SharedState& shared)
      : settings_(std::move(settings)),
        server_key_(std::move(server_key)),
        connection_(settings_.database),
        persons_(connection_, settings_.directory, shared.epoch),
        credentials_(connection_, shared.epoch),
        passwords_(settings_.password, shared.hash_slots),
        pictures_(settings_.server.photo_directory, settings_.server.socket_group),
        throttle_(settings_.throttle.enabled),
        sign_in_(connection_, passwords_, throttle_),
        services_{
            settings_,    connection_,
            persons_,     credentials_,
            shared.epoch, passwords_,
            throttle_,    sign_in_,
            server_key_,  [&shared](std::string_view name) { shared.metrics.CountEvent(name); }},
        next_sweep_(db::Now() +
                    std::chrono::seconds(std::random_device{}() % kSweepPeriod.count())) {
    if (settings_.cscart.enabled) Add("cscart", cscart::MakeCscart(services_));
    if (settings_.bedita.enabled) Add("bedita", bedita::MakeBedita(services_));
    if (settings_.brightact.enabled) Add("brightact", brightact::MakeBrightact(services_));
    if (settings_.cocoaheads.enabled) Add("cocoaheads", cocoaheads::MakeCocoaheads(services_));
    if (settings_.timeslot.enabled) Add("timeslot", timeslot::MakeTimeslot(services_));
    Add("ops", ops::MakeOps(connection_, [this, &shared] {
          return shared.metrics.Text() + fcgi::PoolMetrics() +
                 ops::StateMetrics(connection_, shared.hash_slots, shared.started);
        }));
    for (const auto eraser : {bedita::ErasePerson, brightact::ErasePerson, cocoaheads::ErasePerson,
                              cscart::ErasePerson, timeslot::ErasePerson}) {
      persons_.OnPurge(eraser);
    }
    persons_.AfterPurge([this](UserId id) { pictures_.RemoveAll(id); });
  }

  fcgi::Response Handle(const fcgi::Request& request) override {
    Dialect* dialect = Find(request);
    if (dialect == nullptr) return Failed(request, 404);
    if (request.dialect != "ops" && !SchemaIsReady()) return dialect->Failed(request, 503);
    return dialect->Handle(request);
  }

  fcgi::Response Failed(const fcgi::Request& request, int status) override {
    if (Dialect* dialect = Find(request)) return dialect->Failed(request, status);
    fcgi::Response response;
    response.status = status;
    response.SetHeader("Content-Type", "application/json");
    response.body = R"({"error":"no such API here"})";
    return response;
  }

  bool IsQuick(const fcgi::Request& request) override {
    const Dialect* dialect = Find(request);
    return dialect != nullptr && dialect->IsQuick(request);
  }

  std::chrono::microseconds TakeDatabaseTime() override {
    ops::CountFaults(connection_.TakeFaults(), services_.count_event);
    return connection_.TakeTime();
  }

  void Tick() override {
    if (db::Now() < next_sweep_) return;
    next_sweep_ = db::Now() + kSweepPeriod;
    directory::Actor actor;
    actor.dialect = "rosterd";
    actor.credential = "housekeeping";
    const auto swept = directory::Sweep(connection_, persons_, actor);
    services_.count_event(swept ? ops::kSweepsDone : ops::kSweepsFailed);
    if (!swept)
      Log(Priority::kWarning, "housekeeping: the database did not take it; the next round will");
  }

 private:
  void Add(std::string_view name, std::unique_ptr<Dialect> dialect) {
    dialects_.emplace(name, std::move(dialect));
  }

  Dialect* Find(const fcgi::Request& request) {
    const auto found = dialects_.find(request.dialect);
    return found == dialects_.end() ? nullptr : found->second.get();
  }

  /// Looks at the schema until it was found good once.
  bool SchemaIsReady() {
    if (schema_is_ready_) return true;
    const auto version = db::SchemaVersion(connection_);
    schema_is_ready_ = version && *version >= db::kSchemaVersion;
    return schema_is_ready_;
  }

  config::Settings settings_;
  std::string server_key_;
  db::Connection connection_;
  directory::Persons persons_;
  directory::Credentials credentials_;
  directory::Passwords passwords_;
  directory::PictureFiles pictures_;
  directory::Throttle throttle_;
  directory::SignIn sign_in_;
  Services services_;
  std::map<std::string, std::unique_ptr<Dialect>, std::less<>> dialects_;
  bool schema_is_ready_ = false;
  db::Time next_sweep_;
};

int Cores() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

fcgi::ServerOptions ToOptions(const config::Server& server) {
  const auto pool = [&](const std::string& name, int configured, int automatic) {
    return fcgi::Pool{.name = name,
                      .socket = server.run_directory + '/' + name + ".sock",
                      .workers = configured > 0 ? configured : automatic};
  };
  fcgi::Pool read = pool("read", server.read_workers, 2 * Cores());
  read.take_at_once = 8;
  read.batch = true;
  fcgi::Pool write = pool("write", server.write_workers, 4 * Cores());
  write.batch = true;
  fcgi::Pool slow = pool("slow", server.slow_workers, std::max(4, 2 * Cores()));
  slow.nice = server.slow_nice;
  fcgi::ServerOptions options;
  options.pools = {read, write, slow};
  options.socket_group = server.socket_group;
  options.backlog = server.backlog;
  options.max_body = server.max_body;
  options.request_timeout = server.request_timeout;
  options.drain_timeout = server.drain_timeout;
  options.max_requests = server.max_requests;
  options.max_memory = server.max_memory;
  return options;
}

/// The lowest priority that section `server` lets through.
Priority LogLevel(std::string_view name) {
  if (name == "error") return Priority::kError;
  if (name == "warning") return Priority::kWarning;
  if (name == "notice") return Priority::kNotice;
  if (name == "debug") return Priority::kDebug;
  return Priority::kInfo;
}

/// What the master may read anew on HUP.
struct Current {
  config::Settings settings;
  std::string server_key;
};

void WarnOfOpenDoors(const config::Settings& settings) {
  if (!settings.cocoaheads.enabled || !settings.cocoaheads.app_token.empty()) return;
  Log(Priority::kWarning,
      "cocoaheads.app_token is empty: anybody who reaches that API may register");
}

Current Read(const CommandLine& line, SharedState& shared) {
  Current current{config::Load(line.config, line.overrides), {}};
  current.server_key = directory::ReadKeyFile(current.settings.server.key_file);
  SetLogLevel(LogLevel(current.settings.server.log_level));
  const int hashes = current.settings.password.concurrent_hashes;
  WarnOfOpenDoors(current.settings);
  shared.hash_slots.SetLimit(hashes > 0 ? hashes : Cores());
  return current;
}

/// The process that sends what the workers have queued.
void RunMailer(const config::Settings& settings, SharedState& shared,
               const fcgi::HelperLife& life) {
  db::Connection connection(settings.database);
  directory::Mailer mailer(settings.mail, connection,
                           [&shared](std::string_view name) { shared.metrics.CountEvent(name); });
  mailer.Run([&life](std::chrono::milliseconds longest) { return life.Wait(longest); });
}

/// The process that keeps the index of substring search up with what the workers change.
void RunSearchIndexer(const config::Settings& settings, const fcgi::HelperLife& life) {
  static constexpr std::array kTexts = {db::kSharedSearchTexts, db::cscart::kProfileSearchTexts,
                                        db::bedita::kOwnSearchTexts};
  db::Connection connection(settings.database);
  directory::SearchIndexer indexer(connection, kTexts);
  indexer.Run([&life](std::chrono::milliseconds longest) { return life.Wait(longest); });
}

/// After a migration the sums of persons are not believed until they were counted once. False while
/// the database is away.
bool CountOnce(const config::Settings& settings, db::Connection& connection) {
  const auto kept = connection.Read(
      [](db::Session& session) -> db::StoreResult<bool> { return db::Tallies::AreKept(session); });
  if (!kept || *kept) return kept.has_value();
  const auto wrong = db::Tallies::Recount(settings.database);
  if (wrong) Log(Priority::kNotice, "counted all persons, once after the upgrade");
  return wrong.has_value();
}

/// The process that counts after an upgrade, and removes pictures which nobody has any more. They
/// may be many, and the disk slow: no worker waits for that.
void RunPictureSweeper(const config::Settings& settings, const fcgi::HelperLife& life) {
  db::Connection connection(settings.database);
  while (!CountOnce(settings, connection)) {
    if (!life.Wait(kRetryPeriod)) return;
  }
  const directory::PictureFiles pictures(settings.server.photo_directory);
  do {
    const auto removed = pictures.Sweep(connection);
    if (!removed) {
      Log(Priority::kWarning,
          "pictures were not swept, the database is away; the next round does it");
    } else if (*removed > 0) {
      Log(Priority::kInfo,
          "removed pictures that nobody has any more: " + std::to_string(*removed));
    }
  } while (life.Wait(kSweepPeriod));
}

/// The process that marks replaced uploads at Cloudinary.
void RunImageTagger(const config::Settings& settings, const fcgi::HelperLife& life) {
  db::Connection connection(settings.database);
  timeslot::ImageTagger tagger(settings.timeslot, connection);
  tagger.Run([&life](std::chrono::milliseconds longest) { return life.Wait(longest); });
}

bool WantsImageTagger(const config::Timeslot& settings) {
  return settings.enabled && settings.tag_replaced_images &&
         !settings.cloudinary_cloud_name.empty() && !settings.cloudinary_api_key.empty() &&
         !settings.cloudinary_api_secret.empty();
}

int Serve(const CommandLine& line) {
  const fcgi::Shared<SharedState> shared;
  for (const std::string& event : ops::Events()) shared->metrics.AnnounceEvent(event);
  Current current = Read(line, *shared);
  db::PreloadClientLibrary();

  fcgi::ServerHooks hooks;
  hooks.make_application = [&] {
    return std::make_unique<Worker>(current.settings, current.server_key, *shared);
  };
  hooks.reload = [&]() -> std::optional<fcgi::ServerOptions> {
    try {
      current = Read(line, *shared);
      return ToOptions(current.settings.server);
    } catch (const std::runtime_error& error) {
      Log(Priority::kError, std::string("settings kept as they were: ") + error.what());
      return std::nullopt;
    }
  };
  hooks.worker_ended = [&](int pid) { shared->hash_slots.Reclaim(pid); };
  hooks.helpers = {
      {"mailer", [&](const fcgi::HelperLife& life) { RunMailer(current.settings, *shared, life); }},
      {"search_indexer",
       [&](const fcgi::HelperLife& life) { RunSearchIndexer(current.settings, life); }},
      {"picture_sweeper",
       [&](const fcgi::HelperLife& life) { RunPictureSweeper(current.settings, life); }}};
  // As long as this master lives: the setting is read when it starts.
  if (WantsImageTagger(current.settings.timeslot)) {
    hooks.helpers.push_back({"image_tagger", [&](const fcgi::HelperLife& life) {
                               RunImageTagger(current.settings, life);
                             }});
  }
  return fcgi::RunServer(ToOptions(current.settings.server), hooks, shared->metrics);
}

std::optional<CommandLine> Parse(int count, char** arguments) {
  static constexpr std::array kOptions = {option{"config", required_argument, nullptr, 'c'},
                                          option{"set", required_argument, nullptr, 's'},
                                          option{"check-config", no_argument, nullptr, 'k'},
                                          option{"version", no_argument, nullptr, 'v'},
                                          option{"help", no_argument, nullptr, 'h'},
                                          option{nullptr, 0, nullptr, 0}};
  CommandLine line;
  for (int option = 0;
       (option = getopt_long(count, arguments, "", kOptions.data(), nullptr)) != -1;) {
    switch (option) {
      case 'c':
        line.config = optarg;
        break;
      case 's':
        line.overrides.emplace_back(optarg);
        break;
      case 'k':
        line.check_only = true;
        break;
      case 'v':
        static_cast<void>(std::puts("rosterd " ROSTERD_VERSION));
        std::exit(0);
      case 'h':
        static_cast<void>(std::fputs(kUsage.data(), stdout));
        std::exit(0);
      default:
        return std::nullopt;
    }
  }
  if (optind < count) return std::nullopt;
  return line;
}

}  // namespace
}  // namespace rosterd

int main(int count, char** arguments) {
  const auto line = rosterd::Parse(count, arguments);
  if (!line) {
    static_cast<void>(std::fputs(rosterd::kUsage.data(), stderr));
    return rosterd::kBadUsage;
  }
  try {
    rosterd::directory::InitialiseSecrets();
    if (!line->check_only) return rosterd::Serve(*line);
    (void)rosterd::config::Load(line->config, line->overrides);
    static_cast<void>(std::puts("the configuration is good"));
    return 0;
  } catch (const std::exception& error) {
    rosterd::Log(rosterd::Priority::kError, error.what());
    return rosterd::kBadConfig;
  }
}
