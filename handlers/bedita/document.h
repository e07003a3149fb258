#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/response.h"
#include "handlers/bedita/call.h"
#include "handlers/json_writer.h"

namespace rosterd::bedita {

/// Where a list stands: contract section 12.1.
struct Page {
  uint64_t count = 0;   ///< of all matches
  uint64_t number = 1;  ///< of this page
  uint64_t size = 20;
  uint64_t items = 0;  ///< on this page

  uint64_t Pages() const;  ///< at least 1
};

/// One JSON:API document, its members in the contract's order (section 3.1) in whatever order they
/// are given. Everything in it is escaped here.
class Document {
 public:
  explicit Document(const Call& call) : call_(call) {}

  /// `data`: the caller writes exactly one value (a Resource, or an array of them). Without a call
  /// the document has no `data`.
  JsonWriter& Data() { return data_; }
  /// `included`: one Resource after the other. Without a call the document has no `included`.
  JsonWriter& Included();
  /// A member of `meta`: the caller writes its value.
  JsonWriter& Meta(std::string_view name);
  /// `meta.schema.<type>`, once for each type; in the order of the calls.
  void UseSchema(std::string_view type);
  /// `links.available`: the whole target collection, "/roles".
  void SetAvailable(std::string_view path);
  /// `links.first` … `next` and `meta.pagination`.
  void Paginate(const Page& page) { page_ = page; }

  /// The response; ends the document.
  fcgi::Response Send(int status = 200);

 private:
  void WriteLinks(JsonWriter& json) const;
  void WriteSchema(JsonWriter& json, const std::string& type) const;

  const Call& call_;
  JsonWriter data_;
  JsonWriter included_;
  JsonWriter meta_;
  bool has_included_ = false;
  bool has_meta_ = false;
  std::vector<std::string> schemas_;
  std::string available_;
  std::optional<Page> page_;
};

/// Writes one resource, its members in the contract's order; those that would be empty are left
/// out. Call in this order: Attribute…, Meta…, Self, Relation…, End.
class Resource {
 public:
  Resource(const Call& call, JsonWriter& json, std::string_view type, uint64_t id);

  /// A member of `attributes`, of `meta`: the caller writes its value.
  JsonWriter& Attribute(std::string_view name) { return Member(Part::kAttributes, name); }
  JsonWriter& Meta(std::string_view name) { return Member(Part::kMeta, name); }
  /// `links.self`, for resources in lists and in `included`: "/users/19283" behind the base URL.
  void Self(std::string_view path);
  /// A relationship, named after the type of its targets ("roles"), with links by number. `data`
  /// only when `ids` is given, also when it is empty.
  void Relation(std::string_view name, const std::optional<std::vector<uint64_t>>& ids = {});
  void End();

 private:
  enum class Part { kNone, kAttributes, kMeta, kRelationships };
  JsonWriter& Member(Part part, std::string_view name);
  void Enter(Part part);

  const Call& call_;
  JsonWriter& json_;
  std::string_view type_;
  uint64_t id_;
  Part part_ = Part::kNone;
};

/// `"type"` and `"id"` as a resource has them: ids are texts, users' are numbers when
/// numeric_user_ids is on.
void WriteId(const Call& call, JsonWriter& json, std::string_view type, uint64_t id);

/// A response with a body of this type that a Document has written before.
fcgi::Response WrittenResponse(std::string_view type, std::string body);

/// A response with a body of this type, "<", ">", "&" and "'" of its JSON escaped.
fcgi::Response JsonResponse(int status, std::string_view type, std::string_view json);

/// The answer to a refusal: `error` with status, title, detail, code in this order, and the links.
fcgi::Response ToResponse(const Call& call, const Problem& problem);

}  // namespace rosterd::bedita
