#include "viewer_watch.h"

#include "file_looker.h"
#include "handle.h"

#include <string>

namespace ssprotect::shellext {
namespace {

constexpr std::uint64_t kLookEveryMillis = 20;
constexpr DWORD kMostBytes = 1 << 20;

std::optional<std::string> contentOf(const std::filesystem::path& path) {
    const Handle file(::CreateFileW(longPath(path).c_str(), GENERIC_READ,
                                    FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING, 0,
                                    nullptr));
    LARGE_INTEGER size{};
    if (!file || !::GetFileSizeEx(file.get(), &size) || size.QuadPart > kMostBytes)
        return std::nullopt;
    std::string content(static_cast<std::size_t>(size.QuadPart), '\0');
    DWORD count = 0;
    if (!::ReadFile(file.get(), content.data(), static_cast<DWORD>(content.size()), &count, nullptr))
        return std::nullopt;
    content.resize(count);
    return content;
}

} // namespace

/// The name is plain ASCII; as a narrow one it would bring half a megabyte of locales into the DLL.
ViewerWatch::ViewerWatch(std::filesystem::path home)
    : file_(
          home.empty()
              ? std::filesystem::path()
              : (home / std::wstring(container::kViewerFile.begin(), container::kViewerFile.end())).make_preferred()) {}

container::Overlay ViewerWatch::overlayOf(AccountId owner, OrganizationId organization) {
    const auto viewer = current();
    return viewer == nullptr ? container::Overlay::none : viewer->overlayOf(owner, organization);
}

ViewerWatch::Known ViewerWatch::current() {
    std::lock_guard lock(mutex_);
    const auto now = ::GetTickCount64();
    if (lookedAt_ == 0 || now - lookedAt_ >= kLookEveryMillis) {
        lookedAt_ = now;
        readAgain();
    }
    return known_;
}

void ViewerWatch::readAgain() {
    WIN32_FILE_ATTRIBUTE_DATA data{};
    if (file_.empty() || !::GetFileAttributesExW(longPath(file_).c_str(), GetFileExInfoStandard, &data)) {
        known_ = nullptr;
        modified_ = 0;
        return;
    }
    const auto modified =
        (std::uint64_t{data.ftLastWriteTime.dwHighDateTime} << 32) | data.ftLastWriteTime.dwLowDateTime;
    if (known_ != nullptr && modified == modified_)
        return;
    const auto content = contentOf(file_);
    auto viewer = content ? container::Viewer::parse(*content) : Result<container::Viewer>(Error{});
    // A file that is just being replaced is read at the next look.
    if (!viewer)
        return;
    known_ = std::make_shared<const container::Viewer>(std::move(*viewer));
    modified_ = modified;
}

} // namespace ssprotect::shellext
