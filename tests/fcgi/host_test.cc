#include "fcgi/host.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace rosterd::fcgi {
namespace {

std::string HostFor(std::string_view host, std::string_view server_name) {
  Request request;
  request.AddParam("HTTP_HOST", host);
  request.AddParam("SERVER_NAME", server_name);
  return TrustedHost(request);
}

TEST(TrustedHost, TakesTheServersOwnNameWithItsPort) {
  EXPECT_EQ(HostFor("users.example.com", "users.example.com"), "users.example.com");
  EXPECT_EQ(HostFor("Users.Example.com:8443", "users.example.com"), "users.example.com:8443");
}

TEST(TrustedHost, TakesTheAskingMachine) {
  EXPECT_EQ(HostFor("127.0.0.1:8080", "users.example.com"), "127.0.0.1:8080");
  EXPECT_EQ(HostFor("[::1]:8080", "users.example.com"), "[::1]:8080");
  EXPECT_EQ(HostFor("localhost", "users.example.com"), "localhost");
  EXPECT_EQ(HostFor("timeslot.localhost:8080", "localhost"), "timeslot.localhost:8080");
}

TEST(TrustedHost, PutsTheServersNameInPlaceOfAnyOther) {
  for (const char* host :
       {"thief.example", "", "users.example.com.thief.example", "localhost.thief.example",
        "127.0.0.1.thief.example", "127.0.0.2", "[::1]thief.example", "[::1", "[", "[]",
        "localhost:80@thief.example", "localhost:80:1", "localhost:", "localhost:123456",
        "thief.example/.localhost", "thief.example?.localhost", "a_b.localhost",
        "users.example.com:80/x", "users.example.com."}) {
    EXPECT_EQ(HostFor(host, "users.example.com"), "users.example.com") << host;
  }
}

TEST(TrustedHost, IsTheLocalMachineWhenTheServerHasNoName) {
  for (const char* server_name : {"", "_", "*.example.com", "~^(?<who>.+)$"}) {
    EXPECT_EQ(HostFor("thief.example", server_name), "localhost") << server_name;
  }
  EXPECT_EQ(TrustedHost(Request()), "localhost");
}

}  // namespace
}  // namespace rosterd::fcgi
