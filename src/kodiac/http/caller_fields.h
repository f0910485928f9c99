#pragma once

#include "call_form.h"

/// Who calls, in the head of a request.
namespace ssprotect::kodiac::http {

constexpr std::string_view kAccountField = "SSProtect-Account";
constexpr std::string_view kHostField = "SSProtect-Host";
constexpr std::string_view kSessionField = "SSProtect-Session";
constexpr std::string_view kCounterField = "SSProtect-Counter";
constexpr std::string_view kCodeField = "SSProtect-Code";
constexpr std::string_view kTokenField = "Authorization";
constexpr std::string_view kTokenScheme = "Bearer ";

bool sameName(std::string_view a, std::string_view b);
/// The value of the only field of that name; empty when there is none or more than one.
std::string_view valueOf(std::span<const Field> fields, std::string_view name);

/// Letters, digits, '.' and '-', from 1 to 64.
bool isPlainWord(std::string_view text);

Status readCaller(std::span<const Field> fields, Call& to);
Result<WipedBytes> callerFields(const Call& call);

} // namespace ssprotect::kodiac::http
