#pragma once

#include "events.h"
#include "kodiac_slot.h"
#include "session_desk.h"
#include "ssprotect/app/code_asker.h"
#include "ssprotect/app/method_table.h"
#include "ssprotect/app/workers.h"
#include "ssprotect/conversion/journal.h"
#include "ssprotect/managed/managed_access.h"
#include "ssprotect/session/administration.h"
#include "ssprotect/session/backup.h"
#include "ssprotect/session/lock_keeper.h"
#include "ssprotect/session/profiles.h"

namespace ssprotect::app {

/// What the groups of methods are given: the rooms of one home. All of it outlives them.
struct Rooms {
    const Outside& outside;
    const Settings& settings;
    session::HostDatabase& host;
    KodiacSlot& kodiac;
    session::SessionManager& sessions;
    session::Profiles& profiles;
    session::Backups& backups;
    conversion::Journal& journal;
    SessionDesk& desk;
    managed::ManagedAccess& managed;
    Acknowledger& acknowledger;
    CodeAsker& codes;
    Events& events;
    Workers& workers;
    session::LockKeeper& locks;

    session::Environment environment() const { return {outside.clock, outside.random, outside.files, outside.log}; }
    /// Acknowledged as the attributes of the account in session say. `not-logged-in` without one, else as
    /// `Acknowledger::require`.
    Status requireAcknowledgement(Client& client, AcknowledgementRequest request) const;
    /// The same for changes of the Organization, each in a few words.
    Status requireAdministration(Client& client, const std::vector<std::string>& changes) const;
    /// Of the session: `not-logged-in`, `export-keys-first`, `password-due`.
    Result<session::Administration> administration() const;
    /// The same once `changes` are acknowledged.
    Result<session::Administration> administrationFor(Client& client, const std::vector<std::string>& changes) const;
    /// As KODiAC sees it.
    Result<kodiac::LockView> lockNow(kodiac::EditLock lock) const;
};

} // namespace ssprotect::app
