#include "postgres_error.h"

#include <algorithm>
#include <array>
#include <string>

namespace ssprotect::store {
namespace {

struct Meaning {
    std::string_view states; ///< how they begin
    ErrorCode code;
    std::string_view message;
};

// PostgreSQL 15, appendix A. The longer beginnings first.
constexpr std::array kMeanings{
    Meaning{"57014", ErrorCode::fileBusy, " took too long over a statement; try again in a moment"},
    Meaning{"57P", ErrorCode::kodiacUnreachable, " cannot be reached: its server is stopping or starting"},
    Meaning{"08", ErrorCode::kodiacUnreachable, " cannot be reached: the connection to its server is lost"},
    Meaning{"25P03", ErrorCode::kodiacUnreachable, " gave up a transaction that stood still for too long"},
    Meaning{"40", ErrorCode::fileBusy, " is busy: others change the same; try again in a moment"},
    Meaning{"55P03", ErrorCode::fileBusy, " is busy: others hold what is needed; try again in a moment"},
    Meaning{"53300", ErrorCode::fileBusy, " is busy: its server takes no more connections"},
    Meaning{"53100", ErrorCode::diskFull, " cannot grow: the disk of its server is full"},
    Meaning{"58", ErrorCode::ioError, " cannot be read or written; check the disk of its server"},
    Meaning{"XX001", ErrorCode::dataDamaged, " is damaged; restore it from a backup"},
    Meaning{"XX002", ErrorCode::dataDamaged, " is damaged; restore it from a backup"},
    Meaning{"28", ErrorCode::accessDenied,
            " does not let this user in; check its user, its password and its address rules"},
    Meaning{"3D000", ErrorCode::notFound, " does not exist on its server; create it first"},
    Meaning{"3F000", ErrorCode::notFound, " has no schema in its search path; create one first"},
    Meaning{"42501", ErrorCode::accessDenied, " does not allow that to its user; grant it the rights"},
    Meaning{"25006", ErrorCode::accessDenied, " cannot be written: its server is a standby copy"},
    Meaning{"22021", ErrorCode::invalidInput, " does not take a text that is no UTF-8 or holds a NUL"},
    Meaning{"22P05", ErrorCode::invalidInput, " does not take a text that is no UTF-8 or holds a NUL"},
};

} // namespace

Error postgresError(std::string_view state, std::string_view label, std::string_view detail) {
    const std::string name(label);
    if (state.empty())
        return {ErrorCode::kodiacUnreachable, name + " cannot be reached: the connection to its server is lost"};
    const auto* meaning = std::find_if(kMeanings.begin(), kMeanings.end(),
                                       [&](const Meaning& each) { return state.starts_with(each.states); });
    if (meaning != kMeanings.end())
        return {meaning->code, name + std::string(meaning->message)};
    return {ErrorCode::internal, name + " refused a statement: " + std::string(detail)};
}

} // namespace ssprotect::store
