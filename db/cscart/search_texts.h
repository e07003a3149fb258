#pragma once

#include "db/search_texts.h"

namespace rosterd::db::cscart {

/// What lists search in profiles.
inline constexpr SearchTexts kProfileSearchTexts = {
    .table = "cscart_profiles",
    .person = "user_id",
    .texts =
        "b_address, b_zipcode, b_country, b_state, b_city, s_address, s_zipcode, s_country,"
        " s_state, s_city",
    .phones = "b_phone, s_phone",
    .condition = ""};

}  // namespace rosterd::db::cscart
