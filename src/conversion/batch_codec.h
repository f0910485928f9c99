#pragma once

#include "ssprotect/conversion/journal.h"

namespace ssprotect::conversion {

/// The text of a journal record, JSON of format 1. Later builds read it: fields are added, never changed.
Bytes encodeBatch(const BatchRecord& record);
/// `data-damaged` for anything else.
Result<BatchRecord> decodeBatch(ByteView text);

} // namespace ssprotect::conversion
