#pragma once

#include "explorer.h"

namespace ssprotect::shellext::test {

/// 64 threads ask for overlays and menus and invoke verbs for these files, each thread an apartment of its own, while
/// another one keeps asking COM to unload. The number of answers that came.
int stress(const Paths& files, int rounds);

} // namespace ssprotect::shellext::test
