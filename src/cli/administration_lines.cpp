#include "account_commands.h"
#include "command_line.h"
#include "command_parts.h"
#include "organization_commands.h"
#include "user_commands.h"

#include <array>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

/// The commands of an Organization's administration.
namespace ssprotect::cli {
namespace {

struct AttributeName {
    const char* option;
    const char* key;
    const char* help;
};

/// USR-2…5.
constexpr std::array kAttributes{
    AttributeName{"--delegate", "delegate", "Administrator privileges (signed by the Administrator)"},
    AttributeName{"--disabled", "disabled", "Deny every access at once"},
    AttributeName{"--int-override", "int_override", "Int Override: may release what fails the integrity check"},
    AttributeName{"--unsigned-apps", "unsigned_apps", "Unsigned Apps: unsigned programs may open protected files"},
    AttributeName{"--rel-protections", "rel_protections", "Rel Protections: may release files"},
    AttributeName{"--ignore-enh2fa", "ignore_enh2fa", "Ignore Enh2FA: no enhanced factor at login"},
    AttributeName{"--no-bulk2fa", "no_bulk2fa", "No Bulk2FA: bulk work is acknowledged file by file"},
    AttributeName{"--no-2nd-factor", "no_2nd_factor", "No 2nd Factor: nothing is to be acknowledged"},
    AttributeName{"--split-vchain", "split_vchain", "Split vChain: a renamed file begins a chain of its own"},
    AttributeName{"--recover", "recover", ":Recover: KODiAC keeps the stored versions"},
    AttributeName{"--double", "double", "Double: they are encrypted a second time there"},
};

/// The options of `users new` and `users edit`.
class Attributes {
public:
    void addTo(CLI::App& command) {
        for (std::size_t i = 0; i < kAttributes.size(); ++i)
            switches_[i].addTo(command, kAttributes[i].option, kAttributes[i].help);
        quota_ = command.add_option("--quota", megabytes_, "AcctQuota: room for :Recover")->option_text("MB");
        quota_->check(CLI::Range(0, 1'000'000'000));
    }
    AttributeOptions named() const {
        AttributeOptions options;
        for (std::size_t i = 0; i < kAttributes.size(); ++i)
            if (const auto on = switches_[i].value())
                options.switches[kAttributes[i].key] = *on;
        if (quota_->count() > 0)
            options.quotaMegabytes = megabytes_;
        return options;
    }

private:
    std::array<Switch, kAttributes.size()> switches_;
    std::uint64_t megabytes_ = 0;
    CLI::Option* quota_ = nullptr;
};

struct Act {
    const char* name;
    const char* help;
    const char* done;
};

constexpr std::array kActs{
    Act{"dismiss", "Refuse an account that is not validated yet", "is dismissed"},
    Act{"remove", "Remove an account: its seat and address are free, its files stay", "is removed"},
    Act{"resend", "Mail a new registration code; the old one is void", "gets a new code by mail"},
    Act{"sync-2factor", "Let the account's hosts bring their one-time codes back in step",
        "may run 'ssprotect sync-2factor' within a day"},
    Act{"reset-password", "Reset Pwd: mail a code; the account registers and is validated again",
        "gets a code by mail to register again"},
    Act{"reset-enh2fa", "Reset Enh2FA: forget its hosts' enhanced logins", "has no enhanced login any more"},
    Act{"transfer-admin", "Make a Delegate the Administrator; you become a Delegate", "is the Administrator now"},
};

} // namespace

void CommandLine::addUserCommands() {
    auto* users = addCommand(kAdministration, "users", "Administer Users: for Privileged Users");
    users->require_subcommand(1);
    onChosen(addPart(*users, "list", "List the accounts: A Administrator, D Delegate, * you"), listUsers);
    addUserEditing(*users);
    auto* validating =
        addPart(*users, "validate", "Validate a registered account after comparing the code with the person");
    auto email = options<std::string>();
    auto code = options<std::string>();
    takes(validating->add_option("EMAIL", *email, "The account"), "", true);
    validating->add_option("--code", *code, "The code that the person reads out")->option_text("CODE");
    onChosen(validating, [email, code](Context& context) { return validateUser(context, *email, *code); });
    for (const Act& act : kActs) {
        auto* command = addPart(*users, act.name, act.help);
        takes(command->add_option("EMAIL", *email, "The account"), "", true);
        onChosen(command, [email, &act](Context& context) { return actOnUser(context, act.name, *email, act.done); });
    }
    addUserFiles(*users);
}

void CommandLine::addUserEditing(CLI::App& users) {
    struct Given {
        std::string email;
        Attributes attributes;
    };
    auto* adding = addPart(users, "new", "Provision an account; its registration code is mailed");
    auto fresh = options<Given>();
    takes(adding->add_option("EMAIL", fresh->email, "Its address"), "", true);
    fresh->attributes.addTo(*adding);
    onChosen(adding, [fresh](Context& context) { return newUser(context, fresh->email, fresh->attributes.named()); });
    auto* editing = addPart(users, "edit", "Change attributes of an account; what is not named stays");
    auto edited = options<Given>();
    takes(editing->add_option("EMAIL", edited->email, "The account"), "", true);
    edited->attributes.addTo(*editing);
    onChosen(editing,
             [edited](Context& context) { return editUser(context, edited->email, edited->attributes.named()); });
}

void CommandLine::addUserFiles(CLI::App& users) {
    auto file = options<std::string>();
    auto dryRun = options<bool>();
    auto* importing = addPart(users, "import", "Save All from a CSV file: new accounts and changed attributes");
    takes(importing->add_option("FILE", *file, "UTF-8 with a header row, as 'users export' writes it"), "", true);
    importing->add_flag("-n,--dry-run", *dryRun, "Only say what would be changed");
    onChosen(importing, [file, dryRun](Context& context) { return importUsers(context, *file, *dryRun); });
    auto* exporting = addPart(users, "export", "Write the accounts and their attributes to a new CSV file");
    takes(exporting->add_option("FILE", *file, "Where to"), "", true);
    onChosen(exporting, [file](Context& context) { return exportUsers(context, *file); });
}

void CommandLine::addPolicyCommands() {
    auto* policy = addCommand(kAdministration, "policy", "Sign-up, passwords, token, version chains");
    policy->require_subcommand(1);
    onChosen(addPart(*policy, "show", "List the keys and their values"), showPolicy);
    auto* setting = addPart(*policy, "set", "Change policies");
    auto assignments = options<std::vector<std::string>>();
    takes(setting->add_option("KEY=VALUE", *assignments, "What to change"), "...", true);
    onChosen(setting, [assignments](Context& context) { return setPolicy(context, *assignments); });
    auto* license = addCommand(kAdministration, "license", "License and Components");
    license->require_subcommand(1);
    onChosen(addPart(*license, "show", "Seats, quotas, components"), showLicense);
}

void CommandLine::addLockCommands() {
    auto* lock = addCommand(kAdministration, "lock", "Exclusive Edit Locks: one Privileged User edits at a time");
    lock->require_subcommand(1);
    auto name = options<std::string>();
    const auto named = [&](const char* verb, const char* help, bool required = true) {
        auto* command = addPart(*lock, verb, help);
        auto* option = command->add_option("LOCK", *name, "users or trusts");
        takes(option, "", required);
        option->check(CLI::IsMember({"users", "trusts"}));
        return command;
    };
    onChosen(named("status", "Who holds the locks", false),
             [name](Context& context) { return showLocks(context, *name); });
    auto wait = options<bool>();
    auto* requesting = named("request", "REQ LOCK: hold it until release, logout or expiry");
    requesting->add_flag("--wait", *wait, "When another holds it, wait in line");
    onChosen(requesting, [name, wait](Context& context) { return requestLock(context, *name, *wait); });
    onChosen(named("force", "FORCE LOCK: take it from whoever holds it"),
             [name](Context& context) { return forceLock(context, *name); });
    onChosen(named("release", "Give it back"), [name](Context& context) { return releaseLock(context, *name); });
}

void CommandLine::addHostCommands() {
    auto* host = addCommand(kSession, "host", "The hosts that your account logs in from");
    host->require_subcommand(1);
    onChosen(addPart(*host, "list", "List them, and those that ask to be approved"), listHosts);
    auto login = options<LoginOptions>();
    auto* requesting = addPart(*host, "request", "On a new host: ask one of your hosts to approve it, then log in");
    requesting->add_option("--profile", login->profile, "The profile");
    requesting->add_option("--email", login->email, "The account");
    addServerOptions(*requesting, login->server);
    onChosen(requesting, [login](Context& context) { return requestHost(context, *login); });
    struct Given {
        std::string host, code;
    };
    auto given = options<Given>();
    auto* approving = addPart(*host, "approve", "Approve a new host after comparing the codes");
    takes(approving->add_option("HOST", given->host, "As 'host list' shows it"), "", true);
    takes(approving->add_option("--code", given->code, "The code that the new host shows"), "CODE", true);
    onChosen(approving, [given](Context& context) { return approveHost(context, given->host, given->code); });
    auto* removing = addPart(*host, "remove", "End a host's sessions and make its codes void");
    takes(removing->add_option("HOST", given->host, "As 'host list' shows it"), "", true);
    onChosen(removing, [given](Context& context) { return removeHost(context, given->host); });

    auto* token = addCommand(kSession, "token", "An OATH token in the place of this host's software codes");
    token->require_subcommand(1);
    onChosen(addPart(*token, "use-oath", "Take an OATH HOTP token's codes from now on"), useOathToken);
    onChosen(addPart(*token, "use-software", "Go back to codes that this host makes"), useSoftwareFactor);
}

void CommandLine::addReportCommands() {
    auto* command =
        addCommand(kAdministration, "report", "The audit trail: your own, or as a Privileged User everybody's");
    auto given = options<ReportOptions>();
    auto* kind = command->add_option("KIND", given->kind, "user, file, integrated or disclosure");
    takes(kind, "", true);
    kind->check(CLI::IsMember({"user", "file", "integrated", "disclosure"}));
    takes(command->add_option("--account", given->account, "Only this account"), "EMAIL");
    takes(command->add_option("--host", given->host, "disclosure: what this host had"), "HOST");
    takes(command->add_option("--file", given->file, "Only this file: a path or a FileID"), "FILE");
    takes(command->add_option("--from", given->from, "From this day on"), "YYYY-MM-DD");
    takes(command->add_option("--to", given->to, "Up to the end of this day"), "YYYY-MM-DD");
    command->add_option("--days", given->days, "disclosure: how far back")->check(CLI::Range(1, 3650));
    command->add_option("--limit", given->limit, "How many rows")->check(CLI::Range(1, 1'000'000));
    command->add_option("--format", given->format, "text, csv or json")->check(CLI::IsMember({"text", "csv", "json"}));
    onChosen(command, [given](Context& context) { return report(context, *given); });
}

} // namespace ssprotect::cli
