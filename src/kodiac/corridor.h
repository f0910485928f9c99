#pragma once

#include "context.h"

namespace ssprotect::kodiac {

struct Operation;
class Work;

/// Walks one call through: authenticate → second factor → authorise → edit lock → execute → audit, in the transaction
/// of `sql`. `operation` is null for a name that is none.
Result<Reply> walkCorridor(store::Transaction& sql, const Services& services, const Call& call,
                           const Operation* operation, const Work* work);

} // namespace ssprotect::kodiac
