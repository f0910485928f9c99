#include "frame.h"

#include <algorithm>

namespace ssprotect::ipc {
namespace {

constexpr std::size_t kAttachmentHead = 2;

std::size_t encodedSize(std::string_view text, const Attachments& attachments) {
    std::size_t size = text.size() + (attachments.empty() ? 0 : 1);
    for (const auto& attachment : attachments)
        size += kAttachmentHead + attachment.size();
    return size;
}

void appendBytes(WipedBytes& to, ByteView more) { to.insert(to.end(), more.begin(), more.end()); }

Error torn() { return makeError(ErrorCode::invalidInput, "the attachments of the message are torn"); }

} // namespace

Result<WipedBytes> encodeFrame(std::string_view text, const Attachments& attachments) {
    const auto size = encodedSize(text, attachments);
    if (text.empty() || size > kFrameLimit)
        return makeError(ErrorCode::invalidInput, "the message is too long: a frame holds 1 MiB");
    if (attachments.size() > kAttachmentCount)
        return makeError(ErrorCode::invalidInput, "the message has more than 16 attachments");
    WipedBytes frame(4);
    frame.reserve(4 + size);
    storeBigEndian(static_cast<std::uint32_t>(size), frame);
    appendBytes(frame, viewOf(text));
    if (!attachments.empty())
        frame.push_back(0);
    for (const auto& attachment : attachments) {
        if (attachment.size() > kAttachmentLimit)
            return makeError(ErrorCode::invalidInput, "a password may have at most 65,535 bytes");
        std::array<Byte, kAttachmentHead> head{};
        storeBigEndian(static_cast<std::uint16_t>(attachment.size()), head);
        appendBytes(frame, head);
        appendBytes(frame, attachment);
    }
    return frame;
}

Result<FrameContent> decodeFrame(ByteView body) {
    const auto nul = std::find(body.begin(), body.end(), Byte{0});
    FrameContent content;
    content.text = textOf(body.first(static_cast<std::size_t>(nul - body.begin())));
    if (nul == body.end())
        return content;
    auto rest = body.subspan(content.text.size() + 1);
    if (rest.empty())
        return torn();
    while (!rest.empty()) {
        if (content.attachments.size() == kAttachmentCount)
            return makeError(ErrorCode::invalidInput, "the message has more than 16 attachments");
        if (rest.size() < kAttachmentHead)
            return torn();
        const std::size_t length = loadBigEndian<std::uint16_t>(rest);
        rest = rest.subspan(kAttachmentHead);
        if (rest.size() < length)
            return torn();
        content.attachments.emplace_back(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(length));
        rest = rest.subspan(length);
    }
    return content;
}

MutableByteView FrameAssembler::space() {
    if (filled_ < kLengthSize)
        return MutableByteView(length_).subspan(filled_);
    const auto step = std::min(kStep, announced_ - bodyFilled());
    body_.resize(bodyFilled() + step);
    return MutableByteView(body_).subspan(bodyFilled());
}

Status FrameAssembler::received(std::size_t count) {
    const bool lengthWasMissing = filled_ < kLengthSize;
    filled_ += count;
    if (lengthWasMissing && filled_ >= kLengthSize) {
        announced_ = loadBigEndian<std::uint32_t>(length_);
        if (announced_ == 0 || announced_ > kFrameLimit)
            return makeError(ErrorCode::invalidInput, "a frame has 1 byte to 1 MiB; this one announces " +
                                                          std::to_string(announced_) + " bytes");
    }
    return {};
}

std::optional<WipedBytes> FrameAssembler::take() {
    if (filled_ < kLengthSize || bodyFilled() < announced_)
        return std::nullopt;
    filled_ = 0;
    announced_ = 0;
    return std::exchange(body_, {});
}

} // namespace ssprotect::ipc
