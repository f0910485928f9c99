#include "file_methods.h"

#include "beholder.h"
#include "chain_of.h"
#include "describe.h"
#include "file_status.h"
#include "params.h"
#include "ssprotect/container/container.h"
#include "ssprotect/platform/shown_path.h"

#include <nlohmann/json.hpp>

namespace ssprotect::app {
namespace {

constexpr std::size_t kMostStatusPaths = 1000;
constexpr std::uint64_t kPage = 500;
constexpr std::uint64_t kMostPage = 1000;

std::uint32_t pageSize(std::optional<std::uint64_t> asked) {
    return static_cast<std::uint32_t>(std::clamp<std::uint64_t>(asked.value_or(kPage), 1, kMostPage));
}

Result<session::HostListOrder> orderFrom(const std::optional<std::string>& word) {
    using session::HostListOrder;
    constexpr std::pair<std::string_view, HostListOrder> kOrders[] = {{"path", HostListOrder::path},
                                                                      {"name", HostListOrder::name},
                                                                      {"version", HostListOrder::version},
                                                                      {"size", HostListOrder::size},
                                                                      {"stored", HostListOrder::stored}};
    for (const auto& [name, order] : kOrders)
        if (!word || *word == name)
            return order;
    return makeError(ErrorCode::usage, "the list cannot be ordered by '" + *word + "'");
}

} // namespace

void FileMethods::addTo(MethodTable& methods) {
    using Needs = MethodTable::Needs;
    methods.add("status", Needs::nothing, [this](Invocation& call) { return status(call); });
    methods.add("hostlist", Needs::session, [this](Invocation& call) { return hostlist(call); });
    methods.add("versions", Needs::session, [this](Invocation& call) { return versions(call); });
    methods.add("audit", Needs::session, [this](Invocation& call) { return audit(call); });
}

Result<Json> FileMethods::status(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto texts = fields.optionalTexts("paths");
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    if (texts.size() > kMostStatusPaths)
        return makeError(ErrorCode::usage, "status tells of at most 1000 files at a time");
    std::vector<platform::Path> paths;
    paths.reserve(texts.size());
    for (const auto& text : texts) {
        auto path = givenPath(text);
        if (!path)
            return std::move(path).error();
        paths.push_back(std::move(*path));
    }
    std::multimap<FileId, platform::Path> opened;
    if (!paths.empty())
        for (const auto& document : rooms_.managed.opened())
            opened.emplace(document.file, document.path);
    const auto session = rooms_.sessions.current();
    const auto info = session != nullptr ? std::optional(session->info()) : std::nullopt;
    return Json{{"session", sessionJson(info)},
                {"files", statusOf(rooms_.outside.files, paths, beholderOf(rooms_.host, info), opened)}};
}

Result<Json> FileMethods::hostlist(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    session::HostListQuery query;
    query.exclusive = fields.flag("exclusive", false);
    query.offset = static_cast<std::uint32_t>(fields.optionalNumber("offset").value_or(0));
    query.limit = pageSize(fields.optionalNumber("limit"));
    query.search = fields.optionalText("search").value_or("");
    query.descending = fields.flag("descending", false);
    const auto orderWord = fields.optionalText("order");
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto order = orderFrom(orderWord);
    if (!order)
        return std::move(order).error();
    query.order = *order;
    auto work = rooms_.desk.require();
    if (!work)
        return std::move(work).error();
    auto page = (*work)->hostList().list(query);
    if (!page)
        return std::move(page).error();
    return session::toJson(*page);
}

Result<Json> FileMethods::versions(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto target = fields.text("target");
    const auto before = static_cast<VersionNumber>(fields.optionalNumber("before").value_or(0));
    const auto limit = pageSize(fields.optionalNumber("limit"));
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto work = rooms_.desk.require();
    if (!work)
        return std::move(work).error();
    auto chain = chainOf(rooms_.outside.files, **work, target);
    if (!chain)
        return std::move(chain).error();
    auto page = (*work)->session().versions(*chain, before, limit);
    if (!page)
        return std::move(page).error();
    return session::toJson(*page);
}

Result<Json> FileMethods::audit(Invocation& invocation) {
    ipc::Fields fields(*invocation.params);
    const auto before = static_cast<std::int64_t>(fields.optionalNumber("before").value_or(0));
    const auto limit = pageSize(fields.optionalNumber("limit"));
    if (auto complete = accepted(fields); !complete)
        return std::move(complete).error();
    auto work = rooms_.desk.require();
    if (!work)
        return std::move(work).error();
    auto rows = (*work)->session().audit(before, limit);
    if (!rows)
        return std::move(rows).error();
    return auditJson(*rows);
}

} // namespace ssprotect::app
