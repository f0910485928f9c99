#pragma once

#include "ssprotect/base/wiped_bytes.h"

#include <list>
#include <map>
#include <string>

namespace ssprotect::ipc {

/// Frames that the peer has not taken yet, in order. Its owner locks.
class Outbox {
public:
    void push(WipedBytes frame);
    /// In the place of the waiting frame of the same topic, if there is one that is not being written.
    void pushLatest(const std::string& topic, WipedBytes frame);

    bool empty() const { return frames_.empty(); }
    /// Waiting or half written.
    std::size_t bytes() const { return bytes_; }

    /// What is to be written next of a box that is not empty; stays where it is until `written`.
    ByteView next();
    /// The first `count` bytes of the last `next` are gone.
    void written(std::size_t count);
    void clear();

private:
    struct Frame {
        WipedBytes bytes;
        std::string topic; ///< empty: none
    };

    std::list<Frame> frames_;
    std::map<std::string, std::list<Frame>::iterator> latest_;
    std::size_t bytes_ = 0;
    std::size_t begun_ = 0; ///< bytes of the first frame that are written
};

} // namespace ssprotect::ipc
