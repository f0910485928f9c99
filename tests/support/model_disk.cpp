#include "model_disk.h"

#include <algorithm>
#include <set>

namespace ssprotect::support {
namespace {

using platform::FileKind;

constexpr std::uint64_t kSector = 512;

void touch(NodeState& state, std::int64_t time) {
    state.attributes.modifiedNanos = time;
    state.attributes.changedNanos = time;
}

void resize(NodeState& state, const DataChange& change) {
    const std::uint64_t end = change.offset + change.bytes.size();
    const std::uint64_t size = change.size.value_or(std::max<std::uint64_t>(state.content.read().size(), end));
    if (size != state.content.read().size())
        state.content.write().resize(size);
}

void applyData(NodeState& state, const DataChange& change) {
    resize(state, change);
    if (!change.bytes.empty())
        std::copy(change.bytes.begin(), change.bytes.end(),
                  state.content.write().begin() + static_cast<std::ptrdiff_t>(change.offset));
    touch(state, change.time);
}

/// Only the sectors that `keep` says; the file ends with the last one kept.
template <class Keep> void applySectors(NodeState& state, const DataChange& change, Keep keep) {
    if (change.size) {
        if (keep())
            applyData(state, change);
        return;
    }
    for (std::uint64_t done = 0; done < change.bytes.size();) {
        const std::uint64_t at = change.offset + done;
        const std::uint64_t length = std::min(kSector - at % kSector, change.bytes.size() - done);
        const auto first = change.bytes.begin() + static_cast<std::ptrdiff_t>(done);
        if (keep())
            applyData(state,
                      {change.node, at, Bytes(first, first + static_cast<std::ptrdiff_t>(length)), {}, change.time});
        done += length;
    }
}

bool touchesDirectory(const NameChange& change, const NodePtr& directory) {
    return std::any_of(change.edits.begin(), change.edits.end(),
                       [&](const NameEdit& edit) { return edit.directory == directory; });
}

void setEntry(NodeState& state, const std::string& name, const NodePtr& node) {
    if (node)
        state.entries[name] = node;
    else
        state.entries.erase(name);
}

void applyDurably(const ModelDisk::Change& change) {
    if (const auto* data = std::get_if<DataChange>(&change))
        applyData(data->node->durable, *data);
    else if (const auto* attributes = std::get_if<AttributeChange>(&change))
        attributes->node->durable.attributes = attributes->after;
    else
        for (const auto& edit : std::get<NameChange>(change).edits)
            setEntry(edit.directory->durable, edit.name, edit.node);
}

void editLive(const NameEdit& edit) {
    auto& entries = edit.directory->live.entries;
    if (const auto old = entries.find(edit.name); old != entries.end())
        --old->second->links;
    if (edit.node)
        ++edit.node->links;
    setEntry(edit.directory->live, edit.name, edit.node);
}

/// Everything reachable becomes durable as it is; link counts are counted anew.
void settleBelow(const NodePtr& node, std::set<const Node*>& seen) {
    if (!seen.insert(node.get()).second)
        return;
    node->durable = node->live;
    for (const auto& [name, child] : node->live.entries) {
        child->links = seen.contains(child.get()) ? child->links + 1 : 1;
        settleBelow(child, seen);
    }
}

NodePtr nodeOf(const ModelDisk::Change& change) {
    if (const auto* data = std::get_if<DataChange>(&change))
        return data->node;
    if (const auto* attributes = std::get_if<AttributeChange>(&change))
        return attributes->node;
    return nullptr;
}

} // namespace

/// Copies the durable graph, inode by inode, keeping the numbers.
class ModelDisk::Copy {
public:
    NodePtr of(const NodePtr& original) {
        if (!original)
            return nullptr;
        if (const auto known = copies_.find(original.get()); known != copies_.end())
            return known->second;
        auto copy = std::make_shared<Node>();
        copies_.emplace(original.get(), copy);
        copy->number = original->number;
        copy->kind = original->kind;
        copy->live.content = original->durable.content;
        copy->live.attributes = original->durable.attributes;
        for (const auto& [name, child] : original->durable.entries)
            copy->live.entries.emplace(name, of(child));
        return copy;
    }

    void apply(const NameChange& change) {
        for (const auto& edit : change.edits)
            setEntry(of(edit.directory)->live, edit.name, of(edit.node));
    }
    void apply(const AttributeChange& change) { of(change.node)->live.attributes = change.after; }
    void apply(const DataChange& change) { applyData(of(change.node)->live, change); }
    void applySize(const DataChange& change) { resize(of(change.node)->live, change); }
    template <class Keep> void applyPart(const DataChange& change, Keep keep) {
        applySectors(of(change.node)->live, change, keep);
    }

    /// The change by the policy, except `prefix`, which is a matter of order.
    void apply(const Change& change, Keeps keeps, Dice& dice) {
        const auto* data = std::get_if<DataChange>(&change);
        const auto* names = std::get_if<NameChange>(&change);
        if (keeps == Keeps::nothing)
            return;
        if (keeps == Keeps::scattered && data != nullptr)
            return applyPart(*data, [&] { return dice.coin(); });
        if (keeps == Keeps::scattered && !dice.coin())
            return;
        if (data != nullptr && keeps == Keeps::sizesWithoutData)
            return applySize(*data);
        if (data != nullptr && keeps == Keeps::namesWithoutData)
            return;
        if (names != nullptr && keeps == Keeps::dataWithoutNames)
            return;
        std::visit([&](const auto& whole) { apply(whole); }, change);
    }

private:
    std::map<const Node*, NodePtr> copies_;
};

ModelDisk::ModelDisk() : root_(makeNode(FileKind::directory)) { root_->links = 1; }

NodePtr ModelDisk::makeNode(FileKind kind) {
    auto node = std::make_shared<Node>();
    node->number = ++lastNumber_;
    node->kind = kind;
    node->live.attributes.mode = kind == FileKind::directory ? 0700 : 0600;
    node->durable.attributes = node->live.attributes;
    return node;
}

void ModelDisk::change(Change change) {
    if (const auto* data = std::get_if<DataChange>(&change))
        applyData(data->node->live, *data);
    else if (const auto* attributes = std::get_if<AttributeChange>(&change))
        attributes->node->live.attributes = attributes->after;
    else
        for (const auto& edit : std::get<NameChange>(change).edits)
            editLive(edit);
    pending_.push_back({std::move(change), false});
}

template <class Condition> void ModelDisk::makeDurable(Condition condition) {
    std::vector<Pending> rest;
    for (auto& pending : pending_) {
        if (!pending.uncertain && condition(pending.change))
            applyDurably(pending.change);
        else
            rest.push_back(std::move(pending));
    }
    pending_ = std::move(rest);
}

void ModelDisk::syncNode(const NodePtr& node) {
    makeDurable([&](const Change& change) { return nodeOf(change) == node; });
}

void ModelDisk::syncNames(const NodePtr& directory) {
    // Names that a wanted change moved here from elsewhere: their earlier changes come first,
    // lest one of them brings an old name back afterwards.
    std::set<std::pair<const Node*, std::string>> names;
    std::set<const Change*> wanted;
    for (auto pending = pending_.rbegin(); pending != pending_.rend(); ++pending) {
        const auto* change = std::get_if<NameChange>(&pending->change);
        if (change == nullptr)
            continue;
        const bool entangled = std::any_of(change->edits.begin(), change->edits.end(), [&](const NameEdit& edit) {
            return names.contains({edit.directory.get(), edit.name});
        });
        if (!entangled && !touchesDirectory(*change, directory))
            continue;
        wanted.insert(&pending->change);
        for (const auto& edit : change->edits)
            names.emplace(edit.directory.get(), edit.name);
    }
    makeDurable([&](const Change& change) { return wanted.contains(&change); });
}

void ModelDisk::loseTrackOfNode(const NodePtr& node) {
    for (auto& pending : pending_)
        pending.uncertain = pending.uncertain || nodeOf(pending.change) == node;
}

void ModelDisk::loseTrackOfNames(const NodePtr& directory) {
    for (auto& pending : pending_)
        if (const auto* change = std::get_if<NameChange>(&pending.change))
            pending.uncertain = pending.uncertain || touchesDirectory(*change, directory);
}

void ModelDisk::settle() {
    pending_.clear();
    std::set<const Node*> seen;
    settleBelow(root_, seen);
}

ModelDisk ModelDisk::survivor(const Survival& survival) const {
    Copy copy;
    Dice dice(survival.seed + pending_.size());
    ModelDisk disk;
    disk.root_ = copy.of(root_);
    disk.root_->links = 1;
    disk.lastNumber_ = lastNumber_;
    if (survival.keeps == Keeps::prefix) {
        const std::size_t whole = pending_.empty() ? 0 : dice.roll(pending_.size());
        for (std::size_t i = 0; i < whole; ++i)
            std::visit([&](const auto& change) { copy.apply(change); }, pending_[i].change);
        if (whole < pending_.size())
            if (const auto* data = std::get_if<DataChange>(&pending_[whole].change)) {
                std::uint64_t left = dice.roll(data->bytes.size() / kSector + 1);
                copy.applyPart(*data, [&] { return left > 0 && left-- > 0; });
            }
    } else {
        for (const auto& pending : pending_)
            copy.apply(pending.change, survival.keeps, dice);
    }
    disk.settle();
    return disk;
}

} // namespace ssprotect::support
