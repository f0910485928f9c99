#pragma once

#include "ssprotect/kodiac/operations.h"

#include <array>

/// The enumerations that travel, with their words.
namespace ssprotect::kodiac::wire {

template <class Enum> struct Words;

template <> struct Words<container::ConversionMode> {
    using enum container::ConversionMode;
    static constexpr std::array kAll{optimized, hybrid, doubled};
    static std::string_view of(container::ConversionMode mode) { return container::modeWord(mode); }
};

template <> struct Words<OpenPurpose> {
    using enum OpenPurpose;
    static constexpr std::array kAll{managed, release, verify};
    static std::string_view of(OpenPurpose purpose) {
        constexpr std::array<std::string_view, kAll.size()> words{"managed", "release", "verify"};
        return words[static_cast<std::size_t>(purpose)];
    }
};

template <> struct Words<StoreState::State> {
    using enum StoreState::State;
    static constexpr std::array kAll{unknown, begun, committed, abandoned};
    static std::string_view of(StoreState::State state) {
        constexpr std::array<std::string_view, kAll.size()> words{"unknown", "begun", "committed", "abandoned"};
        return words[static_cast<std::size_t>(state)];
    }
};

} // namespace ssprotect::kodiac::wire
