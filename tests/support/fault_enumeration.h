#pragma once

#include "support/fault_file_system.h"

#include <gtest/gtest.h>

namespace ssprotect::support {

/// Loses power after each operation of `operate` in turn and hands every disk that a power cut may
/// leave to `check`. `makeDisk()` → unique_ptr<FaultFileSystem>, the same seeds each time;
/// `operate(FaultFileSystem&)` must do the same steps each time (fixed random numbers and clock);
/// `check(FaultFileSystem& survivor)` runs recovery and asserts. Stops at the first fatal failure.
/// Returns the number of crash points.
template <class MakeDisk, class Operate, class Check>
unsigned forEachCrash(MakeDisk makeDisk, Operate operate, Check check) {
    const auto whole = makeDisk();
    static_cast<void>(operate(*whole));
    const unsigned last = whole->operationCount();
    for (unsigned ordinal = 0; ordinal <= last; ++ordinal) {
        const auto disk = makeDisk();
        disk->crashAfter(ordinal);
        static_cast<void>(operate(*disk));
        for (const auto& survival : allSurvivals(ordinal + 1)) {
            SCOPED_TRACE("crash after operation " + std::to_string(ordinal) + ", " + describe(survival) +
                         ", having done\n" + disk->log());
            const auto survivor = disk->survivingDisk(survival);
            check(*survivor);
            if (::testing::Test::HasFatalFailure())
                return last;
        }
    }
    return last;
}

/// Lets each operation of `operate` fail in turn, in every way its kind can; `check(disk, result)`
/// gets the disk as the program left it and what `operate` returned. Returns the number of operations.
template <class MakeDisk, class Operate, class Check>
unsigned forEachFault(MakeDisk makeDisk, Operate operate, Check check) {
    const auto whole = makeDisk();
    static_cast<void>(operate(*whole));
    for (const auto& operation : whole->operations()) {
        for (const Fault fault : faultsOf(operation.kind)) {
            const auto disk = makeDisk();
            disk->failAt(operation.ordinal, fault);
            auto result = operate(*disk);
            SCOPED_TRACE("fault " + std::to_string(static_cast<int>(fault)) + " at operation " +
                         std::to_string(operation.ordinal) + ", having done\n" + disk->log());
            check(*disk, std::move(result));
            if (::testing::Test::HasFatalFailure())
                return whole->operationCount();
        }
    }
    return whole->operationCount();
}

/// Lets each read of `operate` fail in turn.
template <class MakeDisk, class Operate, class Check>
unsigned forEachReadFault(MakeDisk makeDisk, Operate operate, Check check) {
    const auto whole = makeDisk();
    static_cast<void>(operate(*whole));
    for (unsigned ordinal = 1; ordinal <= whole->readCount(); ++ordinal) {
        const auto disk = makeDisk();
        disk->failReadAt(ordinal);
        auto result = operate(*disk);
        SCOPED_TRACE("read " + std::to_string(ordinal) + " fails, having done\n" + disk->log());
        check(*disk, std::move(result));
        if (::testing::Test::HasFatalFailure())
            break;
    }
    return whole->readCount();
}

} // namespace ssprotect::support
