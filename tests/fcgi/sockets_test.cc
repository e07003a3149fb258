#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>

#include "tests/fcgi/raw_client.h"
#include "tests/fcgi/test_server.h"
#include "tests/fcgi/waiting.h"

namespace rosterd::fcgi::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

Descriptor Bound(const std::string& path, int type) {
  Descriptor made(::socket(AF_UNIX, type | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::copy(path.begin(), path.end(), std::begin(address.sun_path));
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): how the socket API wants it
  EXPECT_EQ(::bind(made.Number(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  return made;
}

bool Exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

std::string Ask(const std::string& socket, const std::string& uri) {
  RawClient client(socket);
  client.Send(Get(uri));
  return client.Receive().body;
}

TEST(Sockets, OfOursHaveTheModeAndAreRemovedAtTheEnd) {
  const Folder folder;
  const std::string socket = folder / "s";
  TestServer server(folder, TestOptions(socket));
  struct stat file {};
  ASSERT_EQ(::stat(socket.c_str(), &file), 0);
  EXPECT_EQ(file.st_mode & 0777U, 0660U);

  server.Signal(SIGTERM);

  EXPECT_EQ(server.WaitForEnd(), 0);
  EXPECT_FALSE(Exists(socket));
}

TEST(Sockets, ThatSomebodyListensOnAreLeftAlone) {
  const Folder folder;
  const std::string socket = folder / "s";
  const TestServer first(folder, TestOptions(socket));
  const Folder other;

  TestServer second(other, TestOptions(socket));

  EXPECT_EQ(second.WaitForEnd(), 1);
  EXPECT_EQ(second.LogText(), "<3>" + socket +
                                  ": another process is listening there; stop it (`ss -xlp` names "
                                  "it) or choose another path\n");
  EXPECT_EQ(Ask(socket, "/echo"), "GET /echo? ");
}

TEST(Sockets, OfADeadListenerAreReplaced) {
  const Folder folder;
  const std::string socket = folder / "s";
  { const Descriptor dead = Bound(socket, SOCK_STREAM); }
  ASSERT_TRUE(Exists(socket));

  const TestServer server(folder, TestOptions(socket));

  EXPECT_EQ(Ask(socket, "/echo"), "GET /echo? ");
}

TEST(Sockets, NeverReplaceAFile) {
  const Folder folder;
  const std::string socket = folder / "s";
  std::ofstream(socket) << "precious";

  TestServer server(folder, TestOptions(socket));

  EXPECT_EQ(server.WaitForEnd(), 1);
  EXPECT_THAT(server.LogText(), HasSubstr("is there and is no socket"));
  EXPECT_EQ(ReadFile(socket), "precious");
}

TEST(Sockets, AreNeverOnANetwork) {
  for (const char* address : {":9000", "127.0.0.1:9000", "localhost:9000/x", ""}) {
    const Folder folder;
    TestServer server(folder, TestOptions(address));

    EXPECT_EQ(server.WaitForEnd(), 1) << address;
    EXPECT_THAT(server.LogText(), HasSubstr("FastCGI is spoken on unix sockets only")) << address;
  }
}

TEST(Sockets, OfAPoolThatFailsTakeTheOthersWithThem) {
  const Folder folder;
  ServerOptions options = TestOptions(folder / "s");
  options.pools.push_back({.name = "second", .socket = folder / "no/such/folder", .workers = 1});

  TestServer server(folder, options);

  EXPECT_EQ(server.WaitForEnd(), 1);
  EXPECT_THAT(server.LogText(),
              HasSubstr("no/such/folder: cannot bind: No such file or directory"));
  EXPECT_FALSE(Exists(folder / "s"));
}

TEST(Sockets, OfAnUnknownGroupAreServedWithAWarning) {
  const Folder folder;
  ServerOptions options = TestOptions(folder / "s");
  options.socket_group = "no-such-group";

  const TestServer server(folder, options);

  EXPECT_EQ(Ask(folder / "s", "/echo"), "GET /echo? ");
  EXPECT_THAT(server.LogText(), StartsWith("<4>" + folder / "s" + ": there is no group"));
}

class Systemd : public ::testing::Test {
 protected:
  // As systemd does it: the socket as descriptor 3, and the environment.
  TestServer::Setting Passing(const std::string& name) {
    return {.in_child = [this, name] {
      ::dup2(listener_.Number(), 3);
      ::setenv("LISTEN_FDS", "1", 1);
      ::setenv("LISTEN_PID", std::to_string(::getpid()).c_str(), 1);
      ::setenv("LISTEN_FDNAMES", name.c_str(), 1);
    }};
  }

  Folder folder_;
  std::string socket_ = folder_ / "s";
  Descriptor listener_ = [this] {
    Descriptor made = Bound(socket_, SOCK_STREAM);
    ::listen(made.Number(), 16);
    return made;
  }();
};

TEST_F(Systemd, GivesASocketByItsPath) {
  TestServer server(folder_, TestOptions(socket_), Passing("rosterd.socket"));
  EXPECT_EQ(Ask(socket_, "/echo"), "GET /echo? ");

  server.Signal(SIGTERM);

  EXPECT_EQ(server.WaitForEnd(), 0);
  EXPECT_TRUE(Exists(socket_));
}

TEST_F(Systemd, GivesASocketByTheNameOfThePool) {
  TestServer::Setting setting = Passing("test");
  setting.answers_at = socket_;
  const TestServer server(folder_, TestOptions("/elsewhere"), setting);

  EXPECT_EQ(Ask(socket_, "/echo"), "GET /echo? ");
}

TEST_F(Systemd, KeepsWaitingConnectionsForTheNextStart) {
  RawClient early(socket_);
  early.Send(Get("/echo"));

  const TestServer server(folder_, TestOptions(socket_), Passing("test"));

  EXPECT_EQ(early.Receive().body, "GET /echo? ");
}

TEST_F(Systemd, HearsHowTheServerStands) {
  const std::string notify = folder_ / "notify";
  const Descriptor manager = Bound(notify, SOCK_DGRAM | SOCK_NONBLOCK);
  TestServer::Setting setting;
  setting.hooks.status = [] { return "all is well"; };
  setting.in_child = [&] {
    ::setenv("NOTIFY_SOCKET", notify.c_str(), 1);
    ::setenv("WATCHDOG_USEC", "200000", 1);
    ::unsetenv("WATCHDOG_PID");
  };
  const std::string own = folder_ / "own";
  TestServer server(folder_, TestOptions(own), setting);
  std::string heard;
  const auto hears = [&](const std::string& message) {
    return Eventually([&] {
      std::string text(500, '\0');
      const ssize_t size = ::recv(manager.Number(), text.data(), text.size(), 0);
      if (size > 0) heard += text.substr(0, static_cast<size_t>(size)) + "|";
      return heard.find(message) != std::string::npos;
    });
  };

  EXPECT_TRUE(hears("READY=1|"));
  EXPECT_TRUE(hears("STATUS=test 2/2; all is well|"));
  EXPECT_TRUE(hears("WATCHDOG=1|"));
  heard.clear();
  server.Signal(SIGHUP);
  EXPECT_TRUE(hears("RELOADING=1\nMONOTONIC_USEC="));
  EXPECT_TRUE(hears("READY=1|"));
  server.Signal(SIGTERM);
  EXPECT_TRUE(hears("STOPPING=1|"));
}

}  // namespace
}  // namespace rosterd::fcgi::testing
