#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/time.h"

namespace rosterd::timeslot {

/// The signature that lets a client upload to Cloudinary: SHA-1, as 40 hex digits in lower case, of
/// the parameters without the empty ones, sorted by name and joined as name=value with "&",
/// followed by the secret. Contract: 6.4.
std::string SignUpload(std::vector<std::pair<std::string, std::string>> parameters,
                       std::string_view secret);

/// A fresh name for an upload: a letter, then letters and digits, all in lower case, 16 to 20
/// altogether.
std::string MakePublicId();

/// The name that a Base64 text gives; it may be too short.
std::string PublicIdFrom(std::string_view base64);

/// The time of a signature as text: Unix seconds, or for the form "compact" YYYYMMDDHHMMSS in UTC.
std::string SignatureTimestamp(db::Time now, std::string_view form);

/// Whether an API key is shown as a JSON number: digits alone, no leading zero, below 2^53.
bool IsNumberKey(std::string_view api_key);

}  // namespace rosterd::timeslot
