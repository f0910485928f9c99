#include "attributes.h"

#include "access_rights.h"
#include "posix_file.h"
#include "system_error.h"

#include <fcntl.h>
#include <optional>
#include <string>
#include <sys/xattr.h>

namespace ssprotect::platform {
namespace {

constexpr const char* kAccessList = "system.posix_acl_access";

/// Says ENODATA or EOPNOTSUPP: there is no such attribute.
bool isAbsent(int number) { return number == ENODATA || number == EOPNOTSUPP || number == ENOSYS; }

bool isRefused(int number) { return number == EPERM || number == EACCES || number == EOPNOTSUPP; }

/// Signatures over the content: on other content they would make the file unreadable, and the
/// kernel makes them anew.
bool belongsToContent(std::string_view name) { return name == "security.ima" || name == "security.evm"; }

/// An attribute's value or the list of names, also when it grows meanwhile. None: errno says why.
template <class Read> std::optional<Bytes> readSized(Read read) {
    for (;;) {
        const auto size = read(nullptr, 0);
        if (size < 0)
            return std::nullopt;
        Bytes value(static_cast<std::size_t>(size));
        if (size == 0)
            return value;
        const auto got = read(value.data(), value.size());
        if (got >= 0) {
            value.resize(static_cast<std::size_t>(got));
            return value;
        }
        if (errno != ERANGE)
            return std::nullopt;
    }
}

class AttributeCopy {
public:
    AttributeCopy(Descriptor from, const Path& fromPath, Descriptor to, const Path& toPath)
        : from_(std::move(from)), fromPath_(fromPath), to_(std::move(to)), toPath_(toPath) {}

    Status run() {
        struct stat target {};
        if (::fstat(from_.get(), &source_) != 0)
            return fileError(errno, "read the attributes of", fromPath_);
        if (::fstat(to_.get(), &target) != 0)
            return fileError(errno, "read the attributes of", toPath_);
        // The owner first: a change of owner takes set-id bits and capabilities away again.
        const KeptOwnership kept = giveOwnership(target);
        if (auto copied = copyExtended(); !copied)
            return copied;
        giveRights(kept);
        return giveTimes();
    }

private:
    KeptOwnership giveOwnership(const struct stat& target) {
        if (target.st_uid == source_.st_uid && target.st_gid == source_.st_gid)
            return {true, true};
        if (::fchown(to_.get(), source_.st_uid, source_.st_gid) == 0)
            return {true, true};
        constexpr auto kSame = static_cast<uid_t>(-1);
        return {target.st_uid == source_.st_uid,
                target.st_gid == source_.st_gid || ::fchown(to_.get(), kSame, source_.st_gid) == 0};
    }

    Status copyExtended() {
        const auto names = readSized(
            [&](void* to, std::size_t size) { return ::flistxattr(from_.get(), static_cast<char*>(to), size); });
        if (!names)
            return isAbsent(errno) ? Status{} : Status{fileError(errno, "read the attributes of", fromPath_)};
        for (std::string_view rest = textOf(*names); !rest.empty();) {
            const std::string name(rest.substr(0, rest.find('\0')));
            rest.remove_prefix(std::min(name.size() + 1, rest.size()));
            if (name == kAccessList || belongsToContent(name))
                continue;
            if (auto copied = copyOne(name); !copied)
                return copied;
        }
        return {};
    }

    std::optional<Bytes> read(const char* name) {
        return readSized([&](void* to, std::size_t size) { return ::fgetxattr(from_.get(), name, to, size); });
    }

    Status copyOne(const std::string& name) {
        const auto value = read(name.c_str());
        if (value && ::fsetxattr(to_.get(), name.c_str(), value->data(), value->size(), 0) == 0)
            return {};
        // The people's own attributes must come along; the system's are copied as far as it lets us.
        if (name.starts_with("user.") && !isRefused(errno) && !isAbsent(errno))
            return fileError(errno, "copy the attributes to", toPath_);
        // An access list that is not POSIX (NFSv4) and did not come along: the mode alone could say more.
        if (name.starts_with("system."))
            accessListLost_ = true;
        return {};
    }

    std::optional<Bytes> readAccessList() {
        auto list = read(kAccessList);
        if (!list && !isAbsent(errno))
            accessListLost_ = true;
        return list;
    }

    /// Never fails: a file whose mode cannot be set stays as narrow as it was made.
    void giveRights(KeptOwnership kept) {
        const AccessRights rights = withoutWidening({source_.st_mode & 07777, readAccessList()}, kept);
        mode_t mode = rights.mode;
        if (rights.accessList) {
            struct stat now {};
            if (::fsetxattr(to_.get(), kAccessList, rights.accessList->data(), rights.accessList->size(), 0) == 0 &&
                ::fstat(to_.get(), &now) == 0)
                mode = (rights.mode & ~static_cast<mode_t>(0777)) | (now.st_mode & 0777); // as the list set them
            else
                accessListLost_ = true;
        } else if (::fremovexattr(to_.get(), kAccessList) != 0 && !isAbsent(errno)) {
            // The folder's default ACL gave the new file a list, so far without effect through its
            // mask; the mode's group bits would let the people named there in.
            accessListLost_ = true;
        }
        static_cast<void>(::fchmod(to_.get(), accessListLost_ ? ownerOnly(mode) : mode));
    }

    Status giveTimes() {
        const struct timespec times[2] = {source_.st_atim, source_.st_mtim};
        if (::futimens(to_.get(), times) != 0 && !isRefused(errno))
            return fileError(errno, "set the time of", toPath_);
        return {};
    }

    Descriptor from_;
    const Path& fromPath_;
    Descriptor to_;
    const Path& toPath_;
    struct stat source_ {};
    bool accessListLost_ = false;
};

} // namespace

Status copyAllAttributes(const Path& from, const Path& to) {
    auto source = openRegular(from, O_RDONLY);
    if (!source)
        return std::move(source).error();
    auto target = openRegular(to, O_RDONLY);
    if (!target)
        return std::move(target).error();
    return AttributeCopy(std::move(*source), from, std::move(*target), to).run();
}

} // namespace ssprotect::platform
