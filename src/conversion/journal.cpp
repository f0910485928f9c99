#include "ssprotect/conversion/journal.h"

#include "batch_codec.h"

#include <array>

namespace ssprotect::conversion {

Journal::Journal(platform::FileSystem& files, const platform::Path& folder, Random& random)
    : folder_(files, folder, ".batch"), random_(random) {}

Status Journal::prepare() {
    if (auto prepared = folder_.prepare(); !prepared)
        return prepared;
    return folder_.removeLeftovers();
}

Journal::Entry::Entry(Entry&& other) noexcept
    : journal_(std::exchange(other.journal_, nullptr)), name_(std::move(other.name_)) {}

Journal::Entry::~Entry() {
    if (journal_ != nullptr)
        journal_->forget(name_);
}

Status Journal::Entry::update(const BatchRecord& record) { return journal_->rewrite(name_, record); }

Status Journal::Entry::clear() { return journal_->clear(name_); }

Result<Journal::Entry> Journal::begin(const BatchRecord& record) {
    std::array<Byte, 8> digits{};
    random_.fill(digits);
    std::string name = toHex(digits);
    {
        const std::lock_guard lock(mutex_);
        running_.insert(name);
    }
    Entry entry(*this, std::move(name));
    if (auto written = entry.update(record); !written) {
        // Nothing was done yet that the record would have to undo.
        static_cast<void>(entry.clear());
        return std::move(written).error();
    }
    return entry;
}

void Journal::forget(const std::string& name) {
    const std::lock_guard lock(mutex_);
    running_.erase(name);
}

Result<std::vector<Journal::Leftover>> Journal::leftovers() const {
    auto names = folder_.names();
    if (!names)
        return std::move(names).error();
    std::vector<Leftover> leftovers;
    for (auto& name : *names) {
        {
            const std::lock_guard lock(mutex_);
            if (running_.contains(name))
                continue;
        }
        auto content = folder_.read(name);
        // A batch that was running when the folder was listed has cleared its record since.
        if (!content && content.error().code == ErrorCode::notFound)
            continue;
        leftovers.push_back({std::move(name), content ? decodeBatch(*content) : Result<BatchRecord>(content.error())});
    }
    return leftovers;
}

Status Journal::rewrite(const std::string& name, const BatchRecord& record) {
    return folder_.write(name, encodeBatch(record));
}

Status Journal::clear(const std::string& name) { return folder_.remove(name); }

} // namespace ssprotect::conversion
