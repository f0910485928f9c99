#include "survival.h"

#include <array>
#include <string_view>

namespace ssprotect::support {

std::uint64_t Dice::next() {
    state_ += 0x9e3779b97f4a7c15;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31);
}

std::string describe(const Survival& survival) {
    constexpr std::array<std::string_view, 7> kWords{"nothing unsynced",   "everything",         "names without data",
                                                     "sizes without data", "data without names", "a torn prefix",
                                                     "scattered changes"};
    return "the power cut leaves " + std::string(kWords[static_cast<std::size_t>(survival.keeps)]) + " (seed " +
           std::to_string(survival.seed) + ")";
}

std::vector<Survival> allSurvivals(std::uint64_t seed) {
    return {{Keeps::nothing, 0},          {Keeps::everything, 0},       {Keeps::namesWithoutData, 0},
            {Keeps::sizesWithoutData, 0}, {Keeps::dataWithoutNames, 0}, {Keeps::prefix, seed},
            {Keeps::scattered, seed},     {Keeps::scattered, seed + 1}};
}

} // namespace ssprotect::support
