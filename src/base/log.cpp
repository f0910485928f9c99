#include "ssprotect/base/log.h"

#include "json_line.h"

#include <array>
#include <utility>

#include <spdlog/logger.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace ssprotect {
namespace {

constexpr std::size_t kFileBytes = 1 << 20;
constexpr std::size_t kFiles = 5;

constexpr std::array<std::pair<std::string_view, spdlog::level::level_enum>, 4> kLevels{{
    {"debug", spdlog::level::debug},
    {"info", spdlog::level::info},
    {"warning", spdlog::level::warn},
    {"error", spdlog::level::err},
}};

} // namespace

std::shared_ptr<Log> makeFileLog(const std::filesystem::path& file, bool debug) {
    spdlog::file_event_handlers handlers;
    handlers.after_open = [](const spdlog::filename_t& name, std::FILE*) {
        std::error_code ignored;
        std::filesystem::permissions(name, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write,
                                     ignored);
    };
    // UTF-16 where spdlog was built for it, else the narrow text.
    auto sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file.string<spdlog::filename_t::value_type>(),
                                                                       kFileBytes, kFiles, false, handlers);
    auto log = std::make_shared<Log>("ssprotect", std::move(sink));
    log->set_level(debug ? spdlog::level::debug : spdlog::level::info);
    log->flush_on(spdlog::level::warn);
    return log;
}

std::shared_ptr<Log> makeJsonLog() {
    auto log = std::make_shared<Log>("json", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    log->set_formatter(std::make_unique<JsonLine>());
    log->set_level(spdlog::level::info);
    return log;
}

Status setLogLevel(Log& log, std::string_view level) {
    for (const auto& [word, number] : kLevels)
        if (word == level) {
            log.set_level(number);
            return {};
        }
    return makeError(ErrorCode::invalidInput, "the level of a log is debug, info, warning or error");
}

std::shared_ptr<Log> makeNullLog() {
    return std::make_shared<Log>("none", std::make_shared<spdlog::sinks::null_sink_mt>());
}

} // namespace ssprotect
