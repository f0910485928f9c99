#pragma once

#include "ssprotect/platform/file_system.h"

#include <memory>

namespace ssprotect::platform {

/// Tells the desktop's file manager that files look different now, so that it asks for their icons again. Any thread;
/// returns at once: what comes within 50 ms is told together.
class ShellChanges {
public:
    virtual ~ShellChanges() = default;
    virtual void changed(const Path& file) = 0;
    /// Of every file, as after a login of another account.
    virtual void allChanged() = 0;
};

/// Null where the file manager has no icons of ours.
std::unique_ptr<ShellChanges> makeShellChanges();

} // namespace ssprotect::platform
