#pragma once

#include "ssprotect/base/error.h"

namespace ssprotect::kodiac::http {

/// The HTTP status of the class that the error belongs to.
int statusOf(ErrorCode code);

/// What a stranger may read of it: the word, and the message unless that tells of the server's inside.
Error shownOutside(const Error& error);

} // namespace ssprotect::kodiac::http
