#include "history.h"

#include <iterator>

namespace ssprotect::kodiacd {

using container::Identity;
using container::IdentityBytes;

namespace {

constexpr std::chrono::seconds kFarTooLong(60);

VersionNumber versionIn(const IdentityBytes& bytes) { return Identity::parse(bytes)->version; }

} // namespace

std::string History::line(std::string_view operation, const AccountId& account, const FileId& file,
                          VersionNumber version) {
    return std::string(operation) + ' ' + account.hex() + ' ' + file.hex() + ' ' + std::to_string(version);
}

void History::did(std::string_view operation, const AccountId& account, const Identity& version) {
    const std::lock_guard lock(mutex_);
    lines_.insert(line(operation, account, version.file, version.version));
}

void History::stored(const IdentityBytes& bytes) {
    const auto identity = Identity::parse(bytes);
    const std::lock_guard lock(mutex_);
    if (!identity || !identities_.insert(bytes).second) {
        wrongs_.push_back("one version was acknowledged twice");
        return;
    }
    const auto [latest, isNew] = latest_.try_emplace(identity->file, bytes);
    if (!isNew && versionIn(latest->second) < identity->version)
        latest->second = bytes;
}

void History::held(std::uint64_t epoch, const AccountId& account) {
    const std::lock_guard lock(mutex_);
    const auto [holder, isNew] = holders_.try_emplace(epoch, account);
    if (!isNew && holder->second != account)
        wrongs_.push_back("the lock had two holders in epoch " + std::to_string(epoch));
}

void History::wrong(std::string what) {
    const std::lock_guard lock(mutex_);
    wrongs_.push_back(std::move(what));
}

void History::step() {
    const std::lock_guard lock(mutex_);
    ++steps_;
    stepped_.notify_all();
}

bool History::waitForSteps(int more) {
    std::unique_lock lock(mutex_);
    const std::int64_t until = steps_ + more;
    return stepped_.wait_for(lock, kFarTooLong, [&] { return steps_ >= until; });
}

IdentityBytes History::latest(std::uint64_t number) const {
    const std::lock_guard lock(mutex_);
    return std::next(latest_.begin(), static_cast<std::ptrdiff_t>(number % latest_.size()))->second;
}

VersionNumber History::highest(const FileId& file) const {
    const std::lock_guard lock(mutex_);
    return versionIn(latest_.at(file));
}

} // namespace ssprotect::kodiacd
