#include "ssprotect/store/database.h"

#include "connection_pool.h"
#include "engine.h"
#include "sync_file.h"

#include <algorithm>

namespace ssprotect::store {
namespace {

constexpr Duration kFirstPause{1};
constexpr Duration kLongestPause{200};

/// Nothing stays open, whatever leaves the scope: an exception of the work included.
class RollBackAtEnd {
public:
    explicit RollBackAtEnd(Connection& connection) : connection_(connection) {}
    ~RollBackAtEnd() { connection_.rollBack(); }
    RollBackAtEnd(const RollBackAtEnd&) = delete;
    RollBackAtEnd& operator=(const RollBackAtEnd&) = delete;

private:
    Connection& connection_;
};

bool mayPass(const Error& error) {
    return error.code == ErrorCode::fileBusy || error.code == ErrorCode::kodiacUnreachable;
}

} // namespace

Database::Database(std::unique_ptr<Engine> engine, std::unique_ptr<ConnectionPool> pool, platform::FileSystem& files,
                   const Clock& clock, Options options)
    : engine_(std::move(engine)), pool_(std::move(pool)), files_(files), clock_(clock), options_(std::move(options)) {}

Database::~Database() = default;

Status Database::write(const Work& work) { return runPatiently(Purpose::write, work); }

Status Database::read(const Work& work) { return runPatiently(Purpose::read, work); }

Status Database::runPatiently(Purpose purpose, const Work& work) {
    const Duration start = clock_.uptime();
    Duration paused{0};
    for (Duration pause = kFirstPause;; pause = std::min(pause * 2, kLongestPause)) {
        bool again = false;
        Status status = runOnce(purpose, work, again);
        // Waiting for a row or for a server takes time too.
        if (!again || std::max(paused, clock_.uptime() - start) >= options_.patience)
            return status;
        options_.pause(pause);
        paused += pause;
    }
}

Status Database::runOnce(Purpose purpose, const Work& work, bool& again) {
    auto lease = pool_->take();
    if (!lease) {
        again = lease.error().code == ErrorCode::kodiacUnreachable; // a turn was waited for already
        return std::move(lease).error();
    }
    Connection& connection = **lease;
    const RollBackAtEnd ending(connection);
    auto begun = connection.begin(purpose);
    if (!begun) {
        again = mayPass(begun.error());
        return std::move(begun).error();
    }
    Transaction transaction(connection, clock_);
    Status status = work(transaction);
    if (transaction.fault()) {
        again = mayPass(*transaction.fault());
        return *transaction.fault();
    }
    if (!status)
        return status;
    Status committed = connection.commit();
    again = !committed && mayPass(committed.error()) && !connection.isLost();
    return committed;
}

Status Database::snapshotTo(const platform::Path& file, std::string_view finishing) {
    if (auto created = files_.create(file); !created)
        return std::move(created).error();
    Status status = engine_->copyInto(*this, file, finishing);
    if (status)
        status = syncFile(file, files_); // the engine does not sync a copy
    if (!status)
        static_cast<void>(files_.remove(file));
    return status;
}

Status Database::check() {
    return read([](Transaction& transaction) { return transaction.connection_.check(); });
}

} // namespace ssprotect::store
