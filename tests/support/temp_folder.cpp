#include "temp_folder.h"

#include <random>
#include <string>

namespace ssprotect::support {

namespace {

void allowRemoval(const std::filesystem::path& folder) {
    using std::filesystem::perms;
    std::error_code ignored;
    std::filesystem::permissions(folder, perms::owner_all, std::filesystem::perm_options::add, ignored);
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
        if (entry.is_directory(ignored) && !entry.is_symlink(ignored))
            allowRemoval(entry.path());
}

} // namespace

TempFolder::TempFolder() {
    std::random_device source;
    do {
        path_ = std::filesystem::temp_directory_path() / ("ssprotect-test-" + std::to_string(source()));
    } while (!std::filesystem::create_directory(path_));
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
}

TempFolder::~TempFolder() {
    std::error_code ignored;
    allowRemoval(path_);
    std::filesystem::remove_all(path_, ignored);
}

} // namespace ssprotect::support
