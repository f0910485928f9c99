#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ssprotect::support {

/// What of the unsynced state a power cut leaves on the disk. Synced state always stays.
enum class Keeps {
    nothing,          ///< every unsynced change is lost
    everything,       ///< as after the death of the process alone
    namesWithoutData, ///< names and attributes, no data: the empty file after a rename
    sizesWithoutData, ///< names, attributes and sizes; the data reads as zeros
    dataWithoutNames, ///< data and attributes; creates, renames and removals are lost
    prefix,           ///< the first changes in time, the last of them torn at a 512-byte sector
    scattered,        ///< each sector, attribute change and name change by a coin: later ones without earlier ones
};

struct Survival {
    Keeps keeps = Keeps::nothing;
    std::uint64_t seed = 0; ///< for `prefix` and `scattered`
};

/// For the trace of a test.
std::string describe(const Survival& survival);

/// Every policy once, `prefix` and `scattered` under several seeds; the same list for the same seed.
std::vector<Survival> allSurvivals(std::uint64_t seed = 1);

/// SplitMix64: numbers that are the same on every machine.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next();
    /// 0 … sides - 1
    std::uint64_t roll(std::uint64_t sides) { return next() % sides; }
    bool coin() { return (next() & 1) != 0; }

private:
    std::uint64_t state_;
};

} // namespace ssprotect::support
