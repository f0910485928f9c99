#pragma once

#include <memory>

#include <spdlog/formatter.h>

namespace ssprotect {

/// Writes a message as one JSON object a line, see `makeJsonLog`.
class JsonLine final : public spdlog::formatter {
public:
    void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& to) override;
    std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<JsonLine>(); }
};

} // namespace ssprotect
