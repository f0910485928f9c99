#pragma once

#include "ssprotect/platform/file_system.h"

#include <memory>
#include <string>
#include <vector>

namespace ssprotect::platform {

/// A program that opens a kind of document.
struct Application {
    std::string name;                 ///< for people
    std::vector<std::string> command; ///< program and arguments; the document's path is to be appended
    Path executable;                  ///< the program's own file, whatever starts it
};

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

/// Whether this system can tell signed programs from others (PROT-11). Linux cannot.
bool signaturesChecked();

} // namespace ssprotect::platform
