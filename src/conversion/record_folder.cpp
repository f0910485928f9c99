#include "ssprotect/conversion/record_folder.h"

#include "ssprotect/base/encoding.h"
#include "ssprotect/crypto/hash.h"
#include "ssprotect/platform/narrow_path.h"
#include "ssprotect/platform/shown_path.h"

#include <algorithm>

namespace ssprotect::conversion {
namespace {

/// A batch of 1,000 of the longest paths stays well below.
constexpr std::uint64_t kMostBytes = 64u << 20;
constexpr std::size_t kDigestLine = 65; // 64 hex digits and a line feed

Bytes sealed(ByteView content) {
    Bytes whole = copyOf(viewOf(toHex(crypto::sha256({content})) + "\n"));
    append(whole, content);
    return whole;
}

} // namespace

RecordFolder::RecordFolder(platform::FileSystem& files, platform::Path folder, std::string suffix)
    : files_(files), folder_(std::move(folder)), suffix_(std::move(suffix)) {}

platform::Path RecordFolder::pathOf(std::string_view name) const { return folder_ / (std::string(name) + suffix_); }

Status RecordFolder::prepare() {
    if (auto made = files_.createDirectories(folder_); !made)
        return made;
    return files_.syncDirectory(folder_.parent_path());
}

Status RecordFolder::removeLeftovers() { return platform::removeSiblings(files_, folder_); }

Status RecordFolder::write(std::string_view name, ByteView content) {
    return platform::writeWhole(files_, pathOf(name), sealed(content));
}

Status RecordFolder::remove(std::string_view name) { return files_.remove(pathOf(name)); }

Result<Bytes> RecordFolder::read(std::string_view name) const {
    auto whole = platform::readWhole(files_, pathOf(name), kMostBytes);
    if (!whole)
        return whole;
    if (whole->size() >= kDigestLine) {
        const ByteView content = ByteView(*whole).subspan(kDigestLine);
        if (textOf(ByteView(*whole).first(kDigestLine)) == toHex(crypto::sha256({content})) + "\n")
            return copyOf(content);
    }
    return makeError(ErrorCode::dataDamaged, "the record '" + platform::shownPath(pathOf(name)) +
                                                 "' is damaged; look for '.ssp-' files in the folders that were "
                                                 "being converted, then remove it");
}

Result<std::vector<std::string>> RecordFolder::names() const {
    auto entries = files_.list(folder_);
    if (!entries) {
        if (entries.error().code == ErrorCode::notFound)
            return std::vector<std::string>{};
        return std::move(entries).error();
    }
    std::vector<std::string> names;
    for (const auto& entry : *entries) {
        const std::string name = platform::narrowPath(entry.name);
        if (entry.kind == platform::FileKind::regular && name.size() > suffix_.size() && name.ends_with(suffix_))
            names.push_back(name.substr(0, name.size() - suffix_.size()));
    }
    return names;
}

std::string pathToRecord(const platform::Path& path) {
    const auto& native = path.native();
    const auto* bytes = reinterpret_cast<const Byte*>(native.data());
    return toBase64({bytes, native.size() * sizeof(platform::Path::value_type)});
}

Result<platform::Path> pathFromRecord(std::string_view text) {
    const auto bytes = fromBase64(text);
    constexpr std::size_t kUnit = sizeof(platform::Path::value_type);
    if (!bytes || bytes->empty() || bytes->size() % kUnit != 0)
        return makeError(ErrorCode::dataDamaged, "a record names no path");
    platform::Path::string_type native(bytes->size() / kUnit, {});
    std::copy(bytes->begin(), bytes->end(), reinterpret_cast<Byte*>(native.data()));
    return platform::Path(std::move(native));
}

} // namespace ssprotect::conversion
