#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>

#include "tests/fcgi/raw_client.h"
#include "tests/fcgi/test_server.h"
#include "tests/fcgi/waiting.h"

namespace rosterd::fcgi::testing {
namespace {

TEST(Hello, IsTheListingOfTheReadme) {
  const std::string source = ReadFile(ROSTERD_SOURCE_DIR "/fcgi/examples/hello.cc");
  const std::string readme = ReadFile(ROSTERD_SOURCE_DIR "/fcgi/README.md");

  ASSERT_NE(source, "");
  EXPECT_NE(readme.find("```cpp\n" + source + "```\n"), std::string::npos);
}

TEST(Hello, Answers) {
  const Folder folder;
  const std::string socket = folder / "s";
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    ::execl(HELLO_PROGRAM, "hello", socket.c_str(), nullptr);
    ::_exit(127);
  }
  RawAnswer answer;
  EXPECT_TRUE(Eventually([&] {
    RawClient client(socket);
    client.Send(Get("/world"));
    answer = client.Receive();
    return answer.complete;
  }));
  ::kill(pid, SIGTERM);
  int status = -1;
  ::waitpid(pid, &status, 0);

  EXPECT_EQ(answer.body, "Hello from /world\n");
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace rosterd::fcgi::testing
