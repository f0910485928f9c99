#pragma once

#include "ssprotect/container/identity.h"

#include <string>
#include <vector>

namespace ssprotect::container {

/// The icon that lies over a file's own (PROT-9).
enum class Overlay { none, red, yellow };
std::string_view overlayWord(Overlay overlay); ///< "none", "red", "yellow"

/// Whose containers are red and whose yellow on this host: the account that logged in last, its Organization and those
/// that trust it (PROT-16).
struct Viewer {
    AccountId account;
    std::vector<OrganizationId> organizations;

    Overlay overlayOf(AccountId owner, OrganizationId organization) const;

    /// As the tray process leaves it in the home for the overlay handlers, which may ask nobody per file and show
    /// colours without a login session too.
    std::string text() const;
    /// `data-damaged` for anything but what `text` gives.
    static Result<Viewer> parse(std::string_view text);

    friend bool operator==(const Viewer&, const Viewer&) = default;
};

/// Below the home, where that text lies.
inline constexpr std::string_view kViewerFile = "host/viewer";

} // namespace ssprotect::container
