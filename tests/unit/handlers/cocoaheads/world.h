#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/settings.h"
#include "db/connection.h"
#include "directory/credentials.h"
#include "directory/epoch.h"
#include "directory/hash_slots.h"
#include "directory/password.h"
#include "directory/persons.h"
#include "directory/picture_files.h"
#include "directory/sign_in.h"
#include "directory/throttle.h"
#include "fcgi/request.h"
#include "fcgi/response.h"
#include "fcgi/value.h"
#include "handlers/dialect.h"
#include "tests/support/test_database.h"

namespace rosterd::cocoaheads {

/// One request of a test.
struct Ask {
  std::string method = "GET";
  std::string target;  ///< path and query
  std::string body = {};
  std::string content_type = "application/json";
  std::string token = {};  ///< in the header user-token, when it is not empty
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string address = "192.0.2.1";
  std::string prefix = {};
  bool https = false;
};

/// What came back.
struct Reply {
  int status = 0;
  std::string body;
  fcgi::Response response;

  std::string Header(std::string_view name) const;
  fcgi::Value Json() const;
  /// A member of the body as text, numbers as they are written; "(none)" without one.
  std::string Member(std::string_view name) const;
};

/// Somebody who registered, with the first token.
struct Member {
  std::string id;
  std::string token;
};

/// What one worker process has: a connection, and the dialect on it.
class Worker {
 public:
  explicit Worker(config::Settings wanted);
  Reply Send(const Ask& ask) const;

  config::Settings settings;
  std::string server_key = std::string(32, 'k');
  directory::CredentialEpoch epoch;
  directory::HashSlots slots;
  db::Connection connection;
  directory::Persons persons;
  directory::Credentials credentials;
  directory::Passwords passwords;
  directory::PictureFiles pictures;
  directory::Throttle throttle;
  directory::SignIn sign_in;
  std::vector<std::string> events;
  std::unique_ptr<Dialect> dialect;
};

/// The dialect on a real database: one for the program, emptied for each World; and a folder for
/// photos of its own.
class World {
 public:
  using Change = std::function<void(config::Settings&)>;
  /// With the settings that `change` makes of the defaults.
  explicit World(const Change& change = {});
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  Reply Send(const Ask& ask) { return worker_->Send(ask); }
  Reply Get(const std::string& target, const std::string& token);
  Reply Post(const std::string& target, const std::string& body, const std::string& token = {});
  Reply Patch(const std::string& target, const std::string& body, const std::string& token);
  /// A form for the app's facade.
  Reply App(const std::string& call, const std::string& form);
  /// Registers Vera Orlova with this address.
  Member Join(const std::string& email = "vera@example.org");

  /// Sets a person's password past the API.
  void SetPassword(const std::string& id, const std::string& password);
  static void Execute(const std::string& sql) { Database().Execute(sql); }
  static std::string AskDatabase(const std::string& sql) { return Database().Ask(sql); }
  Worker& Own() { return *worker_; }
  const config::Settings& Settings() const { return worker_->settings; }
  const std::filesystem::path& Photos() const { return photos_; }
  /// How many files lie below the folder of photos.
  size_t PhotoFiles() const;

 private:
  static testing::TestDatabase& Database();

  std::filesystem::path photos_;
  std::unique_ptr<Worker> worker_;
};

directory::Actor TestActor();

/// The bytes of a PNG with one pixel, and its base64.
std::string PngBytes();
inline constexpr std::string_view kPngBase64 =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg==";

/// A multipart body with the boundary "b", of parts that are whole but for their delimiters.
std::string Multipart(const std::vector<std::string>& parts);
inline constexpr std::string_view kMultipartType = "multipart/form-data; boundary=b";
std::string TextPart(const std::string& name, const std::string& value);
std::string FilePart(const std::string& name, const std::string& file_name,
                     const std::string& bytes);

}  // namespace rosterd::cocoaheads
