#include "engine.h"

#include "ssprotect/platform/shown_path.h"
#include "ssprotect/vchain/policy.h"

#include <algorithm>
#include <map>
#include <thread>

namespace ssprotect::conversion {
namespace {

using platform::shownPath;

constexpr unsigned kAttempts = 3;

/// One more than cores: one of them waits for the disk.
unsigned coresAndOneOr(unsigned threads) {
    return threads != 0 ? threads : std::max(1u, std::thread::hardware_concurrency()) + 1;
}

/// A file that was named twice in one call: the second time it is already done.
void copyFirst(Operation operation, const ItemResult& first, ItemResult& second) {
    second = first;
    if (!first.ok())
        return;
    if (operation == Operation::activate)
        second.skipped = Skipped::alreadyProtected;
    else
        second.error = notProtectedError(second.path);
}

} // namespace

std::string_view skippedWord(Skipped skipped) {
    switch (skipped) {
    case Skipped::alreadyProtected:
        return "already-protected";
    case Skipped::notProtected:
        return "not-protected";
    case Skipped::no:
        break;
    }
    return {};
}

Converter::Engine::Engine(Services services, const Effort& effort)
    : services_(services), pool_(effort.workers), threadsPerFile_(coresAndOneOr(effort.threadsPerFile)) {}

std::vector<ItemResult> Converter::Engine::convert(Operation operation, std::span<const platform::Path> paths,
                                                   const ConvertOptions& options) {
    std::vector<ItemResult> results(paths.size());
    std::map<platform::Path, std::size_t> first;
    std::vector<Candidate> pending;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        results[i].path = paths[i];
        if (first.emplace(paths[i], i).second)
            pending.push_back({&results[i], std::nullopt, false});
    }
    for (unsigned round = 1; round <= kAttempts && !pending.empty(); ++round) {
        attempt(operation, pending, options);
        std::erase_if(pending, [](const Candidate& candidate) { return !candidate.again; });
    }
    for (std::size_t i = 0; i < paths.size(); ++i)
        if (const auto earlier = first[paths[i]]; earlier != i)
            copyFirst(operation, results[earlier], results[i]);
    return results;
}

void Converter::Engine::attempt(Operation operation, std::span<Candidate> candidates, const ConvertOptions& options) {
    for (std::size_t from = 0; from < candidates.size(); from += kMostFilesPerBatch) {
        const auto chunk = candidates.subspan(from, std::min(kMostFilesPerBatch, candidates.size() - from));
        pool_.each(chunk.size(), [&](std::size_t i) { lookAt(operation, chunk[i]); });
        std::vector<Candidate*> batch;
        std::uint64_t bytes = 0;
        for (auto& candidate : chunk) {
            if (!candidate.source)
                continue;
            const std::uint64_t size = candidate.source->info.size;
            if (!batch.empty() && bytes + size > kMostBytesPerBatch) {
                runBatch(operation, batch, options);
                batch.clear();
                bytes = 0;
            }
            batch.push_back(&candidate);
            bytes += size;
        }
        if (!batch.empty())
            runBatch(operation, batch, options);
    }
}

/// Leaves no source behind when there is nothing to do.
void Converter::Engine::lookAt(Operation operation, Candidate& candidate) {
    ItemResult& result = *candidate.result;
    candidate.again = false;
    candidate.source.reset();
    result.error.reset();
    auto source = inspect(services_.files, result.path);
    if (!source) {
        result.error = std::move(source).error();
        return;
    }
    const auto& header = source->header;
    if (header) {
        result.file = header->identity.file;
        result.version = header->identity.version;
    }
    result.size = header ? header->plaintextSize : source->info.size;
    if (operation == Operation::activate && header)
        result.skipped = Skipped::alreadyProtected;
    else if (operation == Operation::release && !header)
        result.error = notProtectedError(result.path);
    else if (operation == Operation::activate && source->info.otherStreams)
        result.error = otherStreamsError(result.path);
    else
        candidate.source = std::move(*source);
}

void Converter::Engine::runBatch(Operation operation, std::span<Candidate* const> batch,
                                 const ConvertOptions& options) {
    if (options.control && !options.control(0)) {
        for (Candidate* candidate : batch)
            candidate->result->error = makeError(ErrorCode::cancelled, "'" + shownPath(candidate->result->path) +
                                                                           "' was left as it is: cancelled");
        return;
    }
    if (operation == Operation::activate)
        activate(batch, options);
    else
        release(batch, options);
}

Result<std::optional<FileId>> Converter::Engine::chainFor(const Candidate& candidate, bool takeOwnership) {
    const auto& path = candidate.result->path;
    // An attempt that was committed before another writer came in between has begun this file's chain.
    if (!candidate.result->file.isNull())
        return std::optional(candidate.result->file);
    auto released = services_.records.releasedAt(path);
    if (!released)
        return std::move(released).error();
    switch (vchain::decideActivation(*released, services_.authority.account(), services_.authority.session())) {
    case vchain::Activation::continueChain:
        return std::optional((*released)->file);
    case vchain::Activation::newChain:
        break;
    case vchain::Activation::takeOwnership:
        if (!takeOwnership)
            return makeError(ErrorCode::takeOwnership,
                             "'" + shownPath(path) +
                                 "' was shared with you when it was released; protecting it now "
                                 "makes you the owner of a new chain. Say so if you want that");
        break;
    }
    return std::optional<FileId>{};
}

void Converter::Engine::activate(std::span<Candidate* const> batch, const ConvertOptions& options) {
    std::vector<StoreItem> items(batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
        StoreItem& item = items[i];
        item.placing.target = item.plaintext = batch[i]->result->path;
        item.attributesFrom = item.plaintext;
        item.source = batch[i]->source->info;
        item.placing.standing = item.source;
        auto chain = chainFor(*batch[i], options.takeOwnership);
        if (chain)
            item.chain = *chain;
        else
            item.fail(std::move(chain).error());
    }
    StoreCorridor(services_, pool_, BatchKind::activate, threadsPerFile_, options.control).walk(items);
    for (std::size_t i = 0; i < batch.size(); ++i) {
        ItemResult& result = *batch[i]->result;
        result.error = items[i].error;
        batch[i]->again = items[i].tryAgain;
        if (items[i].live() || items[i].tryAgain) {
            result.file = items[i].file;
            result.version = items[i].version;
        }
        if (items[i].live())
            result.size = items[i].stored.plaintextSize;
    }
}

void Converter::Engine::release(std::span<Candidate* const> batch, const ConvertOptions& options) {
    std::vector<ReleaseItem> items(batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
        items[i].opening.container = batch[i]->result->path;
        items[i].opening.info = batch[i]->source->info;
        items[i].opening.header = std::move(*batch[i]->source->header);
    }
    ReleaseCorridor(services_, pool_, threadsPerFile_, options.overrideIntegrity, options.control).walk(items);
    for (std::size_t i = 0; i < batch.size(); ++i) {
        ItemResult& result = *batch[i]->result;
        result.error = items[i].error;
        result.olderThanSeen = items[i].opening.olderThanSeen();
        result.latest = items[i].opening.opened.latest;
        result.damaged = std::move(items[i].damaged);
        batch[i]->again = items[i].tryAgain;
    }
}

} // namespace ssprotect::conversion
