#pragma once

#include "context.h"

namespace ssprotect::kodiac {

/// What the parts of Authority share.
struct Authority::Inside {
    std::unique_ptr<store::Database> database;
    Services services;

    /// Work that no call asked for, in a transaction of its own.
    template <class Work> auto asOperator(Work work) {
        return database->write([&](store::Transaction& sql) {
            const Call nobody;
            Context context{.sql = sql, .services = services, .call = nobody, .caller = {}, .notes = {}};
            return work(context);
        });
    }

    Status restored(bool onlySnapshots);
};

} // namespace ssprotect::kodiac
