#include "directory/secrets.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace rosterd::directory {
namespace {

class Secrets : public testing::Test {
 protected:
  void SetUp() override { InitialiseSecrets(); }
  void TearDown() override {
    if (!path_.empty()) std::filesystem::remove(path_);
  }

  std::string KeyFile(const std::string& name, std::string_view bytes) {
    path_ = testing::TempDir() + std::to_string(getpid()) + name;
    std::ofstream(path_, std::ios::binary) << bytes;
    return path_;
  }

 private:
  std::string path_;
};

TEST_F(Secrets, HashWithSha256) {
  EXPECT_EQ(Hex(Sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_F(Secrets, SignWithHmacSha256) {
  // RFC 4231, test case 2.
  EXPECT_EQ(Hex(HmacSha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_F(Secrets, SignWithAnEmptyKey) {
  EXPECT_EQ(Hex(HmacSha256("", "")),
            "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST_F(Secrets, WriteBase64ForUrlsWithoutPadding) {
  EXPECT_EQ(Base64Url("\xfb\xff\xfe?"), "-__-Pw");
  EXPECT_EQ(Base64Url(""), "");
}

TEST_F(Secrets, WriteHexInLowerCase) { EXPECT_EQ(Hex("\x01\xAB\xFF"), "01abff"); }

TEST_F(Secrets, AreRandomBytesOfTheSizeAskedFor) {
  EXPECT_EQ(RandomBytes(32).size(), 32U);
  EXPECT_NE(RandomBytes(32), RandomBytes(32));
  EXPECT_EQ(RandomBytes(0), "");
}

TEST_F(Secrets, AreRandomLettersAndDigits) {
  const std::string text = RandomAlphanumeric(4096);

  EXPECT_EQ(text.size(), 4096U);
  EXPECT_TRUE(std::all_of(text.begin(), text.end(),
                          [](unsigned char c) { return std::isalnum(c) != 0 && c < 0x80; }));
  for (const char letter : {'A', 'Z', 'a', 'z', '0', '9'}) {
    EXPECT_NE(text.find(letter), std::string::npos) << letter;
  }
}

TEST_F(Secrets, AreTheSameOnlyByteForByte) {
  EXPECT_TRUE(SameSecret("secret", "secret"));
  EXPECT_TRUE(SameSecret("", ""));
  EXPECT_FALSE(SameSecret("secret", "secreT"));
  EXPECT_FALSE(SameSecret("secret", "secret1"));
  EXPECT_FALSE(SameSecret("secret", ""));
}

TEST_F(Secrets, ReadAKeyFileByteForByte) {
  const std::string bytes = std::string(31, 'k') + '\0' + '\n';
  EXPECT_EQ(ReadKeyFile(KeyFile("whole.key", bytes)), bytes);
}

TEST_F(Secrets, RefuseAShortKeyFile) {
  const std::string path = KeyFile("short.key", "31 bytes are not enough for it.");
  try {
    ReadKeyFile(path);
    FAIL() << "a key of 31 bytes was taken";
  } catch (const std::runtime_error& error) {
    EXPECT_EQ(error.what(), "the key file " + path +
                                " holds 31 bytes, 32 at least are needed; make one with "
                                "`rosterctl keys init`");
  }
}

TEST_F(Secrets, RefuseAMissingKeyFile) {
  try {
    ReadKeyFile("/nowhere/server.key");
    FAIL() << "a file that is not there was read";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(),
                 "cannot read the key file /nowhere/server.key: No such file or directory; make "
                 "one with `rosterctl keys init`");
  }
}

}  // namespace
}  // namespace rosterd::directory
