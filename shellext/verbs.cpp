#include "verbs.h"

#include <cstdlib>

namespace ssprotect::shellext {
namespace {

struct Names {
    std::string_view word;
    std::wstring_view canonical;
};

Names namesOf(Verb verb) {
    switch (verb) {
    case Verb::open:
        return {"open", L"ssprotect.open"};
    case Verb::activate:
        return {"activate", L"ssprotect.activate"};
    case Verb::release:
        return {"release", L"ssprotect.release"};
    case Verb::versions:
        return {"versions", L"ssprotect.versions"};
    }
    std::abort();
}

} // namespace

std::string_view verbWord(Verb verb) { return namesOf(verb).word; }

std::wstring_view canonicalName(Verb verb) { return namesOf(verb).canonical; }

std::optional<Verb> verbOfName(std::wstring_view canonical) {
    for (const auto verb : kVerbs)
        if (canonicalName(verb) == canonical)
            return verb;
    return std::nullopt;
}

void SelectionFacts::add(const FileMark& mark) {
    ours = ours || mark.ours();
    plain = plain || mark.kind == FileKind::plain;
    folders = folders || mark.kind == FileKind::folder;
    unknown = unknown || mark.kind == FileKind::unknown;
}

std::vector<Offer> offersFor(const SelectionFacts& facts, const MenuRequest& request) {
    std::vector<Offer> offers;
    // Also for a mixed selection and for more than can be opened: the tray process says so, no application gets a
    // container.
    if (facts.ours)
        offers.push_back({Verb::open, false, true});
    if (request.onlyDefault)
        return offers;
    const bool bulk = facts.folders || facts.count > kMostAtOnce;
    if (facts.plain || facts.folders || facts.unknown)
        offers.push_back({Verb::activate, bulk, false});
    if (request.extended && (facts.ours || facts.folders || facts.unknown))
        offers.push_back({Verb::release, bulk, false});
    if (facts.ours && facts.count == 1)
        offers.push_back({Verb::versions, false, false});
    return offers;
}

} // namespace ssprotect::shellext
