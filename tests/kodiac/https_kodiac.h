#pragma once

#include "kodiac_under_test.h"

namespace ssprotect::kodiac {

/// The same KODiAC, called by a client over HTTPS on this machine; null for null.
std::unique_ptr<KodiacUnderTest> overHttps(std::unique_ptr<KodiacUnderTest> behind);

} // namespace ssprotect::kodiac
