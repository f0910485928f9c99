#include "temp_folder.h"

#include "ssprotect/platform/private_folder.h"

#include <random>
#include <stdexcept>
#include <string>

namespace ssprotect::support {

namespace {

namespace fs = std::filesystem;

void allowRemoval(const fs::path& folder) {
    std::error_code ignored;
    fs::permissions(folder, fs::perms::owner_all, fs::perm_options::add, ignored);
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        if (entry.is_symlink(ignored))
            continue;
        if (entry.is_directory(ignored))
            allowRemoval(entry.path());
        else
            fs::permissions(entry.path(), fs::perms::owner_write, fs::perm_options::add, ignored);
    }
}

} // namespace

TempFolder::TempFolder() {
    std::random_device source;
    do {
        path_ = fs::temp_directory_path() / ("ssprotect-test-" + std::to_string(source()));
    } while (!fs::create_directory(path_));
    if (!platform::closeToOthers(path_))
        throw std::runtime_error("the test's folder can't be closed to others");
}

TempFolder::~TempFolder() {
    std::error_code failed;
    fs::remove_all(path_, failed);
    if (failed) {
        allowRemoval(path_);
        fs::remove_all(path_, failed);
    }
}

} // namespace ssprotect::support
