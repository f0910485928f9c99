#pragma once

#include "ssprotect/base/clock.h"
#include "ssprotect/base/log.h"
#include "ssprotect/base/random.h"
#include "ssprotect/platform/file_system.h"

#include <iosfwd>
#include <memory>

namespace ssprotect::kodiacd {

/// What the program takes from outside; all of it outlives whoever is given it.
struct Environment {
    const Clock& clock;
    Random& random;
    platform::FileSystem& files;
    std::ostream& out; ///< what a command is asked for, and nothing else
    std::shared_ptr<Log> log;
};

} // namespace ssprotect::kodiacd
