#pragma once

#include "connection.h"
#include "postgres_link.h"
#include "ssprotect/store/database.h"

namespace ssprotect::store {

/// A connection to a PostgreSQL server.
class PostgresConnection final : public Connection {
public:
    /// `options` outlives it.
    static Result<std::unique_ptr<Connection>> open(const PostgresAccess& access, const Options& options, bool tellWhy);

    Status begin(Purpose purpose) override;
    Result<std::optional<TimePoint>> time() override;
    Status commit() override;
    void rollBack() override;
    bool isLost() const override { return link_->isLost(); }
    bool isReady() override { return link_->isReady(); }

    Result<Outcome> run(std::string_view sql, Parameters parameters, std::size_t mostRows) override;
    Status post(std::string_view sql, Parameters parameters) override;
    Result<Rows> runFor(std::string_view sql, Parameters common, const ValueRows& rows) override;
    Status postFor(std::string_view sql, Parameters common, const ValueRows& rows) override;
    Status script(std::string_view sql) override;

    Status takeTime() override;
    Status lockSchema() override;
    Status setAside(int number) override;
    Status check() override;

    Result<std::vector<Table>> tables() override;
    Status eachRow(std::string_view sql, const Visitor& visitor) override;
    Status deferKeys() override;
    Status settleKeys() override;
    Status continueNumbers(const Table& table) override;

private:
    PostgresConnection(std::unique_ptr<PostgresLink> link, const Options& options)
        : link_(std::move(link)), options_(options) {}

    Status allowed(std::string_view sql) const;
    /// Before either side's buffers are full.
    Status collectWhenMany();
    /// For some rows from that of number `first` on: how many.
    Result<std::size_t> sendTurn(std::string_view sql, Parameters common, const ValueRows& rows, std::size_t first);
    Result<Outcome> ask(std::string_view sql, Parameters parameters = {});
    /// False: there are no more rows.
    Result<bool> fetch(const Visitor& visitor);
    /// Alters every foreign key.
    Status alterKeys(std::string_view change);

    std::unique_ptr<PostgresLink> link_;
    const Options& options_;
};

} // namespace ssprotect::store
