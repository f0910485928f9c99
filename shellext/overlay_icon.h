#pragma once

#include "services.h"

namespace ssprotect::shellext {

/// One of the two icons that lie over those of protected files (PROT-9). Explorer makes one object of each for all its
/// threads. Any thread.
class OverlayIcon final : public ComObject<IShellIconOverlayIdentifier> {
public:
    /// `overlay`: red or yellow.
    OverlayIcon(UseCount& uses, Services& services, container::Overlay overlay)
        : ComObject(uses), services_(services), overlay_(overlay) {}

    HRESULT STDMETHODCALLTYPE IsMemberOf(PCWSTR path, DWORD attributes) override;
    HRESULT STDMETHODCALLTYPE GetOverlayInfo(PWSTR iconFile, int room, int* index, DWORD* flags) override;
    HRESULT STDMETHODCALLTYPE GetPriority(int* priority) override;

private:
    Services& services_;
    const container::Overlay overlay_;
};

} // namespace ssprotect::shellext
