#pragma once

#include "document_keeper.h"

namespace ssprotect::managed {

/// Names one managed access: its record, its saves, its workspace.
std::string newOpenId(Random& random);

/// The beginning of one managed access: authorised, written down, decrypted, its program started. Any thread.
class Opening {
public:
    Opening(Room& room, const OpenOptions& options, const std::string& id) : room_(room), options_(options), id_(id) {}

    struct Begun {
        DocumentKeeper::Opened opened;
        Evidence::Started program;
    };
    /// On an Error nothing is left.
    Result<Begun> open(const std::shared_ptr<Waker>& waker);

private:
    Result<JournalEntry> describe(const Access& access);
    Status decrypt(const Access& access);
    Status publish(const platform::Path& temporary);

    Room& room_;
    const OpenOptions& options_;
    const std::string& id_;
    JournalEntry entry_;
};

/// What speaks against it before anybody is asked, see ManagedAccess.
Status mayOpen(Room& room, const OpenOptions& options);
/// Starts the program that was chosen, or the associated one, on the document.
Result<Evidence::Started> startProgram(Room& room, const OpenOptions& options, const platform::Path& document,
                                       const std::shared_ptr<Waker>& waker);
/// Its program and arguments. Without `document` only the name decides.
Result<platform::Application> programOf(Room& room, const OpenOptions& options, const platform::Path* document);

} // namespace ssprotect::managed
