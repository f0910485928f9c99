#include "services.h"

#include "resource.h"
#include "texts.h"

namespace ssprotect::shellext {
namespace {

/// Of the 100 ms that Explorer's thread may be away.
constexpr std::chrono::milliseconds kNewsTime{40};

HRESULT resultOf(const Refusal& refusal) {
    switch (refusal.kind) {
    case Refusal::Kind::absent:
        return HRESULT_FROM_WIN32(ERROR_SERVICE_NOT_ACTIVE);
    case Refusal::Kind::silent:
        return HRESULT_FROM_WIN32(ERROR_TIMEOUT);
    case Refusal::Kind::refused:
        break;
    }
    return refusal.error.code == ErrorCode::notLoggedIn ? HRESULT_FROM_WIN32(ERROR_NOT_LOGGED_ON) : E_ACCESSDENIED;
}

} // namespace

Services::Services(HINSTANCE dll, const std::filesystem::path& home)
    : module(dll), viewer(home), balloon(dll), errands(home, [this](const Refusal& refusal) { tell(refusal); }),
      icon(dll) {}

void Services::tell(const Refusal& refusal) {
    std::wstring text;
    switch (refusal.kind) {
    case Refusal::Kind::absent:
        text = textOf(module, IDS_NOT_RUNNING);
        break;
    case Refusal::Kind::silent:
        text = textOf(module, IDS_NO_ANSWER);
        break;
    case Refusal::Kind::refused:
        text = textOf(module, IDS_REFUSED) + L' ' + wideText(refusal.error.message);
        break;
    }
    balloon.show(textOf(module, IDS_PRODUCT), std::move(text));
}

HRESULT runErrand(Services& services, Verb verb, std::vector<std::filesystem::path> paths) {
    auto outcome = services.errands.begin(verb, std::move(paths));
    if (outcome.wait_for(kNewsTime) != std::future_status::ready)
        return S_OK;
    const auto refusal = outcome.get();
    return refusal ? resultOf(*refusal) : S_OK;
}

} // namespace ssprotect::shellext
