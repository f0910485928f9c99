#pragma once

#include "ssprotect/platform/file_system.h"
#include "support/survival.h"

#include <map>
#include <string>
#include <variant>

namespace ssprotect::support {

/// Bytes that copies share until one of them changes: a disk is copied for every crash point.
class Content {
public:
    const Bytes& read() const { return *bytes_; }
    Bytes& write() {
        if (bytes_.use_count() != 1)
            bytes_ = std::make_shared<Bytes>(*bytes_);
        return *bytes_;
    }

private:
    std::shared_ptr<Bytes> bytes_ = std::make_shared<Bytes>();
};

struct Attributes {
    unsigned mode = 0600;
    std::int64_t modifiedNanos = 0;
    std::int64_t changedNanos = 0;
    std::map<std::string, Bytes> extended;
};

struct Node;
using NodePtr = std::shared_ptr<Node>;

struct NodeState {
    Content content;
    Attributes attributes;
    std::map<std::string, NodePtr> entries; ///< of a directory
};

/// An inode, as programs see it now and as it surely is on disk.
struct Node {
    std::uint64_t number = 0;
    platform::FileKind kind = platform::FileKind::regular;
    NodeState live;
    NodeState durable;
    std::uint32_t links = 0; ///< live names
};

/// A write at `offset`, or with `size` a change of length.
struct DataChange {
    NodePtr node;
    std::uint64_t offset = 0;
    Bytes bytes;
    std::optional<std::uint64_t> size;
    std::int64_t time = 0;
};

struct AttributeChange {
    NodePtr node;
    Attributes after;
};

/// One name gets another inode, or none.
struct NameEdit {
    NodePtr directory;
    std::string name;
    NodePtr node;
};

/// A create, removal, rename or exchange: all of its edits persist or none.
struct NameChange {
    std::vector<NameEdit> edits;
};

/// The inodes of a disk with a cache in front that loses power: changes are seen at once, are
/// listed as pending until a sync, and a power cut keeps some of them. No locking, no rules about
/// who may do what; `FaultFileSystem` has those.
class ModelDisk {
public:
    using Change = std::variant<DataChange, AttributeChange, NameChange>;

    ModelDisk();

    const NodePtr& root() const { return root_; }
    NodePtr makeNode(platform::FileKind kind);

    /// Applies to the live state and leaves it pending.
    void change(Change change);
    /// Makes the content and attributes of one inode durable.
    void syncNode(const NodePtr& node);
    /// Makes the names in one directory durable, with what earlier renames brought them there.
    void syncNames(const NodePtr& directory);
    /// After a failed sync nobody knows what is on disk, and a later sync does not help.
    void loseTrackOfNode(const NodePtr& node);
    void loseTrackOfNames(const NodePtr& directory);
    /// Everything live is durable (for seeding).
    void settle();

    /// The disk after a power cut at this moment.
    ModelDisk survivor(const Survival& survival) const;

private:
    struct Pending {
        Change change;
        bool uncertain = false;
    };
    class Copy;

    template <class Condition> void makeDurable(Condition condition);

    NodePtr root_;
    std::uint64_t lastNumber_ = 0;
    std::vector<Pending> pending_;
};

} // namespace ssprotect::support
