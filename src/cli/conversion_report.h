#pragma once

#include "conversion_command.h"
#include "item_tally.h"
#include "ssprotect/base/json.h"

namespace ssprotect::cli {

/// What became of each file, as it comes in, and the end of it.
class ConversionReport {
public:
    ConversionReport(const Output& output, const ConversionOptions& options);

    /// The rows of one `convert.items`. `internal` when they cannot be read.
    Status take(const Json& params);
    /// After `convert.run`: prints the summary, gives the exit code.
    Outcome finish(const Json& totals);
    /// When the job itself failed: with --json the items so far beside the error.
    int finish(const Error& error) const;

private:
    Status takeItem(const Json& item);
    void printItem(const Json& item, std::uint64_t version, const std::string& skipped);
    std::string summary(std::uint64_t done, std::uint64_t skipped, bool cancelled) const;

    const Output& output_;
    const ConversionOptions& options_;
    bool showsEach_; ///< a line for each file, not only for failures
    ItemTally tally_;
    std::string rows_; ///< JSON, for --json
};

} // namespace ssprotect::cli
