#pragma once

#include "ssprotect/kodiac/lock_operations.h"

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

template <> struct Words<EditLock> {
    using enum EditLock;
    static constexpr std::array kAll{users, trusts};
    static std::string_view of(EditLock lock) { return lock == users ? "users" : "trusts"; }
};

template <> struct Words<AccountState> {
    using enum AccountState;
    static constexpr std::array kAll{provisioned, registered, validated, dismissed, removed};
    static std::string_view of(AccountState state) {
        constexpr std::array<std::string_view, kAll.size()> words{"provisioned", "registered", "validated", "dismissed",
                                                                  "removed"};
        return words[static_cast<std::size_t>(state)];
    }
};

template <> struct Words<Privilege> {
    using enum Privilege;
    static constexpr std::array kAll{user, delegate, administrator, individual};
    static std::string_view of(Privilege privilege) {
        constexpr std::array<std::string_view, kAll.size()> words{"user", "delegate", "administrator", "individual"};
        return words[static_cast<std::size_t>(privilege)];
    }
};

/// The value with that word; none for another word.
template <class Enum> std::optional<Enum> fromWord(std::string_view word) {
    for (const Enum candidate : Words<Enum>::kAll)
        if (Words<Enum>::of(candidate) == word)
            return candidate;
    return std::nullopt;
}

} // namespace ssprotect::kodiac::wire
