#include "engine_world.h"

namespace ssprotect::conversion::test {

Bytes secretText(std::string_view name, std::size_t size) {
    const std::string line = "the secret plan of " + std::string(name) + " / ";
    Bytes text;
    while (text.size() < size)
        append(text, viewOf(line));
    text.resize(size);
    return text;
}

Engine::Engine(platform::FileSystem& files_, const ssprotect::test::FakeKodiac& kodiac_, Byte account,
               std::uint64_t seed, unsigned workers)
    : files(files_), kodiac(kodiac_), authority(kodiac, account), random(seed), log(makeNullLog()),
      journal(files, kJournal, random),
      converter(Services{files, authority, records, journal, random, clock, *log}, {workers, 1}) {}

std::unique_ptr<FaultFileSystem> makeDisk(support::ReplaceStyle style) {
    auto disk = std::make_unique<FaultFileSystem>(style);
    disk->seedDirectory(kDocs);
    disk->seedDirectory(kJournal);
    return disk;
}

std::map<Path, Bytes> filesOf(const FaultFileSystem& disk) {
    std::map<Path, Bytes> files;
    for (const auto& path : disk.paths())
        if (auto content = disk.content(path))
            files[path] = std::move(*content);
    return files;
}

std::vector<Path> documents(const FaultFileSystem& disk) {
    std::vector<Path> names;
    for (const auto& [path, content] : filesOf(disk))
        if (path.parent_path() == kDocs)
            names.push_back(path.filename());
    return names;
}

bool isContainer(const Bytes& content) { return container::hasContainerMagic(content); }

std::string wordOf(const ItemResult& result) {
    if (result.error)
        return std::string(result.error->word());
    return result.skipped == Skipped::no ? "ok" : std::string(skippedWord(result.skipped));
}

} // namespace ssprotect::conversion::test
