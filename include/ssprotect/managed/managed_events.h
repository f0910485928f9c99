#pragma once

#include "ssprotect/managed/opened_document.h"

namespace ssprotect::managed {

/// What the rest of the client hears of managed access: the Hostlist's *(Opened)* flag, the tray's
/// *Open files* and its notifications. Called from the document's own thread, never under a lock of
/// ManagedAccess; must not block for long and must not call back into `open`, `closeAll` or the destructor.
class ManagedEvents {
public:
    virtual ~ManagedEvents() = default;
    /// A new row, or another state of it.
    virtual void changed(const OpenedDocument& document) = 0;
    /// The row is gone; after `pending`, when the content was stored at last.
    virtual void closed(const OpenedDocument& document, const Closed& result) = 0;
};

} // namespace ssprotect::managed
