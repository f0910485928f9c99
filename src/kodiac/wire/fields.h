#pragma once

/// The fields of all messages.
#include "fields_account.h"
#include "fields_file.h"
#include "fields_host.h"
#include "fields_lock.h"
#include "fields_people.h"
#include "fields_policy.h"
#include "fields_registration.h"
#include "fields_report.h"
#include "fields_users.h"
