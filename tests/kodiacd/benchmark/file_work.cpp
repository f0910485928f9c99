#include "file_work.h"

#include <stdexcept>

namespace ssprotect::kodiacd {

using namespace kodiac;

namespace {

template <class T> T whole(Result<T> result) {
    if (!result)
        throw std::runtime_error(result.error().message);
    return std::move(result).value();
}

void allGood(const auto& items) {
    for (const auto& item : items)
        if (item.error)
            throw std::runtime_error(item.error->message);
}

/// Built before the clock runs: what is timed is KODiAC and the way to it.
template <class Op>
typename Op::Response timed(test::Individual& person, const typename Op::Request& request, Stopwatch& watch) {
    const Call call = person.signedCall<Op>(request);
    auto reply = watch.time([&] { return person.send(call); });
    return whole(test::Individual::answerOf<Op>(std::move(reply)));
}

} // namespace

FileWork::FileWork(Kodiac& kodiac, Random& random, std::string email, crypto::ScryptParameters stretching)
    : person_(kodiac, random, std::move(email)) {
    person_.stretching = stretching;
    if (auto settled = person_.settle(); !settled)
        throw std::runtime_error(settled.error().message);
}

void FileWork::show(Stopwatch& watch) { timed<ShowAccount>(person_, {}, watch); }

FileWork::Identities FileWork::storeItems(const std::vector<BeginStore::Item>& items, Stopwatch& watch) {
    const auto begun = timed<BeginStore>(person_, {items}, watch);
    allGood(begun.items);
    Identities identities;
    CommitStore::Request request;
    for (const auto& item : begun.items) {
        identities.push_back(item.identity);
        request.items.push_back(person_.commitItem(item.identity));
    }
    allGood(timed<CommitStore>(person_, request, watch).items);
    return identities;
}

void FileWork::store(std::size_t count, Stopwatch& watch) { storeItems(std::vector<BeginStore::Item>(count), watch); }

void FileWork::storeNext(std::size_t count, Stopwatch& watch) {
    std::vector<BeginStore::Item> items;
    for (std::size_t i = 0; i < count; ++i)
        items.push_back({test::Individual::fileOf(files_.at(i)), std::nullopt});
    const auto stored = storeItems(items, watch);
    std::copy(stored.begin(), stored.end(), files_.begin());
}

void FileWork::open(std::size_t count, Stopwatch& watch) {
    OpenVersion::Request request;
    for (std::size_t i = 0; i < count; ++i)
        request.items.push_back({files_.at(i), 0, OpenPurpose::managed});
    allGood(timed<OpenVersion>(person_, request, watch).items);
}

void FileWork::prepare(std::size_t count) {
    Stopwatch ignored;
    if (files_.size() < count) {
        const auto more = storeItems(std::vector<BeginStore::Item>(count - files_.size()), ignored);
        files_.insert(files_.end(), more.begin(), more.end());
    }
}

} // namespace ssprotect::kodiacd
