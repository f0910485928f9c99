#pragma once

#include "ssprotect/platform/file_system.h"

#include <string>

namespace ssprotect::platform {

/// A named pipe on which started programs wait until the test lets them go on.
class Gate {
public:
    explicit Gate(const Path& path);

    const Path& path() const { return path_; }
    /// Waits until a program wrote a line to the gate, and returns it.
    std::string hear() const;
    /// Lets a program that reads the gate go on.
    void open() const;

private:
    Path path_;
};

} // namespace ssprotect::platform
