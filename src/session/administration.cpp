#include "ssprotect/session/administration.h"

#include "comparison_text.h"
#include "key_rotation.h"
#include "people_signing.h"
#include "ssprotect/kodiac/email.h"
#include "ssprotect/session/lock_keeper.h"

#include <algorithm>
#include <map>

namespace ssprotect::session {
namespace {

using kodiac::AccountState;
using kodiac::EditLock;
using Row = kodiac::ListUsers::Row;

const Row* rowOf(const kodiac::ListUsers::Response& users, std::string_view email) {
    const std::string key = kodiac::emailKey(email);
    const auto at = std::find_if(users.rows.begin(), users.rows.end(), [&](const Row& row) {
        return row.state != AccountState::removed && kodiac::emailKey(row.email) == key;
    });
    return at == users.rows.end() ? nullptr : &*at;
}

std::map<std::string, const Row*> presentByEmail(const kodiac::ListUsers::Response& users) {
    std::map<std::string, const Row*> rows;
    for (const Row& row : users.rows)
        if (row.state != AccountState::removed)
            rows.emplace(kodiac::emailKey(row.email), &row);
    return rows;
}

const Row* formerRowOf(const kodiac::ListUsers::Response& users, std::string_view email) {
    const std::string key = kodiac::emailKey(email);
    const Row* latest = nullptr;
    for (const Row& row : users.rows)
        if (kodiac::emailKey(row.email) == key && (latest == nullptr || row.created > latest->created))
            latest = &row;
    return latest;
}

Error noSuchUser(std::string_view email) {
    return makeError(ErrorCode::notFound, "no account of this Organization has the e-mail " + std::string(email));
}

Status requireRegistered(const Row& row) {
    if (row.state == AccountState::registered)
        return {};
    if (row.state == AccountState::validated)
        return makeError(ErrorCode::refused, row.email + " is Validated already");
    return makeError(ErrorCode::refused, row.email + " has not registered yet: there are no keys to validate");
}

/// Any root that led to today's will do: the other person's host may have learnt an earlier one.
Status compare(const KeyChain& people, const Row& row, std::string_view code) {
    const bool same = std::any_of(people.roots().begin(), people.roots().end(), [&](const auto& root) {
        return isComparisonCode(code, kodiac::comparisonCode(root, row.keys));
    });
    if (same)
        return {};
    return makeError(ErrorCode::peerRefused, "the codes differ: the keys that KODiAC gives for " + row.email +
                                                 " are not those that this person made; nothing was given to them");
}

} // namespace

Administration::Administration(std::shared_ptr<Session> session, LockKeeper& locks)
    : session_(std::move(session)), locks_(locks) {}

template <class Op> Result<typename Op::Response> Administration::call(const typename Op::Request& request) {
    Session::State& state = session_->state();
    if (auto live = state.requireLive(); !live)
        return std::move(live).error();
    auto response = state.call<Op>(request);
    if (response)
        locks_.learnPrivileged();
    return response;
}

template <class Op> Result<typename Op::Response> Administration::callGuarded(typename Op::Request request) {
    request.lock = locks_.epochOf(EditLock::users);
    auto response = call<Op>(request);
    if (response || response.error().code != ErrorCode::lockLost)
        return response;
    locks_.learnLost(EditLock::users);
    return makeError(ErrorCode::lockLost, response.error().message +
                                              " with 'ssprotect lock request users', or give it up with 'ssprotect "
                                              "lock release users'");
}

template <class Op> Status Administration::perform(const typename Op::Request& request) {
    auto done = call<Op>(request);
    return done ? Status{} : Status{std::move(done).error()};
}

template <class Op> Status Administration::performGuarded(typename Op::Request request) {
    auto done = callGuarded<Op>(std::move(request));
    return done ? Status{} : Status{std::move(done).error()};
}

Status Administration::refreshed() {
    Session::State& state = session_->state();
    if (auto live = state.requireLive(); !live)
        return live;
    return state.refreshKeys();
}

Result<kodiac::ListUsers::Response> Administration::users() {
    auto all = call<kodiac::ListUsers>({});
    while (all && !all->next.empty()) {
        kodiac::ListUsers::Request request;
        request.after = all->next;
        auto more = call<kodiac::ListUsers>(request);
        if (!more)
            return more;
        if (more->rows.empty() || more->next == all->next)
            return makeError(ErrorCode::peerRefused, "KODiAC's list of users has no end");
        std::move(more->rows.begin(), more->rows.end(), std::back_inserter(all->rows));
        all->next = std::move(more->next);
    }
    return all;
}

// Nobody else's rows are asked for; that they have the e-mail is looked at all the same.
Result<kodiac::ListUsers::Response> Administration::usersNamed(std::string_view email) {
    if (auto good = kodiac::checkEmail(email); !good)
        return noSuchUser(email);
    kodiac::ListUsers::Request request;
    request.email = email;
    return call<kodiac::ListUsers>(request);
}

Result<Row> Administration::user(std::string_view email) {
    auto named = usersNamed(email);
    if (!named)
        return std::move(named).error();
    const Row* row = rowOf(*named, email);
    if (row == nullptr)
        return noSuchUser(email);
    return *row;
}

Result<Row> Administration::presentOrFormerUser(std::string_view email) {
    auto named = usersNamed(email);
    if (!named)
        return std::move(named).error();
    const Row* row = rowOf(*named, email);
    if (row == nullptr)
        row = formerRowOf(*named, email);
    if (row == nullptr)
        return noSuchUser(email);
    return *row;
}

struct Administration::Subject {
    Row row;
    PeopleSigning signing;

    std::vector<kodiac::MemberStatement> resigned() const { return signing.resigned(row.account); }
};

Result<Administration::Subject> Administration::subject(std::string_view email) {
    auto row = user(email);
    if (!row)
        return std::move(row).error();
    if (auto fetched = refreshed(); !fetched)
        return std::move(fetched).error();
    auto signing = PeopleSigning::under(session_->state());
    if (!signing)
        return std::move(signing).error();
    return Subject{std::move(*row), std::move(*signing)};
}

Result<kodiac::NewUser::Response> Administration::add(std::string_view email,
                                                      const kodiac::AttributeChanges& attributes) {
    if (auto good = kodiac::checkEmail(email); !good)
        return std::move(good).error();
    return callGuarded<kodiac::NewUser>({std::string(email), attributes, {}});
}

Result<kodiac::EditUsers::Edit> Administration::editFor(const Row& row, const kodiac::AttributeChanges& changes) {
    kodiac::EditUsers::Edit edit;
    edit.account = row.account;
    edit.changes = changes;
    const bool isDelegate = row.privilege == kodiac::Privilege::delegate;
    if (!changes.delegate || *changes.delegate == isDelegate || row.state != AccountState::validated)
        return edit;
    auto signing = PeopleSigning::under(session_->state());
    if (!signing)
        return std::move(signing).error();
    if (!*changes.delegate) {
        edit.resigned = signing->resigned(row.account);
        return edit;
    }
    // The keys of the chain, not those of the list: the root signs what this host has proved.
    const auto* member = signing->people().current(row.account);
    if (member == nullptr)
        return makeError(ErrorCode::changedMeanwhile, row.email + " is no member any more; look at the list again");
    auto statement = signing->delegate(row.account, member->keys);
    if (!statement)
        return std::move(statement).error();
    edit.delegate = std::move(*statement);
    return edit;
}

Status Administration::saveAll(std::span<const Edit> edits, std::span<const kodiac::EditUsers::Added> added) {
    auto all = users();
    if (!all)
        return std::move(all).error();
    const bool signs = std::any_of(edits.begin(), edits.end(), [](const Edit& edit) { return edit.changes.delegate; });
    if (signs)
        if (auto fetched = refreshed(); !fetched)
            return fetched;
    kodiac::EditUsers::Request request;
    request.added.assign(added.begin(), added.end());
    const auto present = presentByEmail(*all);
    for (const Edit& wanted : edits) {
        const auto row = present.find(kodiac::emailKey(wanted.email));
        if (row == present.end())
            return noSuchUser(wanted.email);
        auto edit = editFor(*row->second, wanted.changes);
        if (!edit)
            return std::move(edit).error();
        request.edits.push_back(std::move(*edit));
    }
    auto done = performGuarded<kodiac::EditUsers>(std::move(request));
    return done && signs ? refreshed() : done;
}

Result<std::string> Administration::comparisonCode(std::string_view email) {
    auto row = user(email);
    if (!row)
        return std::move(row).error();
    if (auto ready = requireRegistered(*row); !ready)
        return std::move(ready).error();
    if (auto fetched = refreshed(); !fetched)
        return std::move(fetched).error();
    return kodiac::comparisonCode(session_->state().people().root(), row->keys);
}

Result<kodiac::ValidateUser::Request> Administration::validationOf(const Row& row) {
    Session::State& state = session_->state();
    auto signing = PeopleSigning::under(state);
    if (!signing)
        return std::move(signing).error();
    // Who comes now knows today's root alone.
    if (!signing->people().holdsUnderTodaysRoot())
        return makeError(ErrorCode::conflict,
                         "the Administrator's role has changed hands, and the new Administrator has "
                         "not logged in since; nobody can be validated before that");
    kodiac::ValidateUser::Request request;
    request.statement = signing->member(row.account, row.email, row.keys);
    if (row.attributes.delegate) {
        auto statement = signing->delegate(row.account, row.keys);
        if (!statement)
            return std::move(statement).error();
        request.delegate = std::move(*statement);
    }
    auto envelopes = signing->contentKeys(row.account, row.keys.agreement, state.environment.random);
    if (!envelopes)
        return std::move(envelopes).error();
    request.contentKeys = std::move(*envelopes);
    return request;
}

Status Administration::validate(std::string_view email, std::string_view code) {
    auto row = user(email);
    if (!row)
        return std::move(row).error();
    if (auto ready = requireRegistered(*row); !ready)
        return ready;
    if (auto fetched = refreshed(); !fetched)
        return fetched;
    if (!code.empty())
        if (auto same = compare(session_->state().people(), *row, code); !same)
            return same;
    auto request = validationOf(*row);
    if (!request)
        return std::move(request).error();
    request->compared = !code.empty();
    if (auto done = performGuarded<kodiac::ValidateUser>(std::move(*request)); !done)
        return done;
    return refreshed();
}

Status Administration::dismiss(std::string_view email) {
    auto row = user(email);
    if (!row)
        return std::move(row).error();
    return performGuarded<kodiac::DismissUser>({row->account, {}});
}

Status Administration::remove(std::string_view email) {
    auto who = subject(email);
    if (!who)
        return std::move(who).error();
    if (auto done = performGuarded<kodiac::RemoveUser>({who->row.account, who->resigned(), {}}); !done)
        return done;
    // The removal stands; a key that could not be made now is made by the next privileged host.
    if (auto fetched = refreshed(); fetched)
        static_cast<void>(rotateIfDue(session_->state()));
    return {};
}

Status Administration::resend(std::string_view email) {
    auto row = user(email);
    return row ? perform<kodiac::ResendCode>({row->account}) : Status{std::move(row).error()};
}

Status Administration::permitSync(std::string_view email) {
    auto row = user(email);
    return row ? perform<kodiac::PermitSync>({row->account}) : Status{std::move(row).error()};
}

Status Administration::resetEnhancedLogin(std::string_view email) {
    auto row = user(email);
    return row ? perform<kodiac::ResetEnhancedLogin>({row->account}) : Status{std::move(row).error()};
}

Status Administration::resetPassword(std::string_view email) {
    auto who = subject(email);
    if (!who)
        return std::move(who).error();
    if (auto done = perform<kodiac::ResetUserPassword>({who->row.account, who->resigned()}); !done)
        return done;
    return refreshed();
}

Status Administration::transferAdministrator(std::string_view email) {
    auto who = subject(email);
    if (!who)
        return std::move(who).error();
    const auto& [row, signing] = *who;
    const AccountId& self = session_->state().account;
    const auto* taker = signing.people().current(row.account);
    const auto* giver = signing.people().current(self);
    if (taker == nullptr || giver == nullptr)
        return makeError(ErrorCode::conflict, row.email + " is not Validated; only a Delegate can take the role");
    auto transfer = signing.rootTransfer(row.account, taker->keys.signing);
    if (!transfer)
        return std::move(transfer).error();
    auto statement = signing.delegate(self, giver->keys);
    if (!statement)
        return std::move(statement).error();
    if (auto done = performGuarded<kodiac::TransferAdministrator>({std::move(*transfer), std::move(*statement), {}});
        !done)
        return done;
    return refreshed();
}

Result<kodiac::ShowPolicy::Response> Administration::policy() { return session_->policy(); }

Status Administration::setPolicy(kodiac::SetPolicy::Request wanted) {
    return performGuarded<kodiac::SetPolicy>(std::move(wanted));
}

} // namespace ssprotect::session
