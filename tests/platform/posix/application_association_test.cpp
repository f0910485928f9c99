#include "platform/posix/exec_line.h"
#include "ssprotect/platform/application_association.h"
#include "support/temp_folder.h"

#include <cstdlib>
#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssprotect::platform {
namespace {

using support::TempFolder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> command(const std::string& line) {
    auto words = commandOf({line, "Editor", "", "/apps/editor.desktop", false});
    return words ? *words : std::vector<std::string>{std::string(words.error().word())};
}

TEST(ExecLine, PutsTheDocumentLast) {
    for (const char* code : {"%f", "%F", "%u", "%U", ""})
        EXPECT_THAT(command(std::string("editor --new ") + code), ElementsAre("editor", "--new")) << code;
}

TEST(ExecLine, UnderstandsQuotesAndPercentSigns) {
    EXPECT_THAT(command(R"("/opt/My Editor/run" --at="50%%" %f)"), ElementsAre("/opt/My Editor/run", "--at=50%"));
}

TEST(ExecLine, ExpandsNameIconAndPlaceOfTheEntry) {
    EXPECT_THAT(command("editor --title %c --from %k %i %f"),
                ElementsAre("editor", "--title", "Editor", "--from", "/apps/editor.desktop"));
    EXPECT_THAT(*commandOf({"editor %i %f", "Editor", "pen", "", false}), ElementsAre("editor", "--icon", "pen"));
}

TEST(ExecLine, DropsDeprecatedCodes) { EXPECT_THAT(command("editor %d %m %f"), ElementsAre("editor")); }

TEST(ExecLine, KeepsAnEmptyArgument) { EXPECT_THAT(command("editor '' %f"), ElementsAre("editor", "")); }

TEST(ExecLine, OpensATerminalForProgramsOfTheTerminal) {
    EXPECT_THAT(*commandOf({"vi %f", "Vi", "", "", true}), ElementsAre("x-terminal-emulator", "-e", "vi"));
}

TEST(ExecLine, RefusesWhatIsNoCommand) {
    for (const char* line : {"", "%f", "editor 'unfinished"})
        EXPECT_THAT(command(line), ElementsAre("unsupported-file")) << line;
}

/// What the program is started with when the document's path is appended.
std::string argumentsSeenFor(const std::string& line, const std::string& document) {
    auto words = command(line);
    words.push_back(document);
    int ends[2];
    if (::pipe(ends) != 0)
        return "no pipe";
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(ends[1], STDOUT_FILENO);
        std::vector<char*> pointers;
        for (auto& word : words)
            pointers.push_back(word.data());
        pointers.push_back(nullptr);
        ::execvp(pointers[0], pointers.data());
        ::_exit(1);
    }
    ::close(ends[1]);
    std::string seen;
    char c = 0;
    while (::read(ends[0], &c, 1) == 1)
        seen += c;
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    return seen;
}

TEST(ExecLine, PutsTheDocumentIntoTheMiddleWhereTheEntryWantsIt) {
    const std::string document = "/tmp/a 'quoted' $(name).txt";
    EXPECT_EQ(argumentsSeenFor("printf [%%s] run @@u %U @@ '$HOME'", document),
              "[run][@@u][" + document + "][@@][$HOME]");
    EXPECT_EQ(argumentsSeenFor("printf [%%s] --file=%f.bak", document), "[--file=" + document + ".bak]");
}

/// Asks a process of its own, because the desktop's folders are read once per process.
std::string askDesktop(const TempFolder& home, const std::string& document) {
    int ends[2];
    if (::pipe(ends) != 0)
        return "no pipe";
    const pid_t child = ::fork();
    if (child == 0) {
        ::setenv("XDG_DATA_HOME", (home / "data").c_str(), 1);
        ::setenv("XDG_CONFIG_HOME", (home / "config").c_str(), 1);
        ::setenv("XDG_DATA_DIRS", (home / "system").c_str(), 1);
        // The types themselves come from the machine.
        std::filesystem::create_directories(home / "system");
        std::filesystem::create_directory_symlink("/usr/share/mime", home / "system" / "mime");
        ::setenv("HOME", home.path().c_str(), 1);
        const auto application = makeDesktopAssociations()->applicationFor(document, {});
        std::string answer = application ? application->name + "|" + application->executable.string()
                                         : std::string(application.error().word()) + "|" + application.error().message;
        if (application)
            for (const auto& word : application->command)
                answer += "|" + word;
        ::_exit(::write(ends[1], answer.data(), answer.size()) < 0 ? 1 : 0);
    }
    ::close(ends[1]);
    std::string answer(4096, '\0');
    const auto length = ::read(ends[0], answer.data(), answer.size());
    answer.resize(length < 0 ? 0 : static_cast<std::size_t>(length));
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    return answer;
}

TEST(ApplicationAssociations, FindTheProgramThatTheUserSetForAType) {
    const TempFolder home;
    const auto applications = home / "data" / "applications";
    std::filesystem::create_directories(applications);
    std::filesystem::create_directories(home / "config");
    std::ofstream(applications / "pen.desktop") << "[Desktop Entry]\nType=Application\nName=Pen\nExec=cat -n %f\n"
                                                   "MimeType=text/plain;\n";
    std::ofstream(home / "config" / "mimeapps.list") << "[Default Applications]\ntext/plain=pen.desktop\n";
    const auto answer = askDesktop(home, "/some/where/letter.txt");
    EXPECT_THAT(answer, HasSubstr("Pen|"));
    EXPECT_THAT(answer, HasSubstr("/cat|cat|-n"));
}

TEST(ApplicationAssociations, FindAnInstalledProgramWhenNoneIsSet) {
    const TempFolder home;
    const auto applications = home / "data" / "applications";
    std::filesystem::create_directories(applications);
    for (const char* name : {"second", "first"})
        std::ofstream(applications / (std::string("0-test-") + name + ".desktop"))
            << "[Desktop Entry]\nType=Application\nName=" << name << "\nExec=cat %f\nMimeType=image/x-tga;\n";
    EXPECT_THAT(askDesktop(home, "/some/where/picture.tga"), HasSubstr("first|"));
}

TEST(ApplicationAssociations, SayWhatToDoWhenNoProgramIsSet) {
    const TempFolder home;
    const auto answer = askDesktop(home, "/some/where/letter.ending-that-nobody-has");
    EXPECT_THAT(answer, HasSubstr("unsupported-file|"));
    EXPECT_THAT(answer, HasSubstr("-- PROGRAM"));
}

} // namespace
} // namespace ssprotect::platform
