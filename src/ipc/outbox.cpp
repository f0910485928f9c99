#include "outbox.h"

namespace ssprotect::ipc {

void Outbox::push(WipedBytes frame) {
    bytes_ += frame.size();
    frames_.push_back({std::move(frame), {}});
}

void Outbox::pushLatest(const std::string& topic, WipedBytes frame) {
    if (const auto waiting = latest_.find(topic); waiting != latest_.end()) {
        auto& old = waiting->second->bytes;
        bytes_ = bytes_ - old.size() + frame.size();
        old = std::move(frame);
        return;
    }
    bytes_ += frame.size();
    frames_.push_back({std::move(frame), topic});
    latest_.emplace(topic, std::prev(frames_.end()));
}

ByteView Outbox::next() {
    auto& first = frames_.front();
    if (!first.topic.empty()) {
        latest_.erase(first.topic);
        first.topic.clear();
    }
    return ByteView(first.bytes).subspan(begun_);
}

void Outbox::written(std::size_t count) {
    begun_ += count;
    auto& first = frames_.front();
    if (begun_ < first.bytes.size())
        return;
    bytes_ -= first.bytes.size();
    begun_ = 0;
    frames_.pop_front();
}

void Outbox::clear() {
    frames_.clear();
    latest_.clear();
    bytes_ = 0;
    begun_ = 0;
}

} // namespace ssprotect::ipc
