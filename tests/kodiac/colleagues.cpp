#include "colleagues.h"

#include "ssprotect/kodiac/report_operations.h"

namespace ssprotect::kodiac {

std::vector<std::string> ColleaguesTest::auditReasons(test::Individual& person, const std::string& operation) {
    ListAudit::Request request;
    request.organization = true;
    request.operation = operation;
    std::vector<std::string> reasons;
    const auto listed = person.ask<ListAudit>(request);
    for (const auto& row : listed->rows)
        reasons.insert(reasons.begin(), row.reason);
    return reasons;
}

} // namespace ssprotect::kodiac
