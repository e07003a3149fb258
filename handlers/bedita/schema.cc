#include "handlers/bedita/document.h"

namespace rosterd::bedita {

std::string_view SchemaRevision(std::string_view type) {
  return type == "users" ? "2614157301" : "1302947755";
}

}  // namespace rosterd::bedita
