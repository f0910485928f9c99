#include "command_line.h"

#include "account_commands.h"
#include "command_parts.h"
#include "completion.h"
#include "conversion_command.h"
#include "list_commands.h"
#include "open_command.h"
#include "safety_commands.h"
#include "status_command.h"

#include <algorithm>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace ssprotect::cli {
namespace {

constexpr const char* kAbout =
    "SSProtect keeps confidential files encrypted where they lie. This command speaks with the tray process\n"
    "(ssprotect-tray), which owns your login session and must be running.";

constexpr const char* kFirstSteps =
    "First steps:\n"
    "  ssprotect account create --email you@example.org   make your account; asks for a new password\n"
    "  ssprotect keys export ~/usb/my.keys                 keep this file and its passphrase safe: they are the way "
    "back\n"
    "  ssprotect activate report.odt                       protect a file: it keeps its name and its place\n"
    "  ssprotect open report.odt                           work on it; protected again as the next version when "
    "closed\n"
    "  ssprotect versions report.odt                       see its versions\n"
    "  ssprotect release report.odt                        take the protection off\n"
    "\n"
    "Exit codes: 0 done, 1 some items failed, 2 wrong usage, 3 no tray process or not logged in, 4 refused,\n"
    "5 integrity, 6 second factor, 7 conflict, 8 not found, 9 KODiAC out of reach.";

/// Everything behind `--` belongs to the program that `open` starts; for the other commands it is CLI11's business.
std::vector<std::string> takeProgram(std::vector<std::string>& arguments) {
    const auto dashes = std::find(arguments.begin(), arguments.end(), "--");
    const auto command =
        std::find_if(arguments.begin(), dashes, [](const std::string& each) { return !each.starts_with('-'); });
    if (command == dashes || dashes == arguments.end() || *command != "open")
        return {};
    std::vector<std::string> program(dashes + 1, arguments.end());
    arguments.erase(dashes, arguments.end());
    return program;
}

} // namespace

CommandLine::CommandLine() : app_(std::make_unique<CLI::App>(kAbout, "ssprotect")) {
    app_->fallthrough();
    app_->require_subcommand(1);
    app_->allow_windows_style_options(false); // "/report.odt" is a path there too
    app_->set_help_flag("-h,--help", "Explain a command");
    app_->set_version_flag("--version", "ssprotect " SSPROTECT_VERSION, "Tell the version");
    app_->add_flag("--json", json_, "Print one JSON object, for programs; nobody is asked for anything but secrets");
    app_->add_flag("--password-stdin", passwordFromStdin_,
                   "Read passwords and passphrases from standard input, one a line; a new one twice");
    addAccountCommands();
    addSessionCommands();
    addFileCommands();
    addOpenCommands();
    addListCommands();
    addUserCommands();
    addPolicyCommands();
    addLockCommands();
    addReportCommands();
    addHostCommands();
    addSafetyCommands();
    addShellCommands();
    app_->footer(kFirstSteps); // last: commands made later would inherit it
}

CommandLine::~CommandLine() = default;

CLI::App* CommandLine::addCommand(const std::string& group, const std::string& name, const std::string& help) {
    return app_->add_subcommand(name, help)->group(group);
}

CLI::App* CommandLine::addPart(CLI::App& parent, const std::string& name, const std::string& help) {
    return parent.add_subcommand(name, help)->group("Commands");
}

void CommandLine::onChosen(CLI::App* command, Command run) {
    command->callback([this, run = std::move(run)] { command_ = run; });
}

void CommandLine::addAccountCommands() {
    auto* account = addCommand(kSession, "account", "Make an account, look at it, change its password and settings");
    account->require_subcommand(1);
    auto* create = addPart(*account, "create",
                           "Make an account and log in: an Individual's, or with a mailed code one in an "
                           "Organization");
    auto made = options<NewAccountOptions>();
    takes(create->add_option("--email", made->email, "Your e-mail address: the name of the account"), "ADDRESS", true);
    addServerOptions(*create, made->server);
    create->add_option("--code", made->code, "The registration code that was mailed to you")->option_text("CODE");
    create->add_option("--sign-up", made->signUp, "Ask to join this Organization; a code is mailed to you")
        ->option_text("NAME");
    create->footer("Without --server: an Individual Account on this machine. The new password is asked for twice.");
    onChosen(create, [made](Context& context) { return createAccount(context, *made); });
    auto* join = addPart(*account, "join", "Join an Organization with the code that was mailed: a second profile");
    auto joined = options<NewAccountOptions>();
    takes(join->add_option("--email", joined->email, "The invited address; else that of the current profile"),
          "ADDRESS");
    addServerOptions(*join, joined->server);
    takes(join->add_option("--code", joined->code, "The registration code"), "CODE", true);
    onChosen(join, [joined](Context& context) { return joinOrganization(context, *joined); });
    onChosen(addPart(*account, "show", "Show the account that is logged in"), showAccount);
    auto* set = addPart(*account, "set", "Change settings of an Individual Account; asks for your acknowledgement");
    struct Switches {
        Switch unsignedApps, keepUnchanged;
    };
    auto switches = options<Switches>();
    switches->unsignedApps.addTo(*set, "--unsigned-apps",
                                 "Unsigned Apps: programs without a signature may open protected files (Windows)");
    switches->keepUnchanged.addTo(*set, "--keep-unchanged",
                                  "Keep version when unchanged: no new version of a document that was only looked at");
    onChosen(set, [switches](Context& context) {
        return setAccount(context, switches->unsignedApps.value(), switches->keepUnchanged.value());
    });
    onChosen(addPart(*account, "change-password", "Change the password: asks for the old and twice for the new one"),
             changePassword);
}

void CommandLine::addSessionCommands() {
    auto* logIn = addCommand(kSession, "login", "Begin a session; asks for the password");
    auto login = options<LoginOptions>();
    auto* byProfile = logIn->add_option("--profile", login->profile, "The profile to log in with");
    logIn->add_option("--email", login->email, "The account to log in with")->excludes(byProfile);
    addServerOptions(*logIn, login->server);
    onChosen(logIn, [login](Context& context) { return cli::login(context, *login); });
    auto* sync = addCommand(kSession, "sync-2factor", "Bring this host's one-time codes back in step, when permitted");
    auto synced = options<LoginOptions>();
    sync->add_option("--profile", synced->profile, "The profile");
    sync->add_option("--email", synced->email, "The account");
    onChosen(sync, [synced](Context& context) { return syncSecondFactor(context, *synced); });
    onChosen(addCommand(kSession, "refresh", "Refresh Login: fetch what changed, without a password"), refresh);
    onChosen(addCommand(kSession, "logout", "End the session; open documents are still protected when they close"),
             logout);

    auto* profile = addCommand(kSession, "profile", "The accounts that this host logs in with");
    profile->require_subcommand(1);
    onChosen(addPart(*profile, "list", "List the profiles; * marks the current one"), listProfiles);
    struct ProfileOptions {
        std::string name, email, to;
        ServerOptions server;
    };
    auto given = options<ProfileOptions>();
    auto* adding = addPart(*profile, "add", "Add a profile for an account that exists");
    takes(adding->add_option("NAME", given->name, "What to call it"), "", true);
    takes(adding->add_option("--email", given->email, "The account's e-mail address"), "ADDRESS", true);
    addServerOptions(*adding, given->server);
    onChosen(adding,
             [given](Context& context) { return addProfile(context, given->name, given->email, given->server); });
    auto* renaming = addPart(*profile, "rename", "Give a profile another name");
    takes(renaming->add_option("NAME", given->name, "Its name"), "", true);
    takes(renaming->add_option("TO", given->to, "Its new name"), "", true);
    onChosen(renaming, [given](Context& context) { return renameProfile(context, given->name, given->to); });
    auto* deleting = addPart(*profile, "delete", "Delete a profile and its lists on this host; the account stays");
    takes(deleting->add_option("NAME", given->name, "Its name"), "", true);
    onChosen(deleting, [given](Context& context) { return deleteProfile(context, given->name); });
    auto* deploying =
        addPart(*profile, "deploy", "Keep a profile's definition at KODiAC, for the account's other hosts");
    takes(deploying->add_option("NAME", given->name, "Its name"), "", true);
    onChosen(deploying, [given](Context& context) { return deployProfile(context, given->name); });
    auto* withdrawing = addPart(*profile, "withdraw", "Take a definition away from KODiAC; this host keeps its own");
    takes(withdrawing->add_option("NAME", given->name, "Its name"), "", true);
    onChosen(withdrawing, [given](Context& context) { return withdrawProfile(context, given->name); });
    onChosen(addPart(*profile, "fetch", "Add the definitions kept at KODiAC that this host lacks"), fetchProfiles);
}

void CommandLine::addFileCommands() {
    auto* status =
        addCommand(kFiles, "status", "Show the session, and what files are: plain, protected, open, damaged");
    auto paths = options<std::vector<std::string>>();
    takes(status->add_option("PATH", *paths, "Files to look at"), "...");
    onChosen(status, [paths](Context& context) { return showStatus(context, *paths); });

    auto* activate = addCommand(kFiles, "activate", "Activate: protect files in place");
    auto on = options<ConversionOptions>();
    takes(activate->add_option("PATH", on->paths, "Files, or with --recursive folders"), "...", true);
    activate->add_flag("-r,--recursive", on->recursive, "Folders with all that lies below them");
    activate->add_flag("-n,--dry-run", on->dryRun, "Only say what would be protected");
    activate->add_flag("--take-ownership", on->takeOwnership,
                       "Make files whose chain belongs to somebody else your own, as v1 of a new chain");
    onChosen(activate, [on](Context& context) { return convert(context, *on); });

    auto* release = addCommand(kFiles, "release", "Release: take the protection off, the plain file is back in place");
    auto off = options<ConversionOptions>();
    off->release = true;
    takes(release->add_option("PATH", off->paths, "Files, or with --recursive folders"), "...", true);
    release->add_flag("-r,--recursive", off->recursive, "Folders with all that lies below them");
    release->add_flag("-n,--dry-run", off->dryRun, "Only say what would be released");
    release->add_flag("--override-integrity", off->overrideIntegrity,
                      "Release a damaged file as far as it can be read, if the account may (Int Override)");
    onChosen(release, [off](Context& context) { return convert(context, *off); });
}

void CommandLine::addOpenCommands() {
    auto* open =
        addCommand(kFiles, "open", "Managed access: work on a protected file; it is protected again when closed");
    auto given = options<OpenOptions>();
    auto noWait = options<bool>();
    takes(open->add_option("PATH", given->path, "The protected file"), "", true);
    open->add_flag("--no-wait", *noWait, "Come back as soon as the program runs");
    open->footer("After -- a program with its arguments may follow; the document's path comes last:\n"
                 "  ssprotect open notes.txt -- gedit --new-window\n"
                 "Without it the associated program is started.");
    onChosen(open, [this, given, noWait](Context& context) {
        given->wait = !*noWait;
        given->program = program_;
        return openDocument(context, *given);
    });
    onChosen(addCommand(kFiles, "opened", "List the documents that are open"), listOpened);
    auto* finish = addCommand(kFiles, "finish", "Protect an open document now, as if it had been closed");
    auto path = options<std::string>();
    takes(finish->add_option("PATH", *path, "The document"), "", true);
    onChosen(finish, [path](Context& context) { return finishDocument(context, *path); });
}

void CommandLine::addListCommands() {
    auto* hostlist = addCommand(kFiles, "hostlist", "List the managed files of this host");
    auto exclusive = options<bool>();
    hostlist->add_flag("--exclusive", *exclusive, "Only the newest of each version chain");
    onChosen(hostlist, [exclusive](Context& context) { return showHostlist(context, *exclusive); });
    auto* versions = addCommand(kFiles, "versions", "List the versions of a file, newest first");
    auto target = options<std::string>();
    takes(versions->add_option("TARGET", *target, "A path, or a FileID of 32 hexadecimal digits"), "", true);
    versions->footer("Column A is Y when the version can be restored.");
    onChosen(versions, [target](Context& context) { return showVersions(context, *target); });
    auto* audit = addCommand(kFiles, "audit", "Show the newest rows of the audit trail");
    auto limit = options<std::uint64_t>();
    *limit = 50;
    audit->add_option("--limit", *limit, "How many rows")->check(CLI::Range(1, 1'000'000))->option_text("N (50)");
    onChosen(audit, [limit](Context& context) { return showAudit(context, *limit); });
}

void CommandLine::addSafetyCommands() {
    auto* keys = addCommand(kSafety, "keys", "Your keys as one file, sealed with a passphrase: the way back");
    keys->require_subcommand(1);
    struct FileOptions {
        std::string file, email, keys, folder;
        ServerOptions server;
        bool noFolder = false, repair = false, protect = false;
    };
    auto given = options<FileOptions>();
    auto* exporting = addPart(*keys, "export", "Write the keys to a new file; asks twice for a passphrase");
    takes(exporting->add_option("FILE", given->file, "Where to"), "", true);
    onChosen(exporting, [given](Context& context) { return exportKeys(context, given->file); });
    auto* importing = addPart(*keys, "import", "Come back with the exported keys, also after a lost password");
    takes(importing->add_option("FILE", given->file, "The exported keys"), "", true);
    takes(importing->add_option("--email", given->email, "The account's e-mail address"), "ADDRESS", true);
    addServerOptions(*importing, given->server);
    onChosen(importing,
             [given](Context& context) { return importKeys(context, given->file, given->email, given->server); });

    auto* backup =
        addCommand(kSafety, "backup", "Back up the embedded KODiAC: without it a lost disk takes every file along");
    auto* file = backup->add_option("FILE", given->file, "Where to; sealed to your exported keys");
    auto* folder = backup->add_option("--folder", given->folder, "From now on make one there after every session");
    auto* none = backup->add_flag("--no-folder", given->noFolder, "Make no more automatic backups");
    file->excludes(folder)->excludes(none);
    folder->excludes(none);
    onChosen(backup, [given](Context& context) -> Outcome {
        if (!given->file.empty())
            return backUp(context, given->file);
        if (given->folder.empty() && !given->noFolder)
            return makeError(ErrorCode::usage, "name the backup's FILE, a --folder for automatic ones, or --no-folder");
        return setBackupFolder(context, given->noFolder ? std::nullopt : std::optional(given->folder));
    });
    auto* restore = addCommand(kSafety, "restore-backup", "Put a backup of the embedded KODiAC back in place");
    takes(restore->add_option("FILE", given->file, "The backup"), "", true);
    takes(restore->add_option("--keys", given->keys, "The exported keys that it is sealed to"), "FILE", true);
    onChosen(restore, [given](Context& context) { return restoreBackup(context, given->file, given->keys); });

    auto* doctor = addCommand(kSafety, "doctor", "Look for what a crash left, old backups, damaged files");
    doctor->add_flag("--repair", given->repair, "Mend what can be mended");
    onChosen(doctor, [given](Context& context) { return examine(context, given->repair); });
    auto* quitting = addCommand(kSafety, "quit", "End the tray process once no document is open any more");
    quitting->add_flag("--protect", given->protect, "Do not wait: protect the open documents as they are now");
    onChosen(quitting, [given](Context& context) { return quit(context, given->protect); });
}

void CommandLine::addShellCommands() {
    auto* completion = addCommand(kSafety, "completion", "Print the completion script for a shell");
    auto shell = options<std::string>();
    completion->add_option("SHELL", *shell, "bash, zsh or fish")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    completion->footer("For bash: source <(ssprotect completion bash)");
    onChosen(completion, [this, shell](Context& context) { return printCompletion(context, *app_, *shell); });
}

bool CommandLine::parse(std::vector<std::string> arguments) {
    // Known before the rest, so that wrong arguments are told in the right form.
    const auto dashes = std::find(arguments.begin(), arguments.end(), "--");
    json_ = std::find(arguments.begin(), dashes, "--json") != dashes;
    program_ = takeProgram(arguments);
    std::reverse(arguments.begin(), arguments.end()); // CLI11 takes them from the back
    try {
        app_->parse(std::move(arguments));
        return true;
    } catch (const CLI::CallForHelp&) {
        message_ = app_->help(); // of the command that was named
    } catch (const CLI::Success& version) {
        message_ = std::string(version.what()) + '\n';
    } catch (const CLI::ParseError& error) {
        exitCode_ = kUsage;
        message_ = app_->get_subcommands().empty() && dynamic_cast<const CLI::RequiredError*>(&error) != nullptr
                       ? "a command is missing"
                       : error.what();
    }
    return false;
}

} // namespace ssprotect::cli
