#include "gate.h"

#include <fstream>
#include <sys/stat.h>

namespace ssprotect::platform {

Gate::Gate(const Path& path) : path_(path) { ::mkfifo(path.c_str(), 0600); }

std::string Gate::hear() const {
    std::ifstream stream(path_);
    std::string line;
    std::getline(stream, line);
    return line;
}

void Gate::open() const { std::ofstream(path_) << "go\n" << std::flush; }

} // namespace ssprotect::platform
