#include "selection.h"

#include "com_object.h"

#include <shellapi.h>

namespace ssprotect::shellext {
namespace {

/// Of the 100 ms that a menu and its default verb may take in all.
constexpr std::chrono::milliseconds kMenuTime{60};

/// Gives back what IDataObject::GetData handed out.
class Medium {
public:
    Medium() = default;
    Medium(const Medium&) = delete;
    Medium& operator=(const Medium&) = delete;
    ~Medium() { ::ReleaseStgMedium(&medium_); }
    STGMEDIUM* out() { return &medium_; }
    HDROP drop() const { return static_cast<HDROP>(medium_.hGlobal); }

private:
    STGMEDIUM medium_{};
};

} // namespace

std::vector<std::filesystem::path> pathsOf(IDataObject* selection) {
    std::vector<std::filesystem::path> paths;
    FORMATETC format{CF_HDROP, nullptr, DVASPECT_CONTENT, -1, TYMED_HGLOBAL};
    Medium medium;
    if (selection == nullptr || FAILED(selection->GetData(&format, medium.out())) || medium.drop() == nullptr)
        return paths;
    const UINT count = ::DragQueryFileW(medium.drop(), 0xFFFFFFFF, nullptr, 0);
    paths.reserve(count);
    for (UINT i = 0; i < count; ++i) {
        std::wstring name(::DragQueryFileW(medium.drop(), i, nullptr, 0), L'\0');
        if (::DragQueryFileW(medium.drop(), i, name.data(), static_cast<UINT>(name.size()) + 1) > 0)
            paths.emplace_back(std::move(name));
    }
    return paths;
}

std::vector<std::filesystem::path> pathsOf(IShellItemArray* selection) {
    std::vector<std::filesystem::path> paths;
    DWORD count = 0;
    if (selection == nullptr || FAILED(selection->GetCount(&count)))
        return paths;
    paths.reserve(count);
    for (DWORD i = 0; i < count; ++i) {
        ComPointer<IShellItem> item;
        LPWSTR name = nullptr;
        if (FAILED(selection->GetItemAt(i, item.out())) || FAILED(item->GetDisplayName(SIGDN_FILESYSPATH, &name)))
            continue;
        paths.emplace_back(name);
        ::CoTaskMemFree(name);
    }
    return paths;
}

SelectionFacts factsOf(FileLooker& files, const std::vector<std::filesystem::path>& paths) {
    SelectionFacts facts;
    facts.count = paths.size();
    const auto until = FileLooker::Clock::now() + kMenuTime;
    for (const auto& path : paths) {
        if (facts.settled())
            break;
        if (FileLooker::Clock::now() >= until) {
            facts.unknown = true;
            break;
        }
        facts.add(files.look(path, until));
    }
    return facts;
}

} // namespace ssprotect::shellext
