#pragma once

#include "document_stamp.h"
#include "journal_entry.h"
#include "ssprotect/managed/close_detection.h"
#include "ssprotect/platform/process.h"

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace ssprotect::managed {

/// What the workspace looks like at one moment.
struct WorkspaceView {
    struct File {
        platform::Path name; ///< relative to the workspace
        platform::FileInfo info;
    };
    std::vector<File> files;
    std::optional<platform::FileInfo> document;
    bool ownerFile = false;
};
Result<WorkspaceView> lookAt(platform::FileSystem& files, const JournalEntry& entry);

/// Gathers over time what `decide` judges. One thread.
class Evidence {
public:
    struct Started {
        std::unique_ptr<platform::StartedProgram> program;
        std::optional<platform::ProcessIdentity> instance; ///< that ran before, and may be given the document
        bool chosen = false;                               ///< named by the user
    };

    Evidence(platform::FileSystem& files, platform::Processes& processes, const JournalEntry& entry,
             const CloseRules& rules, Duration now);

    /// A program was started on the document: the first one, or once more. After a restart of ours those of the
    /// record count as long as they live.
    void started(Started program, Duration now);

    /// Looks at the world; `now` is Clock::uptime().
    Observations gather(Duration now);
    /// The document as last looked at.
    const std::optional<platform::FileInfo>& document() const { return view_.document; }
    const WorkspaceView& view() const { return view_; }

    /// A started program itself runs: its end will be told. Of descendants nobody tells.
    bool endWillBeTold();

    void sealed(const DocumentStamp& stamp) { sealed_ = stamp; }
    const std::optional<DocumentStamp>& lastSealed() const { return sealed_; }
    void finishRequested(Duration now);

private:
    struct Program {
        Started started;
        Duration from{0};
        std::optional<Duration> end;
    };
    struct Taker {
        Duration since{0};
        bool holds = false;
    };

    void lookAtWorkspace(Duration now);
    void lookAtPrograms(Duration now);
    void lookAtHolders(Duration now);
    void noteTaker(const platform::ProcessIdentity& process, Duration now);
    bool ownProcess(const platform::ProcessIdentity& process);
    bool mayBeHandedOver(Duration now) const;
    void describePrograms(Observations& seen, Duration now);
    void describeTakers(Observations& seen);
    void describeDocument(Observations& seen) const;

    platform::FileSystem& files_;
    platform::Processes& processes_;
    const JournalEntry& entry_;
    const CloseRules& rules_;

    std::vector<Program> programs_;
    std::vector<platform::ProcessIdentity> earlier_; ///< started by an earlier process of ours
    WorkspaceView view_;
    std::optional<Duration> endedAt_; ///< the last one
    std::optional<platform::FileInfo> documentAtEnd_;
    Duration lastChange_;
    Duration lastHeld_;
    Holding holding_ = Holding::none;
    std::map<platform::ProcessIdentity, Taker> takers_;
    bool takerHeldLong_ = false;
    std::optional<DocumentStamp> sealed_;
    std::optional<Duration> finishAt_;
};

} // namespace ssprotect::managed
