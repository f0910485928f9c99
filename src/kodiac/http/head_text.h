#pragma once

#include "call_form.h"

/// The heads that are written, as text. Values are ours or checked before: nothing of a peer comes into them.
namespace ssprotect::kodiac::http {

/// With the fields that every answer carries: nothing may be kept, framed, sniffed or run.
struct ReplyHead {
    int status = 200;
    std::string_view type = {};
    bool close = false;
    bool retryLater = false;
    std::string_view allow = {}; ///< for 405
};
/// Head and body in one piece, as it goes into TLS.
WipedBytes wholeReply(const ReplyHead& head, ByteView body);

/// `POST /v1/<operation>` of a call.
WipedBytes wholeRequest(std::string_view host, std::string_view operation, const CallText& call);
WipedBytes wholeGet(std::string_view host, std::string_view target);

} // namespace ssprotect::kodiac::http
