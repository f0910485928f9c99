#include "shelf.h"

#include <limits>
#include <numeric>

#include <gmock/gmock.h>

namespace ssprotect::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// What goes in comes out, or is refused, whatever the engine.
class ValueTest : public EveryShelf {
protected:
    Status store(Database& database, const Value& name, const Value& content) {
        return database.write([&](Transaction& transaction) -> Status {
            transaction.execute("INSERT INTO boxes (name, content) VALUES ($1, $2)", {name, content});
            return {};
        });
    }
    template <class T> Result<T> first(Database& database, const std::string& expression) {
        return database.read([&](Transaction& transaction) -> Result<T> {
            const auto row = transaction.one("SELECT " + expression + " FROM boxes");
            return row ? row->get<T>(0) : T{};
        });
    }
};
INSTANTIATE_TEST_SUITE_P(Store, ValueTest, testing::Values(Kind::sqlite, Kind::postgres), kindName);

TEST_P(ValueTest, TextThatIsNoUtf8OrHoldsANulIsRefusedAndStoresNothing) {
    auto database = open();
    for (const std::string_view hostile :
         {std::string_view("a\0b", 3), std::string_view("\xff"), std::string_view("\xc3"), std::string_view("\xc0\x80"),
          std::string_view("\xed\xa0\x80"), std::string_view("\xf4\x90\x80\x80"), std::string_view("x\xe2\x82")}) {
        const auto status = store(*database, hostile, nullptr);
        ASSERT_FALSE(status.ok());
        EXPECT_EQ(status.error().code, ErrorCode::invalidInput);
        EXPECT_THAT(status.error().message, HasSubstr("UTF-8"));
    }
    EXPECT_EQ(*first<int>(*database, "COUNT(*)"), 0);
}

TEST_P(ValueTest, TextOfEveryLengthOfCharacterComesBack) {
    auto database = open();
    const std::string text =
        "'; DROP TABLE boxes; -- \x01\x7f ä ߿ ࠀ \xed\x9f\xbf \xef\xbf\xbf 𐀀 \xf4\x8f\xbf\xbf $1 \\";
    ASSERT_TRUE(store(*database, text, nullptr).ok());
    EXPECT_EQ(*first<std::string>(*database, "name"), text);
}

TEST_P(ValueTest, AValueThatIsTooBigIsRefused) {
    auto database = open();
    const Bytes huge(kLargestValue + 1);
    EXPECT_EQ(store(*database, "bytes", huge).error().code, ErrorCode::invalidInput);
    EXPECT_EQ(store(*database, textOf(huge), nullptr).error().code, ErrorCode::invalidInput);
    EXPECT_TRUE(store(*database, "fits", Bytes(5 << 20, 0x5a)).ok());
    EXPECT_EQ(first<Bytes>(*database, "content")->size(), 5u << 20);
}

TEST_P(ValueTest, NumbersComeBackUpToTheEdges) {
    auto database = open();
    for (const std::int64_t number : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1}, std::int64_t{0},
                                      std::numeric_limits<std::int64_t>::max()}) {
        auto status = database->write([&](Transaction& transaction) -> Status {
            transaction.execute("DELETE FROM boxes");
            transaction.execute("INSERT INTO boxes (weight) VALUES ($1)", {number});
            return {};
        });
        ASSERT_TRUE(status.ok());
        EXPECT_EQ(*first<std::int64_t>(*database, "weight"), number);
        EXPECT_EQ(*first<std::int64_t>(*database, "SUM(weight)"), number);
    }
}

TEST_P(ValueTest, SumsAreNumbers) {
    auto database = open();
    auto status = database->write([](Transaction& transaction) -> Status {
        for (const std::int64_t weight :
             std::initializer_list<std::int64_t>{10'000, -3, 99'990'003, 5'000'000'000, -20'000})
            transaction.execute("INSERT INTO boxes (weight) VALUES ($1)", {weight});
        return {};
    });
    ASSERT_TRUE(status.ok());
    EXPECT_EQ(*first<std::int64_t>(*database, "SUM(weight)"), 5'099'980'000);
    EXPECT_EQ(*first<std::int64_t>(*database, "SUM(weight * 0)"), 0);
    EXPECT_EQ(*first<std::int64_t>(*database, "SUM(weight) * 1000000"), 5'099'980'000'000'000);
    EXPECT_EQ(*first<std::int64_t>(*database, "0 - SUM(weight)"), -5'099'980'000);
    EXPECT_EQ(*first<std::int64_t>(*database, "MAX(weight)"), 5'000'000'000);
    EXPECT_EQ(*first<std::int64_t>(*database, "COUNT(*)"), 5);
    EXPECT_EQ(*first<bool>(*database, "COUNT(*) > 4"), true);
}

TEST_P(ValueTest, ANumberBeyond64BitsIsNoNumber) {
    auto database = open();
    auto status = database->write([](Transaction& transaction) -> Status {
        for (int i = 0; i < 2; ++i)
            transaction.execute("INSERT INTO boxes (weight) VALUES ($1)", {std::numeric_limits<std::int64_t>::max()});
        return {};
    });
    ASSERT_TRUE(status.ok());
    EXPECT_FALSE(first<std::int64_t>(*database, "SUM(weight)").ok());
}

TEST_P(ValueTest, OneStatementTakesNullWhereItTookAValue) {
    auto database = open();
    ASSERT_TRUE(store(*database, "a", Bytes{1}).ok());
    ASSERT_TRUE(store(*database, nullptr, nullptr).ok());
    ASSERT_TRUE(store(*database, nullptr, Bytes{2}).ok());
    ASSERT_TRUE(store(*database, "b", nullptr).ok());
    EXPECT_EQ(*first<int>(*database, "COUNT(name)"), 2);
    EXPECT_EQ(*first<int>(*database, "COUNT(content)"), 2);
}

TEST_P(ValueTest, TextIsOrderedByItsBytes) {
    auto database = open();
    auto status = database->write([](Transaction& transaction) -> Status {
        for (const char* name : {"b", "B", "a", "ä", "_", "A-", "A b"})
            transaction.execute("INSERT INTO boxes (name) VALUES ($1)", {name});
        std::vector<std::string> names;
        for (const Row& row : transaction.all("SELECT name FROM boxes ORDER BY name"))
            names.push_back(row.get<std::string>(0));
        EXPECT_THAT(names, ElementsAre("A b", "A-", "B", "_", "a", "b", "ä"));
        return {};
    });
    EXPECT_TRUE(status.ok());
}

TEST_P(ValueTest, BytesStandInAStatementAsHex) {
    auto database = open();
    auto status = database->write([](Transaction& transaction) -> Status {
        transaction.execute("INSERT INTO boxes (name, content) VALUES ('x''00''', x'00ff')");
        EXPECT_EQ(transaction.one("SELECT content FROM boxes WHERE name = 'x''00'''")->get<Bytes>(0), (Bytes{0, 0xff}));
        return {};
    });
    EXPECT_TRUE(status.ok());
}

TEST_P(ValueTest, RowsAreNumberedOneByOne) {
    auto database = open();
    auto status = database->write([](Transaction& transaction) -> Status {
        for (int i = 1; i <= 3; ++i)
            EXPECT_EQ(transaction.one("INSERT INTO boxes (weight) VALUES ($1) RETURNING id", {i})->get<int>(0), i);
        return {};
    });
    EXPECT_TRUE(status.ok());
}

} // namespace
} // namespace ssprotect::store
