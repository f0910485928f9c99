// What Windows tells about files, as far as it takes no particular file system to see.

#include "platform/windows/file_facts.h"
#include "platform/windows/folder_watcher.h"
#include "platform/windows/system_error.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::platform {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(FileKind, TellsLinksFromFilesThatOnlyWearATag) {
    constexpr DWORD kTagged = FILE_ATTRIBUTE_REPARSE_POINT;
    EXPECT_EQ(kindOf(FILE_ATTRIBUTE_NORMAL, 0), FileKind::regular);
    EXPECT_EQ(kindOf(FILE_ATTRIBUTE_DIRECTORY, 0), FileKind::directory);
    EXPECT_EQ(kindOf(kTagged, IO_REPARSE_TAG_SYMLINK), FileKind::symbolicLink);
    EXPECT_EQ(kindOf(kTagged | FILE_ATTRIBUTE_DIRECTORY, IO_REPARSE_TAG_MOUNT_POINT), FileKind::symbolicLink);
    EXPECT_EQ(kindOf(kTagged, 0xA000001D), FileKind::symbolicLink) << "a link made by a Linux on Windows";
    EXPECT_EQ(kindOf(kTagged, 0x9000601A), FileKind::regular) << "a file of the cloud";
    EXPECT_EQ(kindOf(kTagged | FILE_ATTRIBUTE_DIRECTORY, 0x9000601A), FileKind::directory);
    EXPECT_EQ(kindOf(kTagged, 0x80000023), FileKind::other) << "a socket";
    EXPECT_EQ(kindOf(FILE_ATTRIBUTE_DEVICE, 0), FileKind::other);
}

TEST(FileTime, CountsFrom1970InNanoseconds) {
    constexpr std::int64_t k1970 = 116'444'736'000'000'000;
    EXPECT_EQ(nanosOfFileTime(k1970), 0);
    EXPECT_EQ(nanosOfFileTime(k1970 + 1), 100);
    EXPECT_EQ(nanosOfFileTime(k1970 - 15'000'000), -1'500'000'000);
    for (const std::int64_t nanos : {0LL, 1'234'567'890'123'456'700LL, -1'500'000'000LL})
        EXPECT_EQ(nanosOfFileTime(fileTimeOfNanos(nanos)), nanos);
}

TEST(FileTime, EndsWhereTheNumbersEnd) {
    EXPECT_EQ(nanosOfFileTime(std::numeric_limits<std::int64_t>::max()), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(nanosOfFileTime(0), std::numeric_limits<std::int64_t>::min());
    EXPECT_GT(fileTimeOfNanos(std::numeric_limits<std::int64_t>::min()), 0);
}

/// A chain of records, each with the offset of the next in front, as both interfaces give them.
class Records {
public:
    void add(const Bytes& head, const std::wstring& name) {
        while (bytes_.size() % 8 != 0)
            bytes_.push_back(0);
        if (last_)
            put(*last_, static_cast<DWORD>(bytes_.size() - *last_));
        last_ = bytes_.size();
        append(bytes_, head);
        append(bytes_, {reinterpret_cast<const Byte*>(name.data()), name.size() * sizeof(wchar_t)});
    }
    void put(std::size_t at, DWORD value) {
        std::copy_n(reinterpret_cast<const Byte*>(&value), sizeof value,
                    bytes_.begin() + static_cast<std::ptrdiff_t>(at));
    }
    const Bytes& bytes() const { return bytes_; }

private:
    Bytes bytes_;
    std::optional<std::size_t> last_;
};

Bytes streamHead(std::size_t nameLength) {
    FILE_STREAM_INFO info{};
    info.StreamNameLength = static_cast<DWORD>(nameLength * sizeof(wchar_t));
    const auto* start = reinterpret_cast<const Byte*>(&info);
    return {start, start + offsetof(FILE_STREAM_INFO, StreamName)};
}

TEST(Streams, AreNamedWithoutTheContentItself) {
    Records records;
    for (const std::wstring name : {L"::$DATA", L":Zone.Identifier:$DATA", L":secret:$DATA"})
        records.add(streamHead(name.size()), name);
    EXPECT_THAT(namedStreams(records.bytes()), ElementsAre(L":Zone.Identifier:$DATA", L":secret:$DATA"));
}

TEST(Streams, OfAFolderOrOfDamagedRecordsAreNone) {
    EXPECT_THAT(namedStreams({}), IsEmpty());
    EXPECT_THAT(namedStreams(streamHead(0)), IsEmpty());
    Records cut;
    cut.add(streamHead(1000), L":short:$DATA");
    EXPECT_THAT(namedStreams(cut.bytes()), IsEmpty());
    Records outside;
    outside.add(streamHead(2), L":a");
    outside.put(0, 0xFFFFFFF0);
    EXPECT_THAT(namedStreams(outside.bytes()), ElementsAre(L":a"));
}

Bytes changeHead(DWORD action, std::size_t nameLength) {
    FILE_NOTIFY_INFORMATION info{};
    info.Action = action;
    info.FileNameLength = static_cast<DWORD>(nameLength * sizeof(wchar_t));
    const auto* start = reinterpret_cast<const Byte*>(&info);
    return {start, start + offsetof(FILE_NOTIFY_INFORMATION, FileName)};
}

TEST(NotifiedChanges, AreReadInTheirOrder) {
    Records records;
    records.add(changeHead(FILE_ACTION_RENAMED_OLD_NAME, 3), L"old");
    records.add(changeHead(FILE_ACTION_RENAMED_NEW_NAME, 7), L"sub\\new");
    const auto changes = notifiedChanges(records.bytes());
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[0].action, static_cast<DWORD>(FILE_ACTION_RENAMED_OLD_NAME));
    EXPECT_EQ(changes[0].name, L"old");
    EXPECT_EQ(changes[1].name, L"sub\\new");
    EXPECT_THAT(notifiedChanges({}), IsEmpty());
}

TEST(SystemError, HasTheMeaningTheReasonAndTheRemedy) {
    const auto codeOf = [](DWORD number) { return fileError(number, "open", L"C:\\x").code; };
    EXPECT_EQ(codeOf(ERROR_FILE_NOT_FOUND), ErrorCode::notFound);
    EXPECT_EQ(codeOf(ERROR_INVALID_NAME), ErrorCode::notFound);
    EXPECT_EQ(codeOf(ERROR_ACCESS_DENIED), ErrorCode::accessDenied);
    EXPECT_EQ(codeOf(ERROR_SHARING_VIOLATION), ErrorCode::fileBusy);
    EXPECT_EQ(codeOf(ERROR_HANDLE_DISK_FULL), ErrorCode::diskFull);
    EXPECT_EQ(codeOf(ERROR_ALREADY_EXISTS), ErrorCode::alreadyExists);
    EXPECT_EQ(codeOf(12345), ErrorCode::ioError);
    EXPECT_EQ(fileError(ERROR_INVALID_NAME, "open", Path(L"C:\\") / std::wstring(256, L'n')).code,
              ErrorCode::nameTooLong);
    EXPECT_EQ(fileError(ERROR_SHARING_VIOLATION, "open", L"C:\\x").message,
              "cannot open 'C:\\x': it is in use; close the program that uses it and try again");
}

} // namespace
} // namespace ssprotect::platform
