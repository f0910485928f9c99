#include "ssprotect/platform/secret_file.h"

#include "protected_bytes.h"
#include "ssprotect/platform/shown_path.h"

namespace ssprotect::platform {

Status writeSecretFile(FileSystem& files, const Path& path, ByteView secret) {
    auto sealed = sealForUser(secret);
    if (!sealed)
        return std::move(sealed).error();
    return writeWhole(files, path, *sealed);
}

Result<WipedBytes> readSecretFile(FileSystem& files, const Path& path, std::uint64_t limit) {
    auto file = files.open(path, Access::read);
    if (!file)
        return std::move(file).error();
    auto info = (*file)->info();
    if (!info)
        return std::move(info).error();
    if (!info->ownerOnly)
        return makeError(ErrorCode::accessDenied,
                         "'" + shownPath(path) +
                             "' holds a secret, but others have access to it or it is not yours; find out who could "
                             "have read or changed it, then make it yours alone (" +
                             std::string(howToMakePrivate()) + ")");
    if (info->size > limit + kSealOverhead)
        return makeError(ErrorCode::dataDamaged,
                         "'" + shownPath(path) + "' is too big for what it should hold; restore it from a backup");
    WipedBytes sealed(info->size);
    auto got = (*file)->readAt(0, sealed);
    if (!got)
        return std::move(got).error();
    sealed.resize(*got);
    return openForUser(sealed, path);
}

} // namespace ssprotect::platform
