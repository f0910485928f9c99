#include "ssprotect/ipc/message.h"

#include "rpc.h"

namespace ssprotect::ipc {

Request::Request(std::string name, Json given, Attachments secrets)
    : method(std::move(name)), params(std::make_unique<Json>(std::move(given))), attachments(std::move(secrets)) {}
Request::Request(Request&&) noexcept = default;
Request& Request::operator=(Request&&) noexcept = default;
Request::~Request() = default;

Responder::Responder(Send send) : send_(std::move(send)) {}

Responder::Responder(Responder&& other) noexcept : send_(std::exchange(other.send_, nullptr)) {}

Responder& Responder::operator=(Responder&& other) noexcept {
    if (this != &other) {
        Responder old(std::move(*this)); // answers if it was never used
        send_ = std::exchange(other.send_, nullptr);
    }
    return *this;
}

Responder::~Responder() {
    if (send_)
        reply(makeError(ErrorCode::internal, "the request was dropped without an answer"));
}

void Responder::reply(Result<Json> result) { answer(std::move(result), std::nullopt); }

void Responder::refuse(Fault fault, std::string message) { answer(errorOfFault(fault, std::move(message)), fault); }

void Responder::answer(Result<Json> result, std::optional<Fault> fault) {
    if (const auto send = std::exchange(send_, nullptr))
        send(std::move(result), fault);
}

} // namespace ssprotect::ipc
