#pragma once

#include "context.h"

#include <span>

namespace ssprotect::kodiac {

/// Makes this transaction the only one that decides about the Organization until it ends. First thing in whatever
/// reads its people, policies or locks in order to change them; on PostgreSQL it does not hold up stores and opens.
void lockOrganization(Context& context, const OrganizationId& organization);

/// The Organization's name as mails show it.
std::string organizationName(Context& context, const OrganizationId& organization);

/// The form in which Organizations' names are compared: ASCII letters in lower case.
std::string organizationKey(std::string_view name);

/// One row of news (ListEvents) for the Organization's Privileged Users, numbered without a gap; locks it.
void tellOrganization(Context& context, const OrganizationId& organization, std::string_view kind,
                      std::string_view subject, const std::optional<AccountId>& account);
/// One row for each of the subjects, in their order.
void tellOrganization(Context& context, const OrganizationId& organization, std::string_view kind,
                      std::span<const std::string_view> subjects, const std::optional<AccountId>& account);

} // namespace ssprotect::kodiac
