#include "../protected_bytes.h"

#include "ssprotect/platform/shown_path.h"
#include "system_error.h"

#include <dpapi.h>

namespace ssprotect::platform {
namespace {

/// Output of the data protection interface, wiped before it is given back.
class Blob {
public:
    Blob() = default;
    ~Blob() {
        if (blob_.pbData == nullptr)
            return;
        wipeMemory(blob_.pbData, blob_.cbData);
        ::LocalFree(blob_.pbData);
    }
    Blob(const Blob&) = delete;
    Blob& operator=(const Blob&) = delete;

    DATA_BLOB* slot() { return &blob_; }
    WipedBytes bytes() const { return {blob_.pbData, blob_.pbData + blob_.cbData}; }

private:
    DATA_BLOB blob_{};
};

/// The interface takes input that it does not change as if it did.
DATA_BLOB inputOf(ByteView bytes) { return {static_cast<DWORD>(bytes.size()), const_cast<BYTE*>(bytes.data())}; }

} // namespace

Result<WipedBytes> sealForUser(ByteView secret) {
    DATA_BLOB input = inputOf(secret);
    Blob sealed;
    if (::CryptProtectData(&input, L"SSProtect", nullptr, nullptr, nullptr, CRYPTPROTECT_UI_FORBIDDEN, sealed.slot()) ==
        FALSE)
        return systemError(::GetLastError(), "seal a secret for this user");
    return sealed.bytes();
}

Result<WipedBytes> openForUser(ByteView sealed, const Path& path) {
    DATA_BLOB input = inputOf(sealed);
    Blob secret;
    if (::CryptUnprotectData(&input, nullptr, nullptr, nullptr, nullptr, CRYPTPROTECT_UI_FORBIDDEN, secret.slot()) ==
        FALSE)
        return makeError(ErrorCode::dataDamaged,
                         "'" + shownPath(path) +
                             "' was sealed for another user or on another machine, or is damaged; log in as the user "
                             "who wrote it, or restore it from a backup");
    return secret.bytes();
}

std::string_view howToMakePrivate() {
    return "in its properties, under Security, leave only yourself, SYSTEM and Administrators";
}

} // namespace ssprotect::platform
