#pragma once

#include "context.h"

namespace ssprotect::kodiac {

struct Operation;
class Work;

/// Walks one call through: authenticate → second factor → authorise → execute → audit, in the transaction of `sql`.
/// `operation` is null for a name that is none. (Locks of editing, LOCK-2, stand between authorise and execute: the
/// operations that take one need a lock's holder and epoch, which are checked with the write.)
Result<Reply> walkCorridor(store::Transaction& sql, const Services& services, const Call& call,
                           const Operation* operation, const Work* work);

} // namespace ssprotect::kodiac
