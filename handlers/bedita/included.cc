#include "handlers/bedita/included.h"

#include <utility>

#include "handlers/bedita/sight.h"

namespace rosterd::bedita {
namespace {

using db::bedita::RecordStore;

const db::bedita::Resource& Other(const db::bedita::Resource& owner) {
  return &owner == &db::bedita::Users() ? db::bedita::Roles() : db::bedita::Users();
}

}  // namespace

Included::Included(const Call& call, const db::bedita::Resource& owner, bool wanted)
    : call_(call),
      of_users_(&owner == &db::bedita::Users()),
      wanted_(wanted),
      view_(ChooseView(call, Other(owner), Visible(call, Other(owner)))) {}

void Included::Read(db::Session& session, const std::vector<db::bedita::Record>& owners) {
  ids_.clear();
  records_.clear();
  if (!wanted_ || owners.empty()) return;
  std::vector<uint64_t> ids;
  ids.reserve(owners.size());
  for (const auto& owner : owners) ids.push_back(owner.id);
  auto linked = of_users_
                    ? RecordStore::RolesOf(session, ids, view_.choice)
                    : RecordStore::UsersOf(session, ids, view_.choice, LevelOf(call_.Settings()));
  for (auto& [owner, record] : linked) {
    ids_[owner].push_back(record.id);
    const uint64_t id = record.id;
    records_.try_emplace(id, std::move(record));
  }
}

std::optional<std::vector<uint64_t>> Included::Of(uint64_t owner) const {
  if (!wanted_) return std::nullopt;
  const auto found = ids_.find(owner);
  return found == ids_.end() ? std::vector<uint64_t>() : found->second;
}

void Included::WriteInto(Document& document) const {
  if (records_.empty()) return;
  JsonWriter& json = document.Included();
  for (const auto& [id, record] : records_) {
    Framing framing;
    framing.self = "/" + std::string(view_.resource.type) + "/" + std::to_string(id);
    WriteRecord(call_, json, view_, record, framing);
  }
  document.UseSchema(view_.resource.type);
}

}  // namespace rosterd::bedita
