#pragma once

#include "ssprotect/base/error.h"

#include <cstdlib>
#include <utility>
#include <variant>

namespace ssprotect {

/// Either a value or the Error that says why there is none. Reading the side
/// that is not there aborts: it is a fault of the caller, never of the input.
template <class T> class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    T& value() & { return require(std::get_if<0>(&state_)); }
    const T& value() const& { return require(std::get_if<0>(&state_)); }
    /// By value, so that `for (auto& each : *list())` holds on to what it walks over.
    T value() && { return std::move(require(std::get_if<0>(&state_))); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    const Error& error() const& { return require(std::get_if<1>(&state_)); }
    Error&& error() && { return std::move(require(std::get_if<1>(&state_))); }

private:
    template <class Side> static Side& require(Side* side) {
        if (side == nullptr)
            std::abort();
        return *side;
    }

    std::variant<T, Error> state_;
};

/// Success without a value, or an Error.
template <> class [[nodiscard]] Result<void> {
public:
    Result() : state_(std::in_place_index<0>) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    const Error& error() const& {
        if (ok())
            std::abort();
        return *std::get_if<1>(&state_);
    }
    Error&& error() && {
        if (ok())
            std::abort();
        return std::move(*std::get_if<1>(&state_));
    }

private:
    std::variant<std::monostate, Error> state_;
};

using Status = Result<void>;

inline Error makeError(ErrorCode code, std::string message) { return Error{code, std::move(message)}; }

} // namespace ssprotect
