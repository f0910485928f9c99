#pragma once

#include "release_corridor.h"
#include "source.h"
#include "ssprotect/conversion/converter.h"
#include "store_corridor.h"

namespace ssprotect::conversion {

/// What stands behind a Converter: makes batches of files and sends each through its corridor.
class Converter::Engine {
public:
    Engine(Services services, const Effort& effort);

    std::vector<ItemResult> convert(Operation operation, std::span<const platform::Path> paths,
                                    const ConvertOptions& options);
    Result<OpenedDocument> openVersion(const OpenTask& task, const Control& control);
    StoreOutcome storeVersion(const StoreTask& task, const Control& control);

private:
    /// A file of a call, and its result.
    struct Candidate {
        ItemResult* result;
        std::optional<Source> source;
        bool again = false;
    };
    void attempt(Operation operation, std::span<Candidate> candidates, const ConvertOptions& options);
    void lookAt(Operation operation, Candidate& candidate);
    void runBatch(Operation operation, std::span<Candidate* const> batch, const ConvertOptions& options);
    void activate(std::span<Candidate* const> batch, const ConvertOptions& options);
    void release(std::span<Candidate* const> batch, const ConvertOptions& options);
    Result<std::optional<FileId>> chainFor(const Candidate& candidate, bool takeOwnership);
    Result<StoreItem> storeItemFor(const StoreTask& task);

    Services services_;
    WorkerPool pool_;
    unsigned threadsPerFile_;
};

} // namespace ssprotect::conversion
