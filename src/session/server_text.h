#pragma once

#include "ssprotect/session/server_set.h"

namespace ssprotect::session {

/// A Server Set as the host database keeps it: addresses line by line, certificates one after the other.
std::string urlsText(const ServerSet& servers);
std::string pinsText(const ServerSet& servers);
ServerSet serversFrom(std::string_view urls, std::string_view pins);

} // namespace ssprotect::session
