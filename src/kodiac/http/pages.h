#pragma once

#include "call_desk.h"

namespace ssprotect::kodiac::http {

struct ServerCore;

/// Pages that never change.
struct StandingPages {
    std::string html;
    std::string openApi;
};
StandingPages makeStandingPages();

/// What GET of `target` is answered: the API for people and for programs, the server's health, the next CA.
Answer pageFor(const ServerCore& core, std::string_view target);

} // namespace ssprotect::kodiac::http
