#include "directory/password.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "directory/hash_forms.h"
#include "directory/secrets.h"

namespace rosterd::directory {

namespace {

/// A slot of HashSlots for as long as this lives; false when none came free in time.
class Turn {
 public:
  Turn(HashSlots& slots, std::chrono::milliseconds patience)
      : slots_(slots), slot_(slots.Acquire(patience)) {}
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() { slots_.Release(slot_); }

  explicit operator bool() const { return slot_ >= 0; }

 private:
  HashSlots& slots_;
  int slot_;
};

/// An argon2id hash of these settings that belongs to no password; nothing is computed for it.
std::string HashOfNobody(const config::Password& settings) {
  constexpr size_t kSaltSize = 16;
  constexpr size_t kZeroDigestLetters = 43;  // 32 bytes of zeros in base64
  std::string salt = Base64Url(RandomBytes(kSaltSize));
  std::replace(salt.begin(), salt.end(), '-', '+');
  std::replace(salt.begin(), salt.end(), '_', '/');
  return "$argon2id$v=19$m=" + std::to_string(settings.memory / 1024) +
         ",t=" + std::to_string(settings.iterations) + ",p=1$" + salt + "$" +
         std::string(kZeroDigestLetters, 'A');
}

config::Password WithinLibsodiumsLimits(config::Password settings) {
  settings.memory = std::max<size_t>(settings.memory, crypto_pwhash_MEMLIMIT_MIN);
  settings.iterations = std::max<int>(settings.iterations, crypto_pwhash_OPSLIMIT_MIN);
  return settings;
}

Passwords::Verdict VerifyArgon2(std::string_view password, const std::string& hash,
                                const config::Password& settings) {
  errno = 0;
  if (crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) != 0) {
    // libsodium says "wrong" as well when it gets no memory, which is overload and no failure.
    return errno == ENOMEM ? Passwords::Verdict::kNoSlot : Passwords::Verdict::kWrong;
  }
  const bool current =
      hash.starts_with("$argon2id$") &&
      crypto_pwhash_str_needs_rehash(
          hash.c_str(), static_cast<unsigned long long>(settings.iterations), settings.memory) == 0;
  return current ? Passwords::Verdict::kRight : Passwords::Verdict::kRightButWeak;
}

}  // namespace

bool IsKnownHashForm(std::string_view hash) { return FormOf(hash) != HashForm::kUnknown; }

Passwords::Passwords(config::Password settings, HashSlots& slots)
    : settings_(WithinLibsodiumsLimits(std::move(settings))),
      slots_(slots),
      dummy_(HashOfNobody(settings_)) {}

std::optional<db::StoredPassword> Passwords::Hash(std::string_view password) const {
  const Turn turn(slots_, settings_.max_wait);
  if (!turn) return std::nullopt;
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  const int failed =
      crypto_pwhash_str(hash.data(), password.data(), password.size(),
                        static_cast<unsigned long long>(settings_.iterations), settings_.memory);
  if (failed != 0) return std::nullopt;  // no memory: overload, like no slot
  return db::StoredPassword{hash.data(), ""};
}

Passwords::Verdict Passwords::Verify(std::string_view password,
                                     const db::StoredPassword& stored) const {
  const HashForm form = FormOf(stored.hash);
  if (form == HashForm::kUnknown || CostsTooMuch(stored.hash)) return Verdict::kWrong;
  if (form == HashForm::kMd5) {
    if (MatchesMd5(password, stored, settings_.legacy_md5_salt)) return Verdict::kRightButWeak;
    // md5 takes no time at all, which would tell an imported account from nobody.
    DummyVerify(password);
    return Verdict::kWrong;
  }
  const Turn turn(slots_, settings_.max_wait);
  if (!turn) return Verdict::kNoSlot;
  if (form == HashForm::kArgon2) return VerifyArgon2(password, stored.hash, settings_);
  return MatchesCrypt(password, stored.hash) ? Verdict::kRightButWeak : Verdict::kWrong;
}

Passwords::Verdict Passwords::DummyVerify(std::string_view password) const {
  const Turn turn(slots_, settings_.max_wait);
  if (!turn) return Verdict::kNoSlot;
  return VerifyArgon2(password, dummy_, settings_) == Verdict::kNoSlot ? Verdict::kNoSlot
                                                                       : Verdict::kWrong;
}

}  // namespace rosterd::directory
