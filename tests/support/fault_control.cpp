#include "support/fault_file_system.h"
#include "support/fault_operation.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <set>

namespace ssprotect::support {

using platform::FileKind;

namespace {

void visitBelow(const Path& path, const NodePtr& node, const std::function<void(const Path&, const NodePtr&)>& visit) {
    for (const auto& [name, child] : node->live.entries) {
        visit(path / name, child);
        visitBelow(path / name, child, visit);
    }
}

} // namespace

void FaultFileSystem::failAt(unsigned ordinal, Fault fault) {
    const std::lock_guard lock(mutex_);
    faults_[ordinal] = fault;
}

void FaultFileSystem::failFrom(unsigned ordinal, Fault fault) {
    const std::lock_guard lock(mutex_);
    lastingFault_ = {ordinal, fault};
}

void FaultFileSystem::failReadAt(unsigned ordinal) {
    const std::lock_guard lock(mutex_);
    readFault_ = ordinal;
}

void FaultFileSystem::crashAfter(unsigned ordinal) {
    const std::lock_guard lock(mutex_);
    crashAfter_ = ordinal;
}

void FaultFileSystem::setCapacity(std::uint64_t bytes) {
    const std::lock_guard lock(mutex_);
    capacity_ = bytes;
}

std::unique_ptr<FaultFileSystem> FaultFileSystem::survivingDisk(const Survival& survival) const {
    const std::lock_guard lock(mutex_);
    auto disk = std::unique_ptr<FaultFileSystem>(new FaultFileSystem(style_, disk_.survivor(survival)));
    disk->nanos_ = nanos_;
    return disk;
}

unsigned FaultFileSystem::operationCount() const {
    const std::lock_guard lock(mutex_);
    return static_cast<unsigned>(operations_.size());
}

unsigned FaultFileSystem::readCount() const {
    const std::lock_guard lock(mutex_);
    return reads_;
}

std::vector<Operation> FaultFileSystem::operations() const {
    const std::lock_guard lock(mutex_);
    return operations_;
}

std::string FaultFileSystem::log() const {
    std::string text;
    for (const auto& operation : operations())
        text += std::to_string(operation.ordinal) + " " + operation.text + "\n";
    return text;
}

bool FaultFileSystem::crashed() const {
    const std::lock_guard lock(mutex_);
    return !powered();
}

NodePtr FaultFileSystem::seedNode(const Path& path, FileKind kind) {
    if (const auto existing = find(path))
        return existing;
    const NodePtr directory = seedNode(path.has_parent_path() ? path.parent_path() : "/", FileKind::directory);
    const NodePtr node = disk_.makeNode(kind);
    node->live.attributes.modifiedNanos = node->live.attributes.changedNanos = tick();
    disk_.change(NameChange{{{directory, path.filename().string(), node}}});
    return node;
}

void FaultFileSystem::seedFile(const Path& path, ByteView content, unsigned mode, std::int64_t modifiedNanos) {
    const std::lock_guard lock(mutex_);
    const NodePtr node = seedNode(path, FileKind::regular);
    node->live.content.write() = copyOf(content);
    node->live.attributes.mode = mode;
    node->live.attributes.modifiedNanos = modifiedNanos;
    disk_.settle();
}

void FaultFileSystem::seedDirectory(const Path& path, unsigned mode) {
    const std::lock_guard lock(mutex_);
    seedNode(path, FileKind::directory)->live.attributes.mode = mode;
    disk_.settle();
}

void FaultFileSystem::seedSymbolicLink(const Path& path) {
    const std::lock_guard lock(mutex_);
    seedNode(path, FileKind::symbolicLink);
    disk_.settle();
}

void FaultFileSystem::seedHardLink(const Path& existing, const Path& path) {
    const std::lock_guard lock(mutex_);
    const NodePtr directory = seedNode(path.parent_path(), FileKind::directory);
    disk_.change(NameChange{{{directory, path.filename().string(), find(existing)}}});
    disk_.settle();
}

void FaultFileSystem::seedExtended(const Path& path, const std::string& name, ByteView value) {
    const std::lock_guard lock(mutex_);
    seedNode(path, FileKind::regular)->live.attributes.extended[name] = copyOf(value);
    disk_.settle();
}

void FaultFileSystem::overwrite(const Path& path, ByteView content) {
    const std::lock_guard lock(mutex_);
    const NodePtr node = seedNode(path, FileKind::regular);
    disk_.change(DataChange{node, 0, {}, 0, tick()});
    disk_.change(DataChange{node, 0, copyOf(content), std::nullopt, tick()});
    disk_.syncNode(node);
}

std::optional<Bytes> FaultFileSystem::content(const Path& path) const {
    const std::lock_guard lock(mutex_);
    const NodePtr node = find(path);
    if (!node || node->kind != FileKind::regular)
        return std::nullopt;
    return node->live.content.read();
}

std::optional<Attributes> FaultFileSystem::attributes(const Path& path) const {
    const std::lock_guard lock(mutex_);
    const NodePtr node = find(path);
    if (!node)
        return std::nullopt;
    return node->live.attributes;
}

std::vector<Path> FaultFileSystem::paths() const {
    const std::lock_guard lock(mutex_);
    std::vector<Path> all;
    visitBelow("/", disk_.root(), [&](const Path& path, const NodePtr&) { all.push_back(path); });
    std::sort(all.begin(), all.end());
    return all;
}

std::vector<Path> FaultFileSystem::filesContaining(ByteView needle) const {
    const std::lock_guard lock(mutex_);
    std::vector<Path> found;
    const std::string_view sought = textOf(needle);
    visitBelow("/", disk_.root(), [&](const Path& path, const NodePtr& node) {
        if (textOf(node->live.content.read()).find(sought) != std::string_view::npos)
            found.push_back(path);
    });
    return found;
}

std::uint64_t FaultFileSystem::usedBytes() const {
    std::uint64_t used = 0;
    std::set<const Node*> counted;
    visitBelow("/", disk_.root(), [&](const Path&, const NodePtr& node) {
        if (counted.insert(node.get()).second)
            used += node->live.content.read().size();
    });
    return used;
}

} // namespace ssprotect::support
