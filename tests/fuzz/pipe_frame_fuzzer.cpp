#include "ipc/escaped_bytes.h"
#include "ipc/frame.h"
#include "ipc/rpc.h"
#include "ssprotect/ipc/fields.h"

#include <algorithm>
#include <cstdlib>

/// What a hostile peer may write into the pipe. The first byte says in which steps the rest arrives.
namespace ssprotect::ipc {
namespace {

void require(bool ok) {
    if (!ok)
        std::abort();
}

// What was understood must be what is sent on.
void check(const Malformed& message) { require(!message.message.empty()); }

void check(const IncomingRequest& message) {
    Fields fields(*message.request.params);
    fields.text("path");
    fields.number("job");
    fields.optionalTexts("paths");
    fields.objects("items");
    require(fields.complete().ok() || !fields.complete().error().message.empty());
    const auto text = requestText(1, message.request.method, *message.request.params);
    const auto again = parseMessage(text, {});
    const auto* request = std::get_if<IncomingRequest>(&again);
    require(request != nullptr && *request->request.params == *message.request.params);
    require(!resultText(message.id, *message.request.params).empty());
}

void check(const IncomingNotification& message) {
    const auto again = parseMessage(notificationText(message.method, message.params), {});
    require(std::holds_alternative<IncomingNotification>(again));
}

void check(const IncomingReply& message) {
    const auto text = message.result ? resultText(message.id, *message.result)
                                     : errorText(message.id, message.result.error(), std::nullopt);
    require(std::holds_alternative<IncomingReply>(parseMessage(text, {})));
}

void decodeBody(ByteView body) {
    auto content = decodeFrame(body);
    if (!content)
        return require(content.error().code == ErrorCode::invalidInput);
    if (!content->text.empty()) {
        const auto frame = encodeFrame(content->text, content->attachments);
        require(frame.ok() && std::equal(body.begin(), body.end(), frame->begin() + 4, frame->end()));
    }
    std::visit([](const auto& message) { check(message); },
               parseMessage(content->text, std::move(content->attachments)));
}

void feed(ByteView wire, std::size_t step) {
    FrameAssembler assembler;
    while (!wire.empty()) {
        const auto space = assembler.space();
        require(!space.empty());
        const auto count = std::min({space.size(), wire.size(), step});
        std::copy_n(wire.begin(), count, space.begin());
        wire = wire.subspan(count);
        if (!assembler.received(count))
            return;
        if (const auto body = assembler.take())
            decodeBody(*body);
    }
}

void check(ByteView input) {
    if (input.empty())
        return;
    const auto rest = input.subspan(1);
    feed(rest, std::size_t{input[0]} + 1);
    decodeBody(rest);
    const auto text = escapeBytes(textOf(rest));
    const auto bytes = unescapeBytes(text);
    require(bytes.ok() && *bytes == textOf(rest));
    if (const auto unescaped = unescapeBytes(textOf(rest)))
        require(*unescapeBytes(escapeBytes(*unescaped)) == *unescaped);
}

} // namespace
} // namespace ssprotect::ipc

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ssprotect::ipc::check(ssprotect::ByteView(data, size));
    return 0;
}
