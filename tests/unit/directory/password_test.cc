#include "directory/password.h"

#include <gtest/gtest.h>

#include <string>

#include "directory/secrets.h"

namespace rosterd::directory {
namespace {

using Verdict = Passwords::Verdict;

constexpr std::string_view kArgon2i =
    "$argon2i$v=19$m=4096,t=3,p=1$dDB3UE1ubnhOa0hMNUU3Uw$iP0zY6b21wGUTh6UyRmM6sAWQdMDE5zcWMXnTx20m"
    "I4";
constexpr std::string_view kArgon2id =
    "$argon2id$v=19$m=4096,t=3,p=1$RmlOWENrZ3p6YjhUSGVIOQ$wb/q1pYwzKewFkjlXpJKKSoso34477zt3x7LWGM0"
    "gug";
constexpr std::string_view kBcrypt = "$2y$10$hAzBbrWa7YBcL1VR7OwRiOPrv92gLe/8HzR2U6NAPoHBFv.KYANa2";
constexpr std::string_view kMd5 = "91ec1f9324753048c0096d036a694f86";
constexpr std::string_view kSaltedMd5 = "817c4503ab6f0f06755bc17ec712eaa4";

/// What crypt(3) makes of "secret1".
constexpr std::string_view kCryptForms[] = {
    kBcrypt,
    "$2a$04$saltsaltsaltsaltsaltsuC2Po5Xd0o0G2S8HJFIoNSlH1/unDHUm",
    "$2b$04$saltsaltsaltsaltsaltsuC2Po5Xd0o0G2S8HJFIoNSlH1/unDHUm",
    "$1$saltsalt$2HM3oGhH6VPi/5dxZ798f/",
    "$5$saltsaltsalt$ldT4mz065w02cv5SghDhWSXe6zSHlQ6HQIzcAieW8m1",
    "$6$saltsaltsalt$uz7PuE6bZi9Uw3/YqFEAai3pz6Hfz85DYKc6pmVCWCVdoRDohmCjra8YvrJ4LeO9kVfr3U6nlkLr9F"
    "AJ471bP1",
    "$6$rounds=1000$saltsaltsalt$eeY94nj90Y8j5nthhP7tB4gSrlYZNfb70HWS4Hd2yuLnw0cBvxnC4/q3SHd3i3H1PE"
    "s36fy5/9nx8JlAYYRGC0",
    "$y$j7T$saltsaltsaltsaltsalts.$lrW8J4XHDSiPrR1fdLdOX2qrsmun09xg0NgA5uvYt3A",
};

class PasswordTest : public testing::Test {
 protected:
  void SetUp() override {
    InitialiseSecrets();
    settings_.memory = 1U << 20U;
    settings_.iterations = 1;
    settings_.max_wait = std::chrono::milliseconds{0};
  }

  Passwords Make() { return Passwords(settings_, slots_); }

  Verdict Verify(std::string_view password, std::string_view hash, std::string_view salt = "") {
    return Make().Verify(password, {std::string(hash), std::string(salt)});
  }

  config::Password settings_;
  HashSlots slots_;
};

TEST_F(PasswordTest, IsHashedWithArgon2id) {
  const auto stored = Make().Hash("secret1");

  ASSERT_TRUE(stored);
  EXPECT_TRUE(stored->hash.starts_with("$argon2id$v=19$m=1024,t=1,p=1$")) << stored->hash;
  EXPECT_EQ(stored->salt, "");
  EXPECT_EQ(Make().Verify("secret1", *stored), Verdict::kRight);
  EXPECT_EQ(Make().Verify("Secret1", *stored), Verdict::kWrong);
}

TEST_F(PasswordTest, IsHashedWithAnotherSaltEachTime) {
  EXPECT_NE(Make().Hash("secret1")->hash, Make().Hash("secret1")->hash);
}

TEST_F(PasswordTest, MayHoldAnyBytes) {
  const std::string password("a\0b\xFF", 4);
  const auto stored = Make().Hash(password);

  EXPECT_EQ(Make().Verify(password, *stored), Verdict::kRight);
  EXPECT_EQ(Make().Verify(std::string_view("a\0c\xFF", 4), *stored), Verdict::kWrong);
  EXPECT_EQ(Make().Verify("a", *stored), Verdict::kWrong);
}

TEST_F(PasswordTest, IsWeakWhenTheSettingsHaveMoved) {
  const auto stored = Make().Hash("secret1");

  settings_.iterations = 2;

  EXPECT_EQ(Make().Verify("secret1", *stored), Verdict::kRightButWeak);
}

TEST_F(PasswordTest, OfPhpsArgon2IsVerified) {
  settings_.memory = 4096U << 10U;
  settings_.iterations = 3;

  EXPECT_EQ(Verify("secret1", kArgon2id), Verdict::kRight);
  EXPECT_EQ(Verify("secret1", kArgon2i), Verdict::kRightButWeak);
  EXPECT_EQ(Verify("secret2", kArgon2id), Verdict::kWrong);
  EXPECT_EQ(Verify("secret2", kArgon2i), Verdict::kWrong);
}

TEST_F(PasswordTest, OfCryptIsVerifiedAndWeak) {
  for (const std::string_view hash : kCryptForms) {
    EXPECT_EQ(Verify("secret1", hash), Verdict::kRightButWeak) << hash;
    EXPECT_EQ(Verify("secret2", hash), Verdict::kWrong) << hash;
    EXPECT_EQ(Verify("", hash), Verdict::kWrong) << hash;
  }
}

TEST_F(PasswordTest, OfMd5IsVerifiedAndWeak) {
  EXPECT_EQ(Verify("customer", kMd5), Verdict::kRightButWeak);
  EXPECT_EQ(Verify("customer", "91EC1F9324753048C0096D036A694F86"), Verdict::kRightButWeak);
  EXPECT_EQ(Verify("Customer", kMd5), Verdict::kWrong);
}

TEST_F(PasswordTest, OfSaltedMd5IsVerifiedWithItsSaltOnly) {
  EXPECT_EQ(Verify("customer", kSaltedMd5, "abc"), Verdict::kRightButWeak);
  EXPECT_EQ(Verify("customer", "817C4503AB6F0F06755BC17EC712EAA4", "abc"), Verdict::kRightButWeak);
  EXPECT_EQ(Verify("customer", kSaltedMd5, "abd"), Verdict::kWrong);
  EXPECT_EQ(Verify("customer", kSaltedMd5), Verdict::kWrong);
  EXPECT_EQ(Verify("customer", kMd5, "abc"), Verdict::kWrong);
}

TEST_F(PasswordTest, OfMd5WithASiteSaltIsVerified) {
  constexpr std::string_view kOfPepperAndSecret1 = "fce2ff9f3c898bc20b0d27e881e57f1a";
  EXPECT_EQ(Verify("secret1", kOfPepperAndSecret1), Verdict::kWrong);

  settings_.legacy_md5_salt = "pepper+";

  EXPECT_EQ(Verify("secret1", kOfPepperAndSecret1), Verdict::kRightButWeak);
  EXPECT_EQ(Verify("secret1", kOfPepperAndSecret1, "abc"), Verdict::kWrong);
  EXPECT_EQ(Verify("customer", kMd5), Verdict::kRightButWeak);
}

TEST_F(PasswordTest, ThatWasNeverSetIsWrong) {
  EXPECT_EQ(Verify("", ""), Verdict::kWrong);
  EXPECT_EQ(Verify("secret1", ""), Verdict::kWrong);
}

TEST_F(PasswordTest, IsNotTheStoredTextItself) {
  for (const std::string_view stored : {"*", "*0", "*1", "!", "x", "secret1", "$2y$10$short"}) {
    EXPECT_EQ(Verify(stored, stored), Verdict::kWrong) << stored;
  }
}

TEST_F(PasswordTest, OfBcryptIgnoresWhatComesAfter72Bytes) {
  constexpr std::string_view kOf72 = "$2y$04$1wpBwRMdRyXFmYJJVRTVQucZVt4IJCzq8mO9shRCyWZrjiKZ9BByy";

  EXPECT_EQ(Verify(std::string(72, 'a'), kOf72), Verdict::kRightButWeak);
  EXPECT_EQ(Verify(std::string(511, 'a'), kOf72), Verdict::kRightButWeak);
  EXPECT_EQ(Verify(std::string(71, 'a'), kOf72), Verdict::kWrong);
  EXPECT_EQ(Verify(std::string(512, 'a'), kOf72), Verdict::kWrong);
}

TEST_F(PasswordTest, WithNulNeverMatchesACryptForm) {
  for (const std::string_view hash : kCryptForms) {
    EXPECT_EQ(Verify(std::string_view("secret1\0more", 12), hash), Verdict::kWrong) << hash;
    EXPECT_EQ(Verify(std::string_view("secret1\0", 8), hash), Verdict::kWrong) << hash;
  }
}

TEST_F(PasswordTest, IsNotLookedAtWithoutASlot) {
  ASSERT_EQ(slots_.Acquire(std::chrono::milliseconds{0}), 0);

  EXPECT_EQ(Make().Hash("secret1"), std::nullopt);
  EXPECT_EQ(Verify("secret1", kArgon2id), Verdict::kNoSlot);
  EXPECT_EQ(Verify("secret1", kBcrypt), Verdict::kNoSlot);
  EXPECT_EQ(Make().DummyVerify("secret1"), Verdict::kNoSlot);
}

TEST_F(PasswordTest, OfMd5NeedsNoSlot) {
  ASSERT_EQ(slots_.Acquire(std::chrono::milliseconds{0}), 0);

  EXPECT_EQ(Verify("customer", kMd5), Verdict::kRightButWeak);
  EXPECT_EQ(Verify("wrong", kMd5), Verdict::kWrong);
}

TEST_F(PasswordTest, GivesItsSlotBack) {
  EXPECT_EQ(Verify("secret1", kArgon2id), Verdict::kRightButWeak);
  EXPECT_NE(Make().Hash("secret1"), std::nullopt);

  EXPECT_EQ(slots_.Acquire(std::chrono::milliseconds{0}), 0);
}

TEST_F(PasswordTest, OfNobodyIsWrongWhateverItIs) {
  EXPECT_EQ(Make().DummyVerify(""), Verdict::kWrong);
  EXPECT_EQ(Make().DummyVerify("secret1"), Verdict::kWrong);
}

TEST_F(PasswordTest, OfNobodyTakesAsLongAsAWrongOne) {
  using Clock = std::chrono::steady_clock;
  settings_.memory = 64U << 20U;
  const auto passwords = Make();
  const auto stored = passwords.Hash("secret1");
  const auto time = [](const auto& work) {
    const auto start = Clock::now();
    work();
    return Clock::now() - start;
  };

  const auto wrong = time([&] { passwords.Verify("secret2", *stored); });
  const auto nobody = time([&] { passwords.DummyVerify("secret2"); });
  const auto imported = time([&] { passwords.Verify("secret2", {std::string(kMd5), ""}); });

  EXPECT_GT(nobody, wrong / 4);
  EXPECT_GT(imported, wrong / 4);
}

TEST_F(PasswordTest, IsNotHashedForHoursBecauseAnImportSaysSo) {
  constexpr std::string_view kDear[] = {
      "$2y$31$hAzBbrWa7YBcL1VR7OwRiOPrv92gLe/8HzR2U6NAPoHBFv.KYANa2",
      "$6$rounds=999999999$saltsaltsalt$eeY94nj90Y8j5nthhP7tB4gSrlYZNfb70HWS4Hd2yuLnw0cBvxnC4/"
      "q3SHd3i3H1PEs36fy5/9nx8JlAYYRGC0",
      "$y$jzT$saltsaltsaltsaltsalts.$lrW8J4XHDSiPrR1fdLdOX2qrsmun09xg0NgA5uvYt3A",
      "$argon2id$v=19$m=4194304,t=3,p=1$RmlOWENrZ3p6YjhUSGVIOQ$wb/"
      "q1pYwzKewFkjlXpJKKSoso34477zt3x7LWGM0gug",
      "$argon2id$v=19$m=4096,t=999999,p=1$RmlOWENrZ3p6YjhUSGVIOQ$wb/"
      "q1pYwzKewFkjlXpJKKSoso34477zt3x7LWGM0gug",
  };
  for (const std::string_view hash : kDear) EXPECT_EQ(Verify("secret1", hash), Verdict::kWrong);
}

TEST(HashForm, IsKnown) {
  EXPECT_TRUE(IsKnownHashForm(kArgon2i));
  EXPECT_TRUE(IsKnownHashForm(kArgon2id));
  EXPECT_TRUE(IsKnownHashForm(kMd5));
  EXPECT_TRUE(IsKnownHashForm("91EC1F9324753048C0096D036A694F86"));
  for (const std::string_view hash : kCryptForms) EXPECT_TRUE(IsKnownHashForm(hash)) << hash;
}

TEST(HashForm, IsNotGuessedFromItsBeginning) {
  for (const std::string_view text :
       {"", "secret1", "$", "$2y$", "$2y$10$tooshort",
        "$2x$04$saltsaltsaltsaltsaltsuC2Po5Xd0o0G2S8HJFIoNSlH1/unDHUm",
        "$2y$1x$hAzBbrWa7YBcL1VR7OwRiOPrv92gLe/8HzR2U6NAPoHBFv.KYANa2",
        "$2y$10$hAzBbrWa7YBcL1VR7OwRiOPrv92gLe/8HzR2U6NAPoHBFv.KYAN!2", "$1$", "$6$salt$short",
        "$y$j9T", "$argon2id$", "$argon2id$v=19$m=4096", "91ec1f9324753048c0096d036a694f8",
        "91ec1f9324753048c0096d036a694f866", "g1ec1f9324753048c0096d036a694f86", "*0",
        "$3$$8846f7eaee8fb117ad06bdd830b7586c"}) {
    EXPECT_FALSE(IsKnownHashForm(text)) << text;
  }
}

}  // namespace
}  // namespace rosterd::directory
