#pragma once

#include "ssprotect/platform/file_system.h"

#include <memory>
#include <string>
#include <vector>

namespace ssprotect::platform {

/// Stands in a command where the document's path goes: a character that no argument can hold.
inline constexpr char kDocumentSlot = '\0';

/// A program that opens a kind of document.
struct Application {
    std::string name;                 ///< for people
    std::vector<std::string> command; ///< program and arguments, perhaps with slots; see `commandFor`
    Path executable;                  ///< the program's own file, whatever starts it
};

/// The command that opens `document`: its path in every slot, or appended where there is none.
std::vector<std::string> commandFor(const Application& application, const Path& document);

/// Which program the desktop starts for a document. Any thread.
class ApplicationAssociations {
public:
    virtual ~ApplicationAssociations() = default;
    /// By the document's name and, where that is not enough, the first bytes of its content (some hundred
    /// help; none may be given). The file need not exist. `unsupported-file`, with what to do, when no
    /// program is associated.
    virtual Result<Application> applicationFor(const Path& document, ByteView content) = 0;
};

/// The associations of this user's desktop. In the library `ssprotect-platform-desktop`.
std::unique_ptr<ApplicationAssociations> makeDesktopAssociations();

} // namespace ssprotect::platform
