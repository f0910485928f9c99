#pragma once

#include "com_object.h"

#include <memory>
#include <windows.h>

namespace ssprotect::shellext {

class Services;

/// The DLL in its process. Once a class was asked for it stays until the process ends: a thread of ours may be
/// under way, and Explorer unloads idle handlers after minutes.
class Module {
public:
    explicit Module(HINSTANCE dll) : dll_(dll) {}
    ~Module();

    HINSTANCE dll() const { return dll_; }
    UseCount& uses() { return uses_; }

    /// DllGetClassObject. Any thread.
    HRESULT classObject(REFCLSID id, REFIID interfaceId, void** object);
    /// DllCanUnloadNow. Any thread.
    bool mayGo() const { return uses_.none() && !pinned_; }

private:
    /// Pins the DLL first. Null when that fails.
    Services* services();

    const HINSTANCE dll_;
    UseCount uses_;
    std::mutex mutex_;
    std::atomic<bool> pinned_{false};
    Services* services_ = nullptr; ///< never deleted: its threads end with the process
};

} // namespace ssprotect::shellext
