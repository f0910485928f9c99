#pragma once

#include "../operation_table.h"

#include <string>
#include <vector>

/// The table of operations in words, for the pages that show it.
namespace ssprotect::kodiac::http {

struct FieldLine {
    std::string name; ///< "items[].identity"
    std::string type; ///< "base64 of 104 bytes"
    bool optional = false;
};

/// A message's fields, those of its records indented by their names.
std::vector<FieldLine> fieldLines(const wire::MessageSchema& message);
/// "32 bytes, one for each of items[]; may be empty".
std::vector<std::string> secretLines(const wire::MessageSchema& message);
/// Who may call it: session, code, privilege, lock.
std::vector<std::string> ruleLines(const Operation& operation);

/// What stands above the operations, one paragraph each.
std::vector<std::string> introduction();

} // namespace ssprotect::kodiac::http
