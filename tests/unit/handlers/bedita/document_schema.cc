#include "tests/unit/handlers/bedita/document_schema.h"

#include <rapidjson/document.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace rosterd::bedita {
namespace {

rapidjson::SchemaDocument ReadSchema() {
  std::ifstream file(ROSTERD_SOURCE_DIR "/tests/unit/handlers/bedita/jsonapi.schema.json");
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  rapidjson::Document schema;
  if (schema.Parse(text.data(), text.size()).HasParseError()) {
    throw std::runtime_error("jsonapi.schema.json is no JSON");
  }
  return rapidjson::SchemaDocument(schema);
}

}  // namespace

std::string BreaksDocumentSchema(std::string_view body) {
  static const rapidjson::SchemaDocument kSchema = ReadSchema();
  rapidjson::Document document;
  if (document.Parse(body.data(), body.size()).HasParseError()) return "no JSON";
  rapidjson::SchemaValidator validator(kSchema);
  if (document.Accept(validator)) return "";
  rapidjson::StringBuffer place;
  validator.GetInvalidDocumentPointer().StringifyUriFragment(place);
  return std::string(place.GetString()) + ": " + validator.GetInvalidSchemaKeyword();
}

}  // namespace rosterd::bedita
