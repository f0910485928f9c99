#include "kodiacd/database_address.h"

#include <gtest/gtest.h>

namespace ssprotect::kodiacd {
namespace {

DatabaseAddress parsed(std::string_view text) {
    auto address = parseDatabaseAddress(text, "/srv");
    EXPECT_TRUE(address.ok()) << text;
    return std::move(*address);
}

std::string plain(const crypto::SecretBytes& secret) {
    return {reinterpret_cast<const char*>(secret.view().data()), secret.size()};
}

TEST(DatabaseAddressTest, NamesAFileFromTheFolderAtHandOrFromTheRoot) {
    EXPECT_EQ(parsed("sqlite:kodiac.db").file, "/srv/kodiac.db");
    EXPECT_EQ(parsed("sqlite:/var/kodiac.db").file, "/var/kodiac.db");
    EXPECT_EQ(parsed("sqlite:kodiac.db").text(), "sqlite:/srv/kodiac.db");
}

TEST(DatabaseAddressTest, KeepsThePasswordOutOfWhatIsShown) {
    const auto address = parsed("postgresql://kodiac:s3cr%3At@db.example.org:5433/kodiac?sslmode=verify-full");
    EXPECT_EQ(address.text(), "postgresql://kodiac@db.example.org:5433/kodiac?sslmode=verify-full");
    EXPECT_EQ(plain(address.password), "s3cr:t");
    EXPECT_EQ(plain(address.urlWithPassword()),
              "postgresql://kodiac@db.example.org:5433/kodiac?sslmode=verify-full&password=%73%33%63%72%3A%74");
}

TEST(DatabaseAddressTest, FindsThePasswordAmongTheParameters) {
    for (const auto& [text, shown] :
         {std::pair{"postgresql:///kodiac?password=a&host=/run", "postgresql:///kodiac?host=/run"},
          {"postgresql:///kodiac?host=/run&password=a", "postgresql:///kodiac?host=/run"},
          {"postgresql:///kodiac?password=a", "postgresql:///kodiac"}}) {
        const auto address = parsed(text);
        EXPECT_EQ(address.text(), shown);
        EXPECT_EQ(plain(address.password), "a");
    }
}

TEST(DatabaseAddressTest, WithoutAPasswordIsTakenAsItIs) {
    const auto address = parsed("postgres://kodiac@/kodiac?host=/run/postgresql");
    EXPECT_TRUE(address.password.empty());
    EXPECT_EQ(plain(address.urlWithPassword()), "postgres://kodiac@/kodiac?host=/run/postgresql");
}

TEST(DatabaseAddressTest, RefusesWhatIsNeither) {
    for (const std::string text : {"", "kodiac.db", "sqlite:", "mysql://host/kodiac", "postgresql:", "SQLITE:x"})
        EXPECT_FALSE(parseDatabaseAddress(text, "/srv").ok()) << text;
    EXPECT_FALSE(parseDatabaseAddress(std::string("sqlite:a\0b", 10), "/srv").ok());
    EXPECT_FALSE(parseDatabaseAddress("postgresql://u:%zz@host/kodiac", "/srv").ok());
    EXPECT_FALSE(parseDatabaseAddress("postgresql://u:%0@host/kodiac", "/srv").ok());
}

} // namespace
} // namespace ssprotect::kodiacd
