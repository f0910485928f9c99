#include "fault_operation.h"

#include "ssprotect/platform/narrow_path.h"

#include <algorithm>

namespace ssprotect::support {

using platform::FileInfo;
using platform::FileKind;

namespace {

constexpr std::size_t kLongestName = 255;

} // namespace

std::vector<std::string> namesOf(const Path& path) {
    std::vector<std::string> names;
    for (const auto& part : path.lexically_normal().relative_path())
        if (!part.empty() && part != ".")
            names.push_back(platform::narrowPath(part));
    return names;
}

Error failure(ErrorCode code, std::string_view verb, const Path& path) {
    return makeError(code, "cannot " + std::string(verb) + " '" + path.string() + "': " + std::string(errorWord(code)));
}

bool liesBelow(const Path& path, const Path& folder) {
    const auto names = namesOf(path);
    const auto above = namesOf(folder);
    return names.size() > above.size() && std::equal(above.begin(), above.end(), names.begin());
}

Status mayReplace(const Node& source, const Node* target, const Path& to) {
    if (target == nullptr)
        return {};
    const bool folder = source.kind == FileKind::directory;
    if (folder != (target->kind == FileKind::directory))
        return failure(folder ? ErrorCode::notFound : ErrorCode::unsupportedFile, "rename to", to);
    if (!target->live.entries.empty())
        return failure(ErrorCode::ioError, "rename to the folder that is not empty", to);
    return {};
}

std::vector<Fault> faultsOf(OperationKind kind) {
    switch (kind) {
    case OperationKind::write:
        return {Fault::ioError, Fault::diskFull, Fault::shortWrite};
    case OperationKind::remove:
        return {Fault::ioError, Fault::ioErrorAfterwards};
    case OperationKind::replace:
    case OperationKind::rename:
        return {Fault::ioError, Fault::diskFull, Fault::ioErrorAfterwards};
    default:
        return {Fault::ioError, Fault::diskFull};
    }
}

Status FaultFileSystem::powered() const {
    if (crashAfter_ && operations_.size() >= *crashAfter_)
        return makeError(ErrorCode::ioError, "the power is off");
    return {};
}

std::optional<Fault> FaultFileSystem::faultNow() const {
    const auto ordinal = static_cast<unsigned>(operations_.size());
    if (const auto once = faults_.find(ordinal); once != faults_.end())
        return once->second;
    if (lastingFault_ && ordinal >= lastingFault_->first)
        return lastingFault_->second;
    return std::nullopt;
}

NodePtr FaultFileSystem::find(const Path& path) const {
    if (path.empty())
        return nullptr;
    NodePtr node = disk_.root();
    for (const auto& name : namesOf(path)) {
        const auto entry = node->live.entries.find(name);
        if (entry == node->live.entries.end())
            return nullptr;
        node = entry->second;
    }
    return node;
}

Result<NodePtr> FaultFileSystem::require(const Path& path, std::string_view verb) const {
    auto node = find(path);
    if (!node)
        return failure(ErrorCode::notFound, verb, path);
    return node;
}

Result<NodePtr> FaultFileSystem::requireFile(const Path& path, unsigned modeBits) const {
    auto node = require(path, "open");
    if (!node)
        return node;
    if ((*node)->kind == FileKind::symbolicLink)
        return failure(ErrorCode::symbolicLink, "open", path);
    if ((*node)->kind != FileKind::regular)
        return failure(ErrorCode::unsupportedFile, "open", path);
    if (((*node)->live.attributes.mode & modeBits) != modeBits)
        return failure(ErrorCode::accessDenied, "open", path);
    return node;
}

Result<FaultFileSystem::Place> FaultFileSystem::place(const Path& path, std::string_view verb) const {
    const auto names = namesOf(path);
    if (names.empty())
        return failure(ErrorCode::accessDenied, verb, path);
    if (names.back().size() > kLongestName)
        return failure(ErrorCode::nameTooLong, verb, path);
    Path parent = "/";
    for (std::size_t i = 0; i + 1 < names.size(); ++i)
        parent /= names[i];
    auto directory = find(parent);
    if (!directory || directory->kind != FileKind::directory)
        return failure(ErrorCode::notFound, verb, path);
    const auto entry = directory->live.entries.find(names.back());
    NodePtr node = entry == directory->live.entries.end() ? nullptr : entry->second;
    return Place{std::move(directory), names.back(), std::move(node)};
}

Result<FaultFileSystem::Place> FaultFileSystem::writablePlace(const Path& path, std::string_view verb) const {
    auto at = place(path, verb);
    if (at && (at->directory->live.attributes.mode & 0200) == 0)
        return failure(ErrorCode::accessDenied, verb, path);
    return at;
}

Result<std::size_t> FaultFileSystem::readFrom(const Node& node, std::uint64_t offset, MutableByteView to) {
    if (auto power = powered(); !power)
        return std::move(power).error();
    if (++reads_ == readFault_)
        return makeError(ErrorCode::ioError, "injected fault at read " + std::to_string(reads_));
    const Bytes& content = node.live.content.read();
    if (offset >= content.size())
        return std::size_t{0};
    const auto length = std::min<std::size_t>(to.size(), content.size() - offset);
    std::copy_n(content.begin() + static_cast<std::ptrdiff_t>(offset), length, to.begin());
    return length;
}

Status FaultFileSystem::writeTo(const NodePtr& node, const Path& path, std::uint64_t offset, ByteView from) {
    if (auto power = powered(); !power)
        return power;
    const auto write = [&](std::size_t length) {
        disk_.change(DataChange{node, offset, copyOf(from.first(length)), std::nullopt, tick()});
    };
    auto done = perform(
        OperationKind::write,
        "write " + path.string() + " " + std::to_string(offset) + "+" + std::to_string(from.size()), [&]() -> Status {
            if (!capacity_) {
                write(from.size());
                return {};
            }
            const std::uint64_t size = node->live.content.read().size();
            const std::uint64_t most = size + *capacity_ - std::min(*capacity_, usedBytes());
            const std::uint64_t end = offset + from.size();
            const auto fits = from.size() - std::min<std::uint64_t>(from.size(), end - std::min(end, most));
            write(fits);
            return fits == from.size() ? Status{} : failure(ErrorCode::diskFull, "write", path);
        });
    if (!done && faultNow() == Fault::shortWrite)
        write(from.size() / 2);
    return done;
}

Status FaultFileSystem::resizeTo(const NodePtr& node, const Path& path, std::uint64_t size) {
    return perform(OperationKind::resize, "resize " + path.string() + " " + std::to_string(size), [&]() -> Status {
        disk_.change(DataChange{node, 0, {}, size, tick()});
        return {};
    });
}

Status FaultFileSystem::syncFile(const NodePtr& node, const Path& path) {
    auto done = perform(OperationKind::sync, "sync " + path.string(), [&]() -> Status {
        disk_.syncNode(node);
        return {};
    });
    if (!done)
        disk_.loseTrackOfNode(node);
    return done;
}

FileInfo FaultFileSystem::infoOf(const Node& node) const {
    FileInfo info;
    const auto& attributes = node.live.attributes;
    info.kind = node.kind;
    info.size = node.live.content.read().size();
    info.modifiedNanos = attributes.modifiedNanos;
    info.changedNanos = attributes.changedNanos;
    info.modified = std::chrono::floor<Duration>(
        std::chrono::sys_time<std::chrono::nanoseconds>(std::chrono::nanoseconds(attributes.modifiedNanos)));
    info.device = 1;
    info.inode = node.number;
    info.linkCount = node.links;
    info.writable = (attributes.mode & 0200) != 0;
    info.ownerOnly = (attributes.mode & 077) == 0;
    info.otherStreams = attributes.extended.contains(std::string(kStreams));
    return info;
}

} // namespace ssprotect::support
