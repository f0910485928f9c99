#pragma once

#include "ssprotect/ipc/message.h"

#include <optional>
#include <string_view>

namespace ssprotect::ipc {

/// One message on the wire: u32 big-endian length of what follows, JSON text, and if there are attachments
/// a NUL byte and for each one u16 big-endian length and its bytes. JSON never holds a NUL.
inline constexpr std::size_t kFrameLimit = std::size_t{1} << 20; ///< of what follows the length
inline constexpr std::size_t kAttachmentLimit = 0xFFFF;
inline constexpr std::size_t kAttachmentCount = 16;

/// `invalid-input` when it does not fit.
Result<WipedBytes> encodeFrame(std::string_view text, const Attachments& attachments);

struct FrameContent {
    std::string_view text; ///< lies in the body that was handed in
    Attachments attachments;
};
/// `invalid-input` for an attachments part that is torn, empty or too long.
Result<FrameContent> decodeFrame(ByteView body);

/// Puts frames together from what arrives, with no more memory than has arrived (times two).
class FrameAssembler {
public:
    /// Where the next bytes go; never empty.
    MutableByteView space();
    /// Takes the first `count` bytes of the last `space`. `invalid-input` for a length of 0 or over the
    /// limit: the stream is lost then.
    Status received(std::size_t count);
    /// The body of a frame, once it is whole.
    std::optional<WipedBytes> take();
    /// Some of a frame is there, but not all.
    bool midFrame() const { return filled_ > 0; }

private:
    static constexpr std::size_t kLengthSize = 4;
    static constexpr std::size_t kStep = std::size_t{64} << 10;

    std::size_t bodyFilled() const { return filled_ - kLengthSize; }

    std::array<Byte, kLengthSize> length_{};
    std::size_t announced_ = 0;
    WipedBytes body_;
    std::size_t filled_ = 0; ///< of length and body together
};

} // namespace ssprotect::ipc
