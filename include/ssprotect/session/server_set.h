#pragma once

#include "ssprotect/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace ssprotect::session {

/// How one KODiAC is reached: the addresses of its daemons, which share one data set, and the CAs they are known by.
/// None of either: the embedded KODiAC of this home.
struct ServerSet {
    std::vector<std::string> urls; ///< "https://host[:port]", tried in this order
    std::vector<std::string> pins; ///< PEM certificates: the present CA, and the one that is to follow it

    bool embedded() const { return urls.empty(); }
    friend bool operator==(const ServerSet&, const ServerSet&) = default;
};

/// In one spelling (lower case, no slash at the end, nothing twice). `invalid-input` for an address that is none, and
/// for addresses without a CA or with something that is none.
Result<ServerSet> checkedServers(ServerSet servers);
/// The certificates of a PEM file, one by one; `invalid-input` for a text that holds none.
Result<std::vector<std::string>> pinsFromPem(std::string_view pem);
/// Whether both lead to the same KODiAC: they have an address in common, or none at all.
bool sameKodiac(const ServerSet& a, const ServerSet& b);

} // namespace ssprotect::session
