#include "labels.h"

#include "resource.h"
#include "texts.h"

#include <cstdlib>

namespace ssprotect::shellext {

std::wstring labelOf(HINSTANCE module, const Offer& offer) {
    switch (offer.verb) {
    case Verb::open:
        return textOf(module, IDS_OPEN);
    case Verb::activate:
        return textOf(module, offer.bulk ? IDS_ACTIVATE_BULK : IDS_ACTIVATE);
    case Verb::release:
        return textOf(module, offer.bulk ? IDS_RELEASE_BULK : IDS_RELEASE);
    case Verb::versions:
        return textOf(module, IDS_VERSIONS);
    }
    std::abort();
}

std::wstring helpOf(HINSTANCE module, Verb verb) {
    switch (verb) {
    case Verb::open:
        return textOf(module, IDS_HELP_OPEN);
    case Verb::activate:
        return textOf(module, IDS_HELP_ACTIVATE);
    case Verb::release:
        return textOf(module, IDS_HELP_RELEASE);
    case Verb::versions:
        return textOf(module, IDS_HELP_VERSIONS);
    }
    std::abort();
}

} // namespace ssprotect::shellext
