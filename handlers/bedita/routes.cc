#include "handlers/bedita/routes.h"

namespace rosterd::bedita {
namespace {

class Bedita final : public Dialect {
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

std::unique_ptr<Dialect> MakeBedita(const Services& /*services*/) {
  return std::make_unique<Bedita>();
}

void ErasePerson(db::Session& /*session*/, UserId /*id*/) {}

}  // namespace rosterd::bedita
