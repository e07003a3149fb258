#include "handlers/brightact/routes.h"

namespace rosterd::brightact {
namespace {

class Brightact final : public Dialect {
 public:
  fcgi::Response Handle(const fcgi::Request& request) override { return Failed(request, 404); }

  fcgi::Response Failed(const fcgi::Request& /*request*/, int status) override {
    fcgi::Response response;
    response.status = status;
    response.SetHeader("Content-Type", "application/json");
    response.body = "{}";
    return response;
  }
};

}  // namespace

std::unique_ptr<Dialect> MakeBrightact(const Services& /*services*/) { return std::make_unique<Brightact>(); }

void ErasePerson(db::Session& /*session*/, UserId /*id*/) {}

}  // namespace rosterd::brightact
