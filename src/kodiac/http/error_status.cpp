#include "error_status.h"

namespace ssprotect::kodiac::http {
namespace {

constexpr int kFailedExit = 1;

bool isOfTheInside(ErrorCode code) {
    switch (code) {
    case ErrorCode::internal:
    case ErrorCode::ioError:
    case ErrorCode::diskFull:
    case ErrorCode::accessDenied:
    case ErrorCode::fileBusy:
    case ErrorCode::dataDamaged:
    case ErrorCode::kodiacUnreachable: // its database
        return true;
    default:
        return false;
    }
}

} // namespace

int statusOf(ErrorCode code) {
    switch (code) {
    case ErrorCode::alreadyExists:
        return 409;
    case ErrorCode::dataDamaged:
        return 500;
    case ErrorCode::secondFactorThrottled:
        return 429;
    default:
        break;
    }
    switch (exitCodeOf(code)) {
    case kFailedExit:
        return 500;
    case 2:
        return 400;
    case 3:
    case 6:
        return 401;
    case 4:
        return 403;
    case 5:
        return 422;
    case 7:
        return 409;
    case 8:
        return 404;
    default:
        return 503;
    }
}

Error shownOutside(const Error& error) {
    if (!isOfTheInside(error.code))
        return error;
    return {error.code, "KODiAC could not do this: something on its side failed (" + std::string(error.word()) +
                            "); try again, and tell whoever runs it"};
}

} // namespace ssprotect::kodiac::http
