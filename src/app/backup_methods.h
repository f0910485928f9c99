#pragma once

#include "rooms.h"

namespace ssprotect::app {

/// backup, backup.folder, restore_backup (REC-9). Any thread.
class BackupMethods {
public:
    explicit BackupMethods(Rooms& rooms) : rooms_(rooms) {}
    void addTo(MethodTable& methods);

private:
    Result<Json> backup(Invocation& invocation);
    Result<Json> folder(Invocation& invocation);
    Result<Json> restore(Invocation& invocation);

    Rooms& rooms_;
};

} // namespace ssprotect::app
