#include "command_line.h"

#include "backup_command.h"
#include "init_command.h"
#include "mail_commands.h"
#include "organization_commands.h"
#include "restore_command.h"
#include "serve_command.h"
#include "upkeep_commands.h"

#include <sstream>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace ssprotect::kodiacd {
namespace {

constexpr const char* kAbout = "kodiacd is KODiAC, the authority of SSProtect, for whoever runs it.";

constexpr const char* kFirstSteps =
    "First steps:\n"
    "  kodiacd init --data /var/lib/kodiac --host kodiac.example.org     prints the CA file that clients need\n"
    "  kodiacd serve --data /var/lib/kodiac --smtp smtp://user@mail.example.org\n"
    "  kodiacd org create --data /var/lib/kodiac --name 'Example' --admin ada@example.org --seats 20 --quota 10240\n"
    "\n"
    "Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 4 refused, 5 damaged, 7 conflict, 8 not found,\n"
    "9 the database server is out of reach.";

constexpr const char* kUsualFolder = "/var/lib/kodiac";

template <class T> std::shared_ptr<T> options() { return std::make_shared<T>(); }

void addCommon(CLI::App& command, CommonOptions& common) {
    common.data = kUsualFolder;
    command.add_option("--data", common.data, "The data folder")
        ->option_text(std::string("DIR (") + kUsualFolder + ")");
    command.add_option("--database", common.database, "Another database than the configured one")
        ->option_text("sqlite:PATH|postgresql://…");
}

/// An option that is given or not.
template <class T> CLI::Option* add(CLI::App& command, const char* name, T& to, const char* what, const char* help) {
    return command.add_option(name, to, help)->option_text(what);
}

} // namespace

CommandLine::CommandLine() : app_(std::make_unique<CLI::App>(kAbout, "kodiacd")) {
    app_->fallthrough();
    app_->require_subcommand(1);
    app_->allow_windows_style_options(false);
    app_->set_help_flag("-h,--help", "Explain a command");
    app_->set_version_flag("--version", "kodiacd " SSPROTECT_VERSION, "Tell the version");
    addInit();
    addServe();
    addOrganizations();
    addSupport();
    addAuthorities();
    addBackups();
    addUpkeep();
    addMails();
    app_->footer(kFirstSteps);
}

CommandLine::~CommandLine() = default;

bool CommandLine::parse(std::vector<std::string> arguments) {
    try {
        std::reverse(arguments.begin(), arguments.end()); // as CLI11 wants them
        app_->parse(std::move(arguments));
        return true;
    } catch (const CLI::ParseError& end) {
        std::ostringstream text;
        std::ostringstream error;
        exitCode_ = app_->exit(end, text, error) == 0 ? 0 : exitCodeOf(ErrorCode::usage);
        message_ = exitCode_ == 0 ? text.str() : end.what();
        return false;
    }
}

void CommandLine::addInit() {
    auto* command = app_->add_subcommand("init", "Make a KODiAC: CA, server certificate, master key, database, "
                                                 "configuration; prints the CA file");
    auto chosen = options<InitOptions>();
    addCommon(*command, chosen->common);
    add(*command, "--host", chosen->hosts, "NAME…", "Names and addresses of this server, the main one first");
    add(*command, "--listen", chosen->listen, "ADDR:PORT", "Where it will listen");
    command->add_flag("--individuals", chosen->individuals, "Let anybody make an Individual Account here");
    add(*command, "--master-key", chosen->masterKey, "FILE", "Keep the master key in this file");
    command->add_flag("--renew-certificate", chosen->renewCertificate,
                      "Only make a new server certificate, for the names of the present one or those given");
    command->callback([this, chosen] {
        command_ = [chosen](const Environment& environment) { return initialize(environment, *chosen); };
    });
}

void CommandLine::addServe() {
    auto* command = app_->add_subcommand("serve", "Serve until SIGTERM; SIGHUP reads certificates and log level again");
    auto chosen = options<ServeOptions>();
    addCommon(*command, chosen->common);
    add(*command, "--listen", chosen->listen, "ADDR:PORT", "Where to listen; port 0: any");
    auto* folder = add(*command, "--mail-dir", chosen->mailFolder, "DIR", "Put mails into a folder, one file each");
    add(*command, "--smtp", chosen->smtp, "URL", "Send mails by this server: smtp://[USER@]HOST[:PORT] or smtps://…")
        ->excludes(folder);
    add(*command, "--log-level", chosen->logLevel, "LEVEL", "debug, info, warning or error");
    add(*command, "--port-file", chosen->portFile, "FILE", "Write the port there once it serves");
    command->callback([this, chosen] {
        command_ = [chosen](const Environment& environment) { return serve(environment, *chosen); };
    });
}

void CommandLine::addOrganizations() {
    auto* organizations = app_->add_subcommand("org", "Organizations: make, list and change them");
    organizations->require_subcommand(1);

    auto* create = organizations->add_subcommand("create", "Make an Organization; prints its Administrator's "
                                                           "registration code, which is mailed too");
    auto made = options<NewOrganizationOptions>();
    addCommon(*create, made->common);
    add(*create, "--name", made->name, "NAME", "Its name")->required();
    add(*create, "--admin", made->administrator, "EMAIL", "Who becomes its Administrator")->required();
    add(*create, "--seats", made->seats, "K", "How many accounts may be validated")->required();
    add(*create, "--quota", made->quotaMegabytes, "MB", "Space for archived versions")->required();
    create->add_flag("--no-recover{false}", made->recover, "It has no licence for :Recover");
    create->callback([this, made] {
        command_ = [made](const Environment& environment) { return createOrganization(environment, *made); };
    });

    struct List {
        CommonOptions common;
        bool individuals = false;
    };
    auto* list = organizations->add_subcommand("list", "List them, columns separated by tabs");
    auto listed = options<List>();
    addCommon(*list, listed->common);
    list->add_flag("--individuals", listed->individuals, "Individual Accounts too");
    list->callback([this, listed] {
        command_ = [listed](const Environment& environment) {
            return listOrganizations(environment, listed->common, listed->individuals);
        };
    });

    auto* set = organizations->add_subcommand("set", "Change what an Organization is licensed for");
    auto changed = options<OrganizationLimitOptions>();
    addCommon(*set, changed->common);
    add(*set, "--name", changed->name, "NAME", "Which")->required();
    add(*set, "--seats", changed->seats, "K", "How many accounts may be validated");
    add(*set, "--quota", changed->quotaMegabytes, "MB", "Space for archived versions");
    auto word = options<std::string>();
    auto* switched = add(*set, "--recover", *word, "on|off", ":Recover")->check(CLI::IsMember({"on", "off"}));
    set->callback([this, changed, word, switched] {
        if (switched->count() != 0)
            changed->recover = *word == "on";
        command_ = [changed](const Environment& environment) { return setOrganization(environment, *changed); };
    });

    struct Code {
        CommonOptions common;
        std::string name;
    };
    auto* code = organizations->add_subcommand("code", "A new registration code for an Administrator who has not "
                                                       "registered yet; printed and mailed, the old one is void");
    auto renewed = options<Code>();
    addCommon(*code, renewed->common);
    add(*code, "--name", renewed->name, "NAME", "Of which Organization")->required();
    code->callback([this, renewed] {
        command_ = [renewed](const Environment& environment) {
            return renewAdministratorCode(environment, renewed->common, renewed->name);
        };
    });
}

void CommandLine::addSupport() {
    auto* support = app_->add_subcommand("support", "What only the operator may do for accounts");
    support->require_subcommand(1);
    struct Account {
        CommonOptions common;
        std::string email;
    };
    for (const bool disabled : {true, false}) {
        auto* command = support->add_subcommand(disabled ? "disable-account" : "enable-account",
                                                disabled ? "The account's next access is refused, its sessions end"
                                                         : "The account may be used again");
        auto chosen = options<Account>();
        addCommon(*command, chosen->common);
        add(*command, "email", chosen->email, "EMAIL", "The account's e-mail")->required();
        command->callback([this, chosen, disabled] {
            command_ = [chosen, disabled](const Environment& environment) {
                return setDisabled(environment, chosen->common, chosen->email, disabled);
            };
        });
    }
}

void CommandLine::addAuthorities() {
    auto* authority = app_->add_subcommand("ca", "Change to another CA, in two steps");
    authority->require_subcommand(1);
    for (const bool next : {true, false}) {
        auto* command = authority->add_subcommand(
            next ? "next" : "switch", next ? "Make the next CA and announce it: clients pin it at their next login"
                                           : "The next CA takes the place of the present one");
        auto chosen = options<CommonOptions>();
        addCommon(*command, *chosen);
        command->callback([this, chosen, next] {
            command_ = [chosen, next](const Environment& environment) {
                return next ? announceAuthority(environment, *chosen) : changeAuthority(environment, *chosen);
            };
        });
    }
}

void CommandLine::addBackups() {
    struct File {
        CommonOptions common;
        std::string file;
    };
    for (const bool backup : {true, false}) {
        auto* command = app_->add_subcommand(backup ? "backup" : "restore",
                                             backup ? "Copy database, keys and configuration into one new file"
                                                    : "Make an empty or missing data folder what a backup holds");
        auto chosen = options<File>();
        addCommon(*command, chosen->common);
        add(*command, "file", chosen->file, "FILE", "The backup; keep it as safe as the data folder")->required();
        command->callback([this, chosen, backup] {
            command_ = [chosen, backup](const Environment& environment) {
                return backup ? makeBackup(environment, chosen->common, chosen->file)
                              : restoreBackup(environment, chosen->common, chosen->file);
            };
        });
    }
}

void CommandLine::addUpkeep() {
    auto* verifying = app_->add_subcommand("verify", "Look through the whole database");
    auto verified = options<CommonOptions>();
    addCommon(*verifying, *verified);
    verifying->callback([this, verified] {
        command_ = [verified](const Environment& environment) { return verify(environment, *verified); };
    });

    struct Migration {
        CommonOptions common;
        std::string from, to;
    };
    auto* migrating = app_->add_subcommand("migrate", "Copy everything into another, empty database; stop the daemons "
                                                      "first");
    auto moved = options<Migration>();
    addCommon(*migrating, moved->common);
    add(*migrating, "--from", moved->from, "URL", "The database as it is; without this, the configured one");
    add(*migrating, "--to", moved->to, "URL", "sqlite:PATH or postgresql://…")->required();
    migrating->callback([this, moved] {
        command_ = [moved](const Environment& environment) {
            return migrate(environment, moved->common, moved->from, moved->to);
        };
    });
}

void CommandLine::addMails() {
    auto* mails = app_->add_subcommand("mail", "Mails: what became of them, and sending them again");
    mails->require_subcommand(1);
    struct Mail {
        CommonOptions common;
        std::string which;
    };
    auto* list = mails->add_subcommand("list", "List the newest, columns separated by tabs");
    auto listed = options<Mail>();
    addCommon(*list, listed->common);
    add(*list, "--state", listed->which, "STATE", "Only those that are waiting, sent or failed")
        ->check(CLI::IsMember({"waiting", "sent", "failed"}));
    list->callback([this, listed] {
        command_ = [listed](const Environment& environment) {
            return listMails(environment, listed->common, listed->which);
        };
    });
    auto* resend = mails->add_subcommand("resend", "Send a mail that failed or waits now");
    auto sent = options<Mail>();
    addCommon(*resend, sent->common);
    add(*resend, "id", sent->which, "ID", "From the list")->required();
    resend->callback([this, sent] {
        command_ = [sent](const Environment& environment) {
            return resendMail(environment, sent->common, sent->which);
        };
    });
}

} // namespace ssprotect::kodiacd
