#include "directory/refusal.h"

namespace rosterd::directory {

namespace {

constexpr std::chrono::seconds kAfterBusy{1};
constexpr std::chrono::seconds kAfterUnavailable{5};

Refusal::Kind KindOf(db::StoreError error) {
  switch (error) {
    case db::StoreError::kNotFound:
      return Refusal::Kind::kNotFound;
    case db::StoreError::kDuplicateUsername:
      return Refusal::Kind::kUsernameTaken;
    case db::StoreError::kDuplicateEmail:
      return Refusal::Kind::kEmailTaken;
    case db::StoreError::kDuplicate:
    case db::StoreError::kBusy:
      return Refusal::Kind::kBusy;
    case db::StoreError::kTooLong:
      return Refusal::Kind::kTooLong;
    case db::StoreError::kBadText:
      return Refusal::Kind::kBadText;
    case db::StoreError::kFull:
    case db::StoreError::kUnavailable:
      return Refusal::Kind::kUnavailable;
  }
  return Refusal::Kind::kUnavailable;
}

std::chrono::seconds WaitAfter(Refusal::Kind kind) {
  if (kind == Refusal::Kind::kBusy) return kAfterBusy;
  if (kind == Refusal::Kind::kUnavailable) return kAfterUnavailable;
  return std::chrono::seconds{0};
}

}  // namespace

Refusal::Refusal(Kind what) : kind(what), retry_after(WaitAfter(what)) {}

Refusal::Refusal(db::StoreError error) : Refusal(KindOf(error)) {}

}  // namespace rosterd::directory
