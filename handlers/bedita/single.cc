#include "handlers/bedita/single.h"

#include <optional>

#include "handlers/bedita/document.h"
#include "handlers/bedita/included.h"
#include "handlers/bedita/record_view.h"
#include "handlers/bedita/sight.h"

namespace rosterd::bedita {
namespace {

using db::bedita::Record;
using db::bedita::RecordStore;

db::bedita::ListFilter FilterOf(const Call& call, const Single& single) {
  db::bedita::ListFilter filter = Present(call);
  filter.trash = single.trash;
  if (single.any_status) filter.level = db::bedita::Level::kAll;
  return filter;
}

fcgi::Response Write(const Call& call, const Single& single, const View& view, const Record& record,
                     const Included& included) {
  Document document(call);
  Framing framing;
  framing.related = !single.trash;
  framing.linked = included.Of(record.id);
  WriteRecord(call, document.Data(), view, record, framing);
  document.UseSchema(single.resource.type);
  included.WriteInto(document);
  for (const auto& [name, text] : single.meta) document.Meta(name).Text(text);
  fcgi::Response response = document.Send(single.status);
  if (!single.location.empty()) response.SetHeader("Location", single.location);
  return response;
}

}  // namespace

Answer ShowSingle(const Services& services, const Call& call, const Single& single) {
  const auto includes = ReadIncludes(call, single.resource);
  if (!includes) return includes.error();
  const View view = ChooseView(call, single.resource, Visible(call, single.resource));
  const bool wanted = single.included || includes->roles || includes->users;
  Included included(call, single.resource, wanted && !single.trash);

  using Found = std::optional<Record>;
  const auto found = services.connection.Read([&](db::Session& session) -> db::StoreResult<Found> {
    auto record = RecordStore::Find(session, single.resource, single.ident, FilterOf(call, single),
                                    view.choice);
    if (record) included.Read(session, {*record});
    return record;
  });
  if (!found) return ToProblem(found.error());
  if (!*found) return Problem::NoRecord(single.resource.type);
  return Write(call, single, view, **found, included);
}

}  // namespace rosterd::bedita
