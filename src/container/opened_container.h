#pragma once

#include "ssprotect/container/container.h"
#include "ssprotect/container/sealed_body.h"

namespace ssprotect::container {

/// A container whose header's MAC and body's commitment are right under the given keys.
struct OpenedContainer {
    Header header;
    SealedBody body;
};

/// `integrity` for whatever is wrong with the file; errors of the file system as they are.
Result<OpenedContainer> openContainer(platform::File& file, const VersionKeys& keys, SizeMismatch mismatch);

/// `error` as those get it who want the content: a structure that cannot be is a failure of integrity too.
Error asIntegrity(Error error);

} // namespace ssprotect::container
