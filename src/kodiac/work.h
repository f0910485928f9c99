#pragma once

#include "handlers.h"
#include "ssprotect/kodiac/user_operations.h"
#include "ssprotect/kodiac/wire.h"

#include <memory>

namespace ssprotect::kodiac {

/// One call of one operation, its request decoded: what the corridor moves along without knowing the types. Read only,
/// so that a transaction may be tried again.
class Work {
public:
    virtual ~Work() = default;
    /// The Error of a request that is none; the rest must not be called then.
    virtual std::optional<Error> invalid() const = 0;
    virtual Status authenticate(Context& context) const = 0;
    /// The epoch of the edit lock that the caller says to hold, for an operation that needs one.
    virtual LockEpoch lockEpoch() const = 0;
    virtual Result<Reply> execute(Context& context) const = 0;
    /// The reply kept for a repeated request, with the shares that were not kept.
    virtual Result<Reply> renew(Context& context, std::string_view body) const = 0;
};

template <class Op> class TypedWork final : public Work {
public:
    using Request = typename Op::Request;
    using Response = typename Op::Response;

    explicit TypedWork(const Call& call) : request_(decode<Request>(call.body, cloned(call.secrets))) {}

    std::optional<Error> invalid() const override {
        return request_ ? std::nullopt : std::optional<Error>(request_.error());
    }
    Status authenticate(Context& context) const override {
        if constexpr (requires { kodiac::authenticate(context, *request_); })
            return kodiac::authenticate(context, *request_);
        return {};
    }
    LockEpoch lockEpoch() const override {
        if constexpr (requires { request_->lock; })
            return request_->lock;
        return std::nullopt;
    }
    Result<Reply> execute(Context& context) const override {
        auto response = kodiac::execute(context, *request_);
        if (!response)
            return std::move(response).error();
        return encode(*response);
    }
    Result<Reply> renew(Context& context, std::string_view body) const override {
        if constexpr (requires(Response kept) { renewShares(context, *request_, kept); }) {
            auto kept = decode<Response>(body, std::vector<crypto::SecretBytes>(request_->items.size()));
            if (!kept)
                return std::move(kept).error();
            if (auto renewed = renewShares(context, *request_, *kept); !renewed)
                return std::move(renewed).error();
            return encode(*kept);
        }
        return Reply{std::string(body), {}};
    }

private:
    static std::vector<crypto::SecretBytes> cloned(const std::vector<crypto::SecretBytes>& secrets) {
        std::vector<crypto::SecretBytes> copies;
        for (const auto& secret : secrets)
            copies.push_back(secret.clone());
        return copies;
    }

    Result<Request> request_;
};

} // namespace ssprotect::kodiac
