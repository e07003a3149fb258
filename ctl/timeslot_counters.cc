#include "ctl/timeslot_counters.h"

#include <limits>
#include <string>
#include <utility>

#include "ctl/tool.h"

namespace rosterd::ctl {
namespace {

using db::timeslot::Profile;
using db::timeslot::ProfileStore;

uint64_t Checked(const std::string& option, uint64_t count) {
  constexpr uint64_t kMost = std::numeric_limits<uint32_t>::max();
  if (count > kMost) throw Failure(option + ": at most " + std::to_string(kMost));
  return count;
}

}  // namespace

Profile Apply(const TimeslotOptions& options, Profile profile) {
  if (options.slot_count) {
    profile.slot_count = Checked("--timeslot-slot-count", *options.slot_count);
  }
  if (options.reslot_count) {
    profile.reslot_count = Checked("--timeslot-reslot-count", *options.reslot_count);
  }
  return profile;
}

void Change(db::Session& session, UserId id, const TimeslotOptions& options,
            directory::EditExtras& extras) {
  if (!options.slot_count && !options.reslot_count) return;
  const Profile before = ProfileStore::FindLocked(session, id).value_or(Profile());
  for (auto& value : ProfileStore::Differences(before, Apply(options, before))) {
    extras.values.push_back(std::move(value));
  }
}

void Append(Record& record, const Profile& profile) {
  record.emplace_back("timeslot_slot_count", profile.slot_count);
  record.emplace_back("timeslot_reslot_count", profile.reslot_count);
}

}  // namespace rosterd::ctl
