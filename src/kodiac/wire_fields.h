#pragma once

/// The fields of all messages.
#include "wire_fields_account.h"
#include "wire_fields_file.h"
#include "wire_fields_people.h"
#include "wire_fields_policy.h"
#include "wire_fields_registration.h"
#include "wire_fields_users.h"
#include "wire_fields_host.h"
#include "wire_fields_lock.h"
#include "wire_fields_report.h"
