#include "ssprotect/platform/application_association.h"

#include "ssprotect/platform/narrow_path.h"

namespace ssprotect::platform {

std::vector<std::string> commandFor(const Application& application, const Path& document) {
    const std::string path = narrowPath(document);
    std::vector<std::string> command;
    bool placed = false;
    for (const auto& word : application.command) {
        std::string filled;
        for (const char c : word)
            filled += c == kDocumentSlot ? path : std::string(1, c);
        placed = placed || word.find(kDocumentSlot) != std::string::npos;
        command.push_back(std::move(filled));
    }
    if (!placed)
        command.push_back(path);
    return command;
}

} // namespace ssprotect::platform
