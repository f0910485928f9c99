#pragma once

#include "ssprotect/base/json.h"

#include <string>

/// KODiAC's HTTPS interface described, all from the one table of operations and the one description of each message.
namespace ssprotect::kodiac::http {

/// OpenAPI 3.1.
Json openApiDocument();
/// For people: HTML without scripts.
std::string apiPage();
/// The same as Markdown: docs/kodiac-api.md.
std::string apiMarkdown();

} // namespace ssprotect::kodiac::http
