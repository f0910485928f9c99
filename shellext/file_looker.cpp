#include "file_looker.h"

#include "handle.h"
#include "ssprotect/container/identity.h"

#include <algorithm>
#include <cwctype>
#include <shlobj.h>

namespace ssprotect::shellext {
namespace {

constexpr std::uint64_t kDriveFreshMillis = 5'000;
constexpr DWORD kShareAll = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

// winnt.h of older kits lacks these two.
constexpr DWORD kRecallOnOpen = 0x00040000;
constexpr DWORD kRecallOnDataAccess = 0x00400000;
/// Content that would have to be fetched from a cloud or a tape first.
constexpr DWORD kElsewhere = FILE_ATTRIBUTE_OFFLINE | kRecallOnOpen | kRecallOnDataAccess;

std::uint64_t joined(DWORD high, DWORD low) { return (std::uint64_t{high} << 32) | low; }

bool isNetworkName(std::wstring_view name) {
    if (name.starts_with(LR"(\\?\UNC\)"))
        return true;
    return name.starts_with(LR"(\\)") && !name.starts_with(LR"(\\?\)") && !name.starts_with(LR"(\\.\)");
}

/// 0–25, or nothing when the name starts with no drive.
std::optional<std::size_t> driveOf(std::wstring_view name) {
    if (name.starts_with(LR"(\\?\)"))
        name.remove_prefix(4);
    if (name.size() < 3 || name[1] != L':')
        return std::nullopt;
    const auto letter = std::towupper(static_cast<wint_t>(name[0]));
    if (letter < L'A' || letter > L'Z')
        return std::nullopt;
    return static_cast<std::size_t>(letter - L'A');
}

void tellExplorer(const std::filesystem::path& path) {
    ::SHChangeNotify(SHCNE_UPDATEITEM, SHCNF_PATHW | SHCNF_FLUSHNOWAIT, path.c_str(), nullptr);
}

} // namespace

std::wstring longPath(const std::filesystem::path& path) {
    const auto& name = path.native();
    if (name.size() < MAX_PATH - 12 || name.starts_with(LR"(\\?\)"))
        return name;
    if (isNetworkName(name))
        return LR"(\\?\UNC)" + name.substr(1);
    return LR"(\\?\)" + name;
}

std::size_t readFirstBytes(const std::filesystem::path& path, MutableByteView room) {
    const Handle file(::CreateFileW(longPath(path).c_str(), FILE_READ_DATA | SYNCHRONIZE, kShareAll, nullptr,
                                    OPEN_EXISTING, FILE_FLAG_OPEN_NO_RECALL, nullptr));
    DWORD count = 0;
    if (!file || !::ReadFile(file.get(), room.data(), static_cast<DWORD>(room.size()), &count, nullptr))
        return 0;
    return count;
}

FileLooker::FileLooker() : distant_([this](const Path& path) { return lookHere(path); }, tellExplorer) {}

FileLooker::Reach FileLooker::reachOf(const Path& path) {
    if (isNetworkName(path.native()))
        return Reach::network;
    const auto drive = driveOf(path.native());
    if (!drive)
        return Reach::none;
    const auto now = ::GetTickCount64();
    const auto known = drives_[*drive].load();
    auto type = static_cast<UINT>(known & 0xFF);
    if (known == 0 || now - (known >> 8) > kDriveFreshMillis) {
        const wchar_t root[] = {static_cast<wchar_t>(L'A' + *drive), L':', L'\\', 0};
        type = ::GetDriveTypeW(root);
        drives_[*drive] = (now << 8) | type;
    }
    switch (type) {
    case DRIVE_FIXED:
    case DRIVE_REMOVABLE:
    case DRIVE_RAMDISK:
        return Reach::here;
    case DRIVE_REMOTE:
        return Reach::network;
    default:
        return Reach::none;
    }
}

FileMark FileLooker::lookHere(const Path& path) {
    WIN32_FILE_ATTRIBUTE_DATA data{};
    if (!::GetFileAttributesExW(longPath(path).c_str(), GetFileExInfoStandard, &data))
        return {};
    if ((data.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0)
        return {FileKind::folder, {}, {}};
    if ((data.dwFileAttributes & kElsewhere) != 0)
        return {};
    const FileStamp stamp{joined(data.ftLastWriteTime.dwHighDateTime, data.ftLastWriteTime.dwLowDateTime),
                          joined(data.nFileSizeHigh, data.nFileSizeLow)};
    if (stamp.size < kSmallestContainer)
        return {FileKind::plain, {}, {}};
    if (const auto known = cache_.find(path, stamp))
        return *known;
    std::array<Byte, container::kIdentitySize> bytes{};
    const auto count = readFirstBytes(path, bytes);
    if (count == 0)
        return {};
    const auto mark = markOf(ByteView(bytes).first(count));
    cache_.keep(path, stamp, mark);
    return mark;
}

FileMark FileLooker::glance(const Path& path) {
    switch (reachOf(path)) {
    case Reach::here:
        return lookHere(path);
    case Reach::network:
        return distant_.known(path);
    case Reach::none:
        break;
    }
    return {};
}

FileMark FileLooker::look(const Path& path, Clock::time_point until) {
    return reachOf(path) == Reach::network ? distant_.ask(path, until - Clock::now()) : glance(path);
}

} // namespace ssprotect::shellext
