#include "shelf.h"
#include "store/many_rows.h"

#include <limits>

#include <gmock/gmock.h>

namespace ssprotect::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// Statements about many rows at once.
class ManyRowsTest : public EveryShelf {
protected:
    /// Neither a power of two nor as few as one statement, or one round trip, takes.
    static constexpr int kMany = 3003;

    /// Box 1 has the weight 1, and so on; every third has no name.
    static void fill(Transaction& transaction, const std::vector<std::string>& names) {
        ValueRows rows(3);
        for (int i = 1; i <= kMany; ++i)
            rows.add({i, i % 3 == 0 ? std::optional<std::string_view>() : names[static_cast<std::size_t>(i)], Bytes()});
        transaction.postFor("INSERT INTO boxes (id, weight, name, content) "
                            "SELECT w.column1, w.column1, w.column2, $1 FROM (VALUES ($2, $3, $4)) AS w",
                            {Bytes{1}}, rows);
    }
    static std::vector<std::string> manyNames() {
        std::vector<std::string> names;
        for (int i = 0; i <= kMany; ++i)
            names.push_back("box " + std::to_string(i));
        return names;
    }
};
INSTANTIATE_TEST_SUITE_P(Store, ManyRowsTest, testing::Values(Kind::sqlite, Kind::postgres), kindName);

TEST_P(ManyRowsTest, AreAllWritten) {
    auto database = open();
    const auto names = manyNames();
    auto status = database->write([&](Transaction& transaction) -> Status {
        fill(transaction, names);
        const auto rows = transaction.all("SELECT id, name FROM boxes ORDER BY id");
        EXPECT_EQ(rows.size(), static_cast<std::size_t>(kMany));
        for (const Row& row : rows)
            EXPECT_EQ(row.get<std::optional<std::string>>(1).value_or("none"),
                      row.get<int>(0) % 3 == 0 ? "none" : names[row.get<std::size_t>(0)]);
        return {};
    });
    EXPECT_TRUE(status.ok()) << (status ? "" : status.error().message);
}

TEST_P(ManyRowsTest, AreFoundAndChangedByTheirKeys) {
    auto database = open();
    const auto names = manyNames();
    auto status = database->write([&](Transaction& transaction) -> Status {
        fill(transaction, names);
        ValueRows keys(2);
        for (int i = kMany + 10; i > 0; i -= 2)
            keys.add({i, 1000 + i});
        const auto found = transaction.allFor("SELECT b.id, b.weight FROM (VALUES ($2, $3)) AS w "
                                              "JOIN boxes b ON b.id = w.column1 AND b.weight > $1",
                                              {3}, keys);
        EXPECT_EQ(found.size(), static_cast<std::size_t>(kMany / 2 + 1 - 2)); // the odd ones but 1 and 3
        const auto changed = transaction.allFor("UPDATE boxes SET weight = w.column2 FROM (VALUES ($2, $3)) AS w "
                                                "WHERE id = w.column1 AND weight > $1 RETURNING id, weight",
                                                {3}, keys);
        EXPECT_EQ(changed.size(), found.size());
        for (const Row& row : changed)
            EXPECT_EQ(row.get<int>(1), 1000 + row.get<int>(0));
        EXPECT_EQ(transaction.one("SELECT weight FROM boxes WHERE id = 4")->get<int>(0), 4);
        return {};
    });
    EXPECT_TRUE(status.ok()) << (status ? "" : status.error().message);
}

// Megabytes go one way before anybody has read the megabytes that come back.
TEST_P(ManyRowsTest, MayBeWideBothWays) {
    auto database = open();
    const Bytes wide(4096, 7);
    auto status = database->read([&](Transaction& transaction) -> Status {
        ValueRows rows(2);
        for (int i = 1; i <= kMany; ++i)
            rows.add({i, wide});
        const auto back = transaction.allFor("SELECT w.column1, w.column2 FROM (VALUES ($1, $2)) AS w", {}, rows);
        EXPECT_EQ(back.size(), static_cast<std::size_t>(kMany));
        for (std::size_t i = 0; i < back.size(); ++i) {
            EXPECT_EQ(back[i].get<std::size_t>(0), i + 1);
            EXPECT_EQ(back[i].get<Bytes>(1), wide);
        }
        return {};
    });
    EXPECT_TRUE(status.ok()) << (status ? "" : status.error().message);
}

TEST_P(ManyRowsTest, MayBeTooBigForOneMessage) {
    auto options = this->options();
    int statements = 0;
    options.beforeStatement = [&](std::string_view) -> Status {
        ++statements;
        return {};
    };
    auto database = open(std::move(options));
    statements = 0;
    const Bytes big(std::size_t{9} << 20, 7);
    auto status = database->read([&](Transaction& transaction) -> Status {
        ValueRows rows(1);
        for (int i = 0; i < 5; ++i)
            rows.add({big});
        const auto sizes = transaction.allFor("SELECT length(w.column1) FROM (VALUES ($1)) AS w", {}, rows);
        EXPECT_EQ(sizes.size(), 5u);
        for (const Row& row : sizes)
            EXPECT_EQ(row.get<std::size_t>(0), big.size());
        return {};
    });
    EXPECT_TRUE(status.ok()) << (status ? "" : status.error().message);
    if (GetParam() == Kind::postgres) {
        EXPECT_EQ(statements, 1 + 5 + 1); // begin, one for each, commit
    }
}

TEST_P(ManyRowsTest, KeepNullAndEmptyApart) {
    auto database = open();
    const Bytes content{1, 0, 2};
    auto status = database->write([&](Transaction& transaction) -> Status {
        ValueRows rows(4);
        const std::optional<std::string_view> none;
        rows.add({1, none, std::optional<ByteView>(), -1});
        rows.add({2, none, Bytes(), std::numeric_limits<std::int64_t>::min()});
        rows.add({3, none, content, std::optional<int>()});
        transaction.postFor("INSERT INTO boxes (id, name, content, weight) VALUES ($1, $2, $3, $4)", {}, rows);
        const auto kept = transaction.all("SELECT name, content, weight FROM boxes ORDER BY id");
        EXPECT_EQ(kept.size(), 3u);
        if (kept.size() != 3)
            return {};
        for (const Row& row : kept)
            EXPECT_TRUE(row.isNull(0));
        EXPECT_TRUE(kept[0].isNull(1));
        EXPECT_EQ(kept[0].get<int>(2), -1);
        EXPECT_FALSE(kept[1].isNull(1));
        EXPECT_EQ(kept[1].get<Bytes>(1), Bytes());
        EXPECT_EQ(kept[1].get<std::int64_t>(2), std::numeric_limits<std::int64_t>::min());
        EXPECT_EQ(kept[2].get<Bytes>(1), content);
        EXPECT_TRUE(kept[2].isNull(2));
        return {};
    });
    EXPECT_TRUE(status.ok()) << (status ? "" : status.error().message);
}

TEST(ValueRowsDeathTest, AColumnIsOfOneType) {
    ValueRows rows(2);
    rows.add({std::optional<int>(), "text"});
    EXPECT_DEATH(rows.add({"text", "text"}), "");
    EXPECT_DEATH(rows.add({1, nullptr}), "");
    EXPECT_DEATH(rows.add({1}), "");
}

TEST(ManyRowsText, IsMadeOfTheStatementAboutOne) {
    constexpr std::string_view kOne = "SELECT $1 FROM (VALUES ($2, $3)) AS w WHERE w.column1 > $1";
    EXPECT_EQ(forManyRows(kOne, 2, 2), "SELECT $1 FROM (VALUES ($2, $3), ($4, $5)) AS w WHERE w.column1 > $1");
    EXPECT_EQ(forColumns(kOne, 2), "SELECT $1 FROM (SELECT * FROM unnest($2, $3) AS given(column1, column2)) AS w "
                                   "WHERE w.column1 > $1");
}

TEST_P(ManyRowsTest, AreNoStatementWhenThereAreNone) {
    auto options = this->options();
    std::vector<std::string> statements;
    options.beforeStatement = [&](std::string_view sql) -> Status {
        statements.emplace_back(sql);
        return {};
    };
    auto database = open(std::move(options));
    statements.clear();
    auto status = database->read([](Transaction& transaction) -> Status {
        transaction.postFor("INSERT INTO boxes (id) VALUES ($1)", {}, ValueRows(1));
        EXPECT_THAT(transaction.allFor("SELECT w.column1 FROM (VALUES ($1)) AS w", {}, ValueRows(1)), IsEmpty());
        return {};
    });
    EXPECT_TRUE(status.ok());
    EXPECT_EQ(statements.size(), 2u); // begin and commit
}

TEST_P(ManyRowsTest, AreWrittenAllOrNone) {
    auto database = open();
    auto status = database->write([](Transaction& transaction) -> Status {
        ValueRows rows(2);
        for (int i = 1; i <= kMany; ++i)
            rows.add({i == kMany ? 1 : i, i});
        transaction.postFor("INSERT INTO boxes (id, weight) VALUES ($1, $2)", {}, rows);
        return {};
    });
    EXPECT_FALSE(status.ok());
    EXPECT_THAT(names(*database), IsEmpty());
}

TEST_P(ManyRowsTest, TellTheTimeOfTheirTransaction) {
    auto database = open();
    clock_.advance(std::chrono::hours(5));
    auto status = database->write([&](Transaction& transaction) -> Status {
        transaction.post("INSERT INTO boxes (weight) VALUES ($1)", {transaction.now()});
        const TimePoint before = transaction.now();
        transaction.execute("UPDATE boxes SET weight = weight + $1", {transaction.now()});
        clock_.advance(std::chrono::hours(1));
        EXPECT_EQ(transaction.now(), before);
        return {};
    });
    EXPECT_TRUE(status.ok());
}

} // namespace
} // namespace ssprotect::store
