// POSIX offers no sealing without a desktop's key ring; the file's mode is the protection.

#include "../protected_bytes.h"

namespace ssprotect::platform {

Result<WipedBytes> sealForUser(ByteView secret) { return WipedBytes(secret.begin(), secret.end()); }

Result<WipedBytes> openForUser(ByteView sealed, const Path&) { return WipedBytes(sealed.begin(), sealed.end()); }

std::string_view howToMakePrivate() { return "chmod 600"; }

} // namespace ssprotect::platform
