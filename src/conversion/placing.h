#pragma once

#include "ssprotect/container/header.h"
#include "ssprotect/platform/file_system.h"

#include <optional>
#include <vector>

namespace ssprotect::conversion {

/// A complete, durable temporary that is to lie under `target`.
struct Placing {
    platform::Path target;
    platform::Path temporary;
    platform::FileInfo made; ///< of the temporary
    /// What may be displaced: this file, or a container with this identity. Without `standing` the name must be free.
    std::optional<platform::FileInfo> standing;
    std::optional<container::IdentityBytes> expected;
};

enum class Placed {
    done,
    targetChanged, ///< something else lies under the target: its writer's, which stays; ours is the temporary again
};

/// The step that makes the new content the file: replaces, looks at what was displaced, and removes it
/// last. If that is not what we worked on (a writer came in between), both are kept: the target goes back to
/// the newer content. Durable after a sync of the folder. On an Error the disk is asked again by recovery.
Result<Placed> place(platform::FileSystem& files, const Placing& placing);

/// The second half alone, for recovery: the replacement is done, what it displaced may still lie somewhere.
Result<Placed> settleDisplaced(platform::FileSystem& files, const Placing& placing);

/// Names under which a placing may have left something, besides its target.
std::vector<platform::Path> tracesOf(platform::FileSystem& files, const Placing& placing);

/// Whether what lies under that name is what `placing` may displace.
Result<bool> isStanding(platform::FileSystem& files, const Placing& placing, const platform::Path& path);

/// Whether that name leads to the temporary's file, whatever it is called now. False when nothing lies there.
Result<bool> isMade(platform::FileSystem& files, const Placing& placing, const platform::Path& path);

/// Removes a name; ok also when the removal was done but reported as failed.
Status removeSurely(platform::FileSystem& files, const platform::Path& path);

} // namespace ssprotect::conversion
