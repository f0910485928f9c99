#include "file_facts.h"

#include "access_list.h"

#include <algorithm>
#include <limits>

namespace ssprotect::platform {
namespace {

constexpr std::int64_t kTicksPerSecond = 10'000'000;
constexpr std::int64_t kNanosPerTick = 100;
constexpr std::int64_t kUnixEpoch = 11'644'473'600 * kTicksPerSecond; ///< 1970 in ticks since 1601
constexpr std::size_t kMostStreamInfo = 64 * 1024;

// winnt.h of mingw-w64 lacks some of these.
constexpr DWORD kNameSurrogate = 0x20000000;
constexpr DWORD kUnixSocketTag = 0x80000023;
constexpr DWORD kUnixPipeTag = 0x80000024;
constexpr DWORD kUnixCharacterDeviceTag = 0x80000025;
constexpr DWORD kUnixBlockDeviceTag = 0x80000026;

template <class Info> bool query(HANDLE file, FILE_INFO_BY_HANDLE_CLASS what, Info& info) {
    return ::GetFileInformationByHandleEx(file, what, &info, sizeof info) != FALSE;
}

/// Volume and number of the file on it. ReFS has numbers of 128 bits, whose upper half is small.
bool identify(HANDLE file, FileInfo& info) {
    FILE_ID_INFO id{};
    if (query(file, FileIdInfo, id)) {
        std::uint64_t low = 0;
        std::uint64_t high = 0;
        std::copy_n(id.FileId.Identifier, sizeof low, reinterpret_cast<Byte*>(&low));
        std::copy_n(id.FileId.Identifier + sizeof low, sizeof high, reinterpret_cast<Byte*>(&high));
        info.device = id.VolumeSerialNumber;
        info.inode = low ^ (high << 48 | high >> 16);
        return true;
    }
    BY_HANDLE_FILE_INFORMATION older{};
    if (::GetFileInformationByHandle(file, &older) == FALSE)
        return false;
    info.device = older.dwVolumeSerialNumber;
    info.inode = static_cast<std::uint64_t>(older.nFileIndexHigh) << 32 | older.nFileIndexLow;
    return true;
}

bool belongsToUserAlone(HANDLE file) {
    const auto descriptor = descriptorOf(file);
    Bytes user = userSid();
    return descriptor && !user.empty() && isPrivate(descriptor.get(), user.data());
}

} // namespace

FileKind kindOf(DWORD attributes, DWORD reparseTag) {
    if ((attributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0) {
        if ((reparseTag & kNameSurrogate) != 0)
            return FileKind::symbolicLink;
        if (reparseTag == kUnixSocketTag || reparseTag == kUnixPipeTag || reparseTag == kUnixCharacterDeviceTag ||
            reparseTag == kUnixBlockDeviceTag)
            return FileKind::other;
    }
    if ((attributes & FILE_ATTRIBUTE_DIRECTORY) != 0)
        return FileKind::directory;
    return (attributes & FILE_ATTRIBUTE_DEVICE) != 0 ? FileKind::other : FileKind::regular;
}

std::int64_t nanosOfFileTime(std::int64_t ticks) {
    constexpr auto kLimits = std::numeric_limits<std::int64_t>();
    const std::int64_t sinceUnix = ticks - kUnixEpoch;
    if (sinceUnix > kLimits.max() / kNanosPerTick)
        return kLimits.max();
    if (sinceUnix < kLimits.min() / kNanosPerTick)
        return kLimits.min();
    return sinceUnix * kNanosPerTick;
}

std::int64_t fileTimeOfNanos(std::int64_t nanos) {
    const std::int64_t ticks = std::chrono::floor<std::chrono::duration<std::int64_t, std::ratio<1, kTicksPerSecond>>>(
                                   std::chrono::nanoseconds(nanos))
                                   .count();
    // 0 and the negative ones mean "leave it" to the system.
    return std::max<std::int64_t>(ticks + kUnixEpoch, 1);
}

std::vector<std::wstring> namedStreams(ByteView streamInfo) {
    constexpr std::size_t kNameAt = offsetof(FILE_STREAM_INFO, StreamName);
    std::vector<std::wstring> names;
    for (std::size_t at = 0; at + kNameAt <= streamInfo.size();) {
        FILE_STREAM_INFO head{};
        std::copy_n(streamInfo.data() + at, kNameAt, reinterpret_cast<Byte*>(&head));
        if (head.StreamNameLength > streamInfo.size() - at - kNameAt)
            break;
        std::wstring name(head.StreamNameLength / sizeof(wchar_t), L'\0');
        std::copy_n(streamInfo.data() + at + kNameAt, name.size() * sizeof(wchar_t),
                    reinterpret_cast<Byte*>(name.data()));
        if (!name.empty() && name != L"::$DATA")
            names.push_back(std::move(name));
        if (head.NextEntryOffset == 0)
            break;
        at += head.NextEntryOffset;
    }
    return names;
}

std::vector<std::wstring> streamsOf(HANDLE file) {
    for (Bytes buffer(1024); buffer.size() <= kMostStreamInfo; buffer.resize(buffer.size() * 4)) {
        if (::GetFileInformationByHandleEx(file, FileStreamInfo, buffer.data(), static_cast<DWORD>(buffer.size())) !=
            FALSE)
            return namedStreams(buffer);
        if (::GetLastError() != ERROR_MORE_DATA)
            return {};
        buffer.assign(buffer.size(), 0);
    }
    // More names than any honest file has; what they are does not matter to anybody.
    return {L":*:$DATA"};
}

std::optional<FILE_ATTRIBUTE_TAG_INFO> tagOf(HANDLE file) {
    FILE_ATTRIBUTE_TAG_INFO tag{};
    if (query(file, FileAttributeTagInfo, tag))
        return tag;
    FILE_BASIC_INFO basic{};
    if (!query(file, FileBasicInfo, basic))
        return std::nullopt;
    tag.FileAttributes = basic.FileAttributes;
    return tag;
}

std::optional<FileInfo> factsOf(HANDLE file) {
    FILE_BASIC_INFO basic{};
    FILE_STANDARD_INFO standard{};
    FileInfo info;
    const auto tag = tagOf(file);
    if (!tag || !query(file, FileBasicInfo, basic) || !query(file, FileStandardInfo, standard) || !identify(file, info))
        return std::nullopt;
    info.kind = kindOf(tag->FileAttributes, tag->ReparseTag);
    info.size = static_cast<std::uint64_t>(standard.EndOfFile.QuadPart);
    info.modifiedNanos = nanosOfFileTime(basic.LastWriteTime.QuadPart);
    info.changedNanos = nanosOfFileTime(basic.ChangeTime.QuadPart);
    info.modified = std::chrono::floor<Duration>(
        std::chrono::sys_time<std::chrono::nanoseconds>(std::chrono::nanoseconds(info.modifiedNanos)));
    info.linkCount = standard.DeletePending != FALSE ? 0 : standard.NumberOfLinks;
    info.writable = (basic.FileAttributes & FILE_ATTRIBUTE_READONLY) == 0;
    info.ownerOnly = belongsToUserAlone(file);
    if (info.kind == FileKind::regular)
        for (const auto& name : streamsOf(file))
            info.otherStreams = info.otherStreams || name != kOriginStream;
    return info;
}

} // namespace ssprotect::platform
