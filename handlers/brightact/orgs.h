#pragma once

#include <utility>

#include "handlers/brightact/call.h"
#include "handlers/brightact/zone.h"
#include "handlers/dialect.h"

namespace rosterd::brightact {

/// POST /api/v1/org — creates an organisation and answers its id. Errors: 400 about the name, 413,
/// 415, 503 without a database. Contract: section 6.7.
class CreateOrg {
 public:
  explicit CreateOrg(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// GET /api/v1/org/{oid} — one organisation; 404 when it is not there. Contract: section 6.10.
class GetOrg {
 public:
  GetOrg(Services services, Zone zone) : services_(std::move(services)), zone_(zone) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
  Zone zone_;
};

/// PUT /api/v1/org/{oid} — renames an organisation and answers it. Errors: 404, 400 about the name,
/// 413, 415, 503 without a database. Contract: section 6.8.
class UpdateOrg {
 public:
  UpdateOrg(Services services, Zone zone) : services_(std::move(services)), zone_(zone) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
  Zone zone_;
};

/// DELETE /api/v1/org/{oid} — removes an organisation for good; its members are kept, without one.
/// 404 when it is not there. Contract: section 6.9.
class DeleteOrg {
 public:
  explicit DeleteOrg(Services services) : services_(std::move(services)) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
};

/// GET /api/v1/orgs — all organisations, by id. Contract: section 6.10.
class ListOrgs {
 public:
  ListOrgs(Services services, Zone zone) : services_(std::move(services)), zone_(zone) {}
  Answer operator()(const Call& call) const;

 private:
  Services services_;
  Zone zone_;
};

}  // namespace rosterd::brightact
