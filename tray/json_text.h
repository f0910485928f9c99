#pragma once

#include "ssprotect/base/json.h"

#include <cstdint>

#include <QDateTime>
#include <QString>

namespace ssprotect::tray {

/// Members of the application's answers as the widgets show them. What is absent or of another type is empty.
QString textOf(const Json& object, const char* name);
std::int64_t numberOf(const Json& object, const char* name);
bool flagOf(const Json& object, const char* name);
/// Never null: an empty array when absent.
const Json& listOf(const Json& object, const char* name);
/// ISO 8601 as KODiAC gives it, in local time; invalid when absent.
QDateTime timeOf(const Json& object, const char* name);

/// Paths travel as text that every byte sequence fits into; this is the form for people.
QString shownPathOf(const QString& pathText);
QString fileNameOf(const QString& pathText);
QString folderOf(const QString& pathText);
/// What the application takes back for a path that a Qt dialog gave.
std::string pathTextOf(const QString& nativePath);
/// "3.4 MiB"
QString sizeText(std::int64_t bytes);
/// The words of ownership, state and mode in the user's language; an unknown word stays itself.
QString wordText(const QString& word);

} // namespace ssprotect::tray
