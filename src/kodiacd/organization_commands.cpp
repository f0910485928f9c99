#include "organization_commands.h"

#include <ostream>

namespace ssprotect::kodiacd {
namespace {

void print(std::ostream& out, const crypto::SecretBytes& code) {
    for (const Byte byte : code.view())
        out << static_cast<char>(byte);
    out << '\n';
}

} // namespace

Status createOrganization(const Environment& environment, const NewOrganizationOptions& options) {
    auto authority = openAuthority(environment, options.common);
    if (!authority)
        return std::move(authority).error();
    kodiac::NewOrganization organization;
    organization.name = options.name;
    organization.administratorEmail = options.administrator;
    organization.seats = options.seats;
    organization.quotaMegabytes = options.quotaMegabytes;
    organization.recover = options.recover;
    auto code = (*authority)->createOrganization(organization);
    if (!code)
        return std::move(code).error();
    print(environment.out, *code);
    return {};
}

Status listOrganizations(const Environment& environment, const CommonOptions& options, bool individuals) {
    auto authority = openAuthority(environment, options);
    if (!authority)
        return std::move(authority).error();
    auto organizations = (*authority)->organizations();
    if (!organizations)
        return std::move(organizations).error();
    environment.out << "name\tadministrator\tstate\tseats\tseats used\tquota MB\trecover\tcreated\n";
    for (const auto& each : *organizations) {
        if (each.name.empty() && !individuals)
            continue;
        environment.out << each.name << '\t' << each.administrator << '\t' << kodiac::wordOf(each.administratorState)
                        << (each.administratorDisabled ? ", disabled" : "") << '\t' << each.seats << '\t'
                        << each.seatsUsed << '\t' << each.quotaMegabytes << '\t' << (each.recover ? "on" : "off")
                        << '\t' << toIso8601(each.created) << '\n';
    }
    return {};
}

Status setOrganization(const Environment& environment, const OrganizationLimitOptions& options) {
    auto authority = openAuthority(environment, options.common);
    if (!authority)
        return std::move(authority).error();
    return (*authority)->setLicence(options.name, {options.seats, options.quotaMegabytes, options.recover});
}

Status renewAdministratorCode(const Environment& environment, const CommonOptions& options, const std::string& name) {
    auto authority = openAuthority(environment, options);
    if (!authority)
        return std::move(authority).error();
    auto code = (*authority)->renewAdministratorCode(name);
    if (!code)
        return std::move(code).error();
    print(environment.out, *code);
    return {};
}

Status setDisabled(const Environment& environment, const CommonOptions& options, const std::string& email,
                   bool disabled) {
    auto authority = openAuthority(environment, options);
    if (!authority)
        return std::move(authority).error();
    return (*authority)->setDisabled(email, disabled);
}

} // namespace ssprotect::kodiacd
