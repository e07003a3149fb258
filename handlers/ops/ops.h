#pragma once

#include <functional>
#include <memory>
#include <string>

#include "db/connection.h"
#include "handlers/dialect.h"

namespace rosterd::ops {

/// What the operator asks through a loopback-only server, beside the dialects (DESIGN.md section
/// 7):
///   GET /healthz  200 while a worker answers
///   GET /readyz   200 when the database answers with a schema that this program can use, else 503
///   GET /metrics  what `metrics` gives, as Prometheus text
/// Anything else is 404. Bodies are JSON, except for the metrics.
std::unique_ptr<Dialect> MakeOps(db::Connection& connection, std::function<std::string()> metrics);

}  // namespace rosterd::ops
