#pragma once

#include "file_mark.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace ssprotect::shellext {

/// What can be asked for in Explorer, in the order of the menu.
enum class Verb { open, activate, release, versions };
inline constexpr Verb kVerbs[] = {Verb::open, Verb::activate, Verb::release, Verb::versions};

std::string_view verbWord(Verb verb);       ///< as `shell.run` takes it
std::wstring_view canonicalName(Verb verb); ///< "ssprotect.open": what programs call it by
std::optional<Verb> verbOfName(std::wstring_view canonicalName);

/// PROT-9: more go to Bulk Conversion.
constexpr std::size_t kMostAtOnce = 15;

/// What was seen of a selection.
struct SelectionFacts {
    std::size_t count = 0;
    bool ours = false; ///< at least one of each
    bool plain = false;
    bool folders = false;
    bool unknown = false;

    void add(const FileMark& mark);
    /// Further looks could not change what is offered.
    bool settled() const { return ours && plain; }
};

struct MenuRequest {
    bool onlyDefault = false; ///< a double-click, or Enter
    bool extended = false;    ///< the shift key is down
};

struct Offer {
    Verb verb = Verb::open;
    bool bulk = false;      ///< in Bulk Conversion: the label ends in "…"
    bool preferred = false; ///< what a double-click does

    friend bool operator==(const Offer&, const Offer&) = default;
};

/// The items of the menu: nothing for what has nothing to do with us.
std::vector<Offer> offersFor(const SelectionFacts& facts, const MenuRequest& request);

} // namespace ssprotect::shellext
