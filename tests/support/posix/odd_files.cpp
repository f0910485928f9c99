#include "support/odd_files.h"

namespace ssprotect::support {

std::filesystem::path oddPath() { return "/tmp/caf\xE9 \n x"; }

std::vector<std::filesystem::path> oddNames() {
    return {std::string(255, 'n'), "caf\xE9", "line\nfeed", "Präsentation 日本.odp", " ", "-rf"};
}

std::filesystem::path devicePath() { return "/dev/null"; }

void letOthersIn(const std::filesystem::path& folder) {
    std::filesystem::permissions(folder, std::filesystem::perms::others_exec, std::filesystem::perm_options::add);
}

bool filesBecomePrivate() { return true; }

bool makeLink(const std::filesystem::path& target, const std::filesystem::path& link) {
    std::filesystem::create_symlink(target, link);
    return true;
}

} // namespace ssprotect::support
