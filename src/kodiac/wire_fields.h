#pragma once

/// The fields of all messages.
#include "wire_fields_account.h"
#include "wire_fields_file.h"
