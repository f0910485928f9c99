#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// What the editor and the tests that drive it ask of the system. A `place` is a path in the test's own folder.
namespace ssprotect::test {

/// Before anybody meets there.
bool prepareMeeting(const std::filesystem::path& place);
/// Both return once the other side, in another process, does the other; false when they can't meet.
bool sayAt(const std::filesystem::path& place);
bool hearAt(const std::filesystem::path& place);

/// Waits at `place`, which exists from when a document can be sent there, for the path of one.
std::optional<std::filesystem::path> receiveDocument(const std::filesystem::path& place);
bool sendDocument(const std::filesystem::path& place, const std::filesystem::path& document);

/// Keeps the file open for reading and writing, shared with everybody, as long as it lives.
class HeldFile {
public:
    explicit HeldFile(const std::filesystem::path& file);
    ~HeldFile();
    HeldFile(const HeldFile&) = delete;
    HeldFile& operator=(const HeldFile&) = delete;

private:
    std::intptr_t handle_;
};

/// This program again, in a child that outlives us, with these arguments.
void startAgain(const std::vector<std::string>& arguments);

/// As a fault of the program ends it.
[[noreturn]] void crash();

} // namespace ssprotect::test
