#include "opening.h"

#include "ssprotect/container/container.h"
#include "ssprotect/platform/narrow_path.h"
#include "ssprotect/platform/shown_path.h"
#include "ssprotect/platform/sibling_name.h"

#include <array>

namespace ssprotect::managed {
namespace {

using platform::Path;

constexpr std::size_t kIdSize = 16;
/// Enough to know a kind of document by its content.
constexpr std::size_t kFirstBytes = 4096;

Bytes firstBytes(platform::FileSystem& files, const Path& path) {
    Bytes bytes(kFirstBytes);
    auto file = files.open(path, platform::Access::read);
    auto got = file ? (*file)->readAt(0, bytes) : std::size_t{0};
    bytes.resize(got ? *got : 0);
    return bytes;
}

/// PROT-11. What cannot be found is refused as well: nobody looked at what would be started in the end.
Status mayReceive(Room& room, const Result<platform::Application>& application) {
    if (!room.parts.mayReceive)
        return {};
    if (!application)
        return application.error();
    auto program = platform::programFile(platform::narrowPath(application->executable));
    if (!program)
        return std::move(program).error();
    return room.parts.mayReceive(*program);
}

Result<container::Header> headerOf(platform::File& file, const Path& path) {
    auto header = container::readHeader(file);
    if (!header)
        return std::move(header).error();
    if (!*header)
        return makeError(ErrorCode::notProtected,
                         "'" + platform::shownPath(path) + "' is not protected; open it as any other file");
    return std::move(**header);
}

} // namespace

std::string newOpenId(Random& random) {
    std::array<Byte, kIdSize> id{};
    random.fill(id);
    return toHex(id);
}

Result<platform::Application> programOf(Room& room, const OpenOptions& options, const Path* document) {
    if (!options.program.empty())
        return platform::Application{options.program.front(), options.program,
                                     platform::pathOfNarrow(options.program.front())};
    return room.parts.applications.applicationFor(options.path.filename(),
                                                  document ? firstBytes(room.parts.files, *document) : Bytes{});
}

Result<Evidence::Started> startProgram(Room& room, const OpenOptions& options, const Path& document,
                                       const std::shared_ptr<Waker>& waker) {
    auto application = programOf(room, options, &document);
    if (!application)
        return std::move(application).error();
    // Again: knowing the content, the desktop may have chosen another one.
    if (auto may = mayReceive(room, application); !may)
        return std::move(may).error();
    Evidence::Started started;
    started.chosen = !options.program.empty();
    started.instance = room.parts.processes.runningInstanceOf(application->command);
    platform::ProgramStart start;
    start.command = platform::commandFor(*application, document);
    start.workingFolder = options.path.parent_path();
    start.ended = [waker] { waker->wake(); };
    auto program = room.parts.processes.start(std::move(start));
    if (!program)
        return std::move(program).error();
    started.program = std::move(*program);
    return started;
}

Status mayOpen(Room& room, const OpenOptions& options) {
    auto file = room.parts.files.open(options.path, platform::Access::read);
    if (!file)
        return std::move(file).error();
    if (auto header = headerOf(**file, options.path); !header)
        return std::move(header).error();
    return mayReceive(room, programOf(room, options, nullptr));
}

Result<JournalEntry> Opening::describe(const Access& access) {
    auto& files = room_.parts.files;
    auto file = files.open(options_.path, platform::Access::read);
    if (!file)
        return std::move(file).error();
    auto header = headerOf(**file, options_.path);
    if (!header)
        return std::move(header).error();
    auto info = (*file)->info();
    if (!info)
        return std::move(info).error();
    auto key = access.authorisation->agreementKey();
    if (!key)
        return std::move(key).error();
    auto program = programOf(room_, options_, nullptr);
    if (auto may = mayReceive(room_, program); !may)
        return std::move(may).error();

    JournalEntry entry;
    entry.id = id_;
    entry.account = access.authorisation->account();
    entry.recipient = key->publicKey();
    entry.container = options_.path;
    entry.workspace = room_.workspaces.choose(entry.id, header->plaintextSize);
    entry.name = options_.path.filename();
    entry.opened = {header->plaintextSize, info->modifiedNanos};
    entry.since = room_.parts.clock.now();
    entry.boot = room_.settings.boot;
    entry.program = program ? Path(program->name).filename() : Path{};
    return entry;
}

Result<Opening::Begun> Opening::open(const std::shared_ptr<Waker>& waker) {
    auto access = room_.parts.access();
    if (!access)
        return std::move(access).error();
    auto entry = describe(*access);
    if (!entry)
        return std::move(entry).error();
    entry_ = std::move(*entry);

    Status done = decrypt(*access);
    const Path document = entry_.document();
    Begun begun;
    if (done) {
        begun.opened.openedDigest = contentDigest(room_.parts.files, document);
        auto started = startProgram(room_, options_, document, waker);
        if (started)
            begun.program = std::move(*started);
        else
            done = std::move(started).error();
    }
    if (!done) {
        forget(room_, entry_);
        return std::move(done).error();
    }
    begun.opened.entry = std::move(entry_);
    begun.opened.access = std::move(*access);
    return begun;
}

Status Opening::decrypt(const Access& access) {
    conversion::OpenTask task;
    task.container = options_.path;
    task.plaintext = platform::siblingName(entry_.document(), room_.parts.random);
    task.authorised = [this](const conversion::OpenedDocument& opened) -> Status {
        entry_.identity = opened.identityBytes;
        entry_.grant = opened.grant;
        entry_.opened.size = opened.size;
        if (auto written = room_.journal.write(entry_); !written)
            return written;
        return room_.workspaces.create(entry_.workspace);
    };
    auto opened = access.converter->openVersion(task, {});
    if (!opened)
        return std::move(opened).error();
    return publish(task.plaintext);
}

/// The document gets its name when it is whole: what lies under that name with another stamp was written
/// by an application.
Status Opening::publish(const Path& temporary) {
    auto& files = room_.parts.files;
    if (auto set = files.setModified(temporary, entry_.opened.modifiedNanos); !set)
        return set;
    const bool onDisk = !room_.workspaces.inMemory(entry_.workspace);
    if (onDisk) {
        auto file = files.open(temporary, platform::Access::readWrite);
        if (!file)
            return std::move(file).error();
        if (auto synced = (*file)->sync(); !synced)
            return synced;
    }
    if (auto named = files.renameNew(temporary, entry_.document()); !named)
        return named;
    return onDisk ? files.syncDirectory(entry_.workspace) : Status{};
}

} // namespace ssprotect::managed
