#pragma once

#include "context.h"
#include "ssprotect/base/json.h"
#include "ssprotect/ipc/fields.h"

namespace ssprotect::cli {

/// What is answered to `prompt.code`: {"code"}, from the terminal or with --password-stdin the next line there, else
/// {"reason": "denied", "timeout" or "no-terminal"}. `question` says afterwards whether it could be read: an answer to
/// one that could not is worth nothing.
Json answerToCodeQuestion(Context& context, ipc::Fields& question);

} // namespace ssprotect::cli
