#pragma once

#include "db/search_texts.h"

namespace rosterd::db::bedita {

/// What `q` searches beside the texts that all dialects share.
inline constexpr SearchTexts kOwnSearchTexts = {
    .table = "users",
    .person = "id",
    .texts = "bedita_title, bedita_description, bedita_body",
    .phones = "'', ''",
    .condition =
        " AND (bedita_title IS NOT NULL OR bedita_description IS NOT NULL"
        " OR bedita_body IS NOT NULL)"};

}  // namespace rosterd::db::bedita
