#include "ssprotect/platform/boot.h"

#include <fstream>

namespace ssprotect::platform {

std::string bootIdentity() {
    std::string id;
    std::ifstream("/proc/sys/kernel/random/boot_id") >> id;
    return id;
}

} // namespace ssprotect::platform
