#include "json_text.h"

#include "ssprotect/ipc/path_text.h"
#include "ssprotect/platform/shown_path.h"

#include <QCoreApplication>
#include <QLocale>
#include <nlohmann/json.hpp>

namespace ssprotect::tray {
namespace {

const Json* find(const Json& object, const char* name) {
    if (!object.is_object())
        return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

std::filesystem::path pathOf(const QString& pathText) {
    auto path = ipc::textToPath(pathText.toStdString());
    return path ? *path : std::filesystem::path{};
}

} // namespace

QString textOf(const Json& object, const char* name) {
    const auto* member = find(object, name);
    return member != nullptr && member->is_string() ? QString::fromStdString(member->get<std::string>()) : QString();
}

std::int64_t numberOf(const Json& object, const char* name) {
    const auto* member = find(object, name);
    return member != nullptr && member->is_number() ? member->get<std::int64_t>() : 0;
}

bool flagOf(const Json& object, const char* name) {
    const auto* member = find(object, name);
    return member != nullptr && member->is_boolean() && member->get<bool>();
}

const Json& listOf(const Json& object, const char* name) {
    static const Json none = Json::array();
    const auto* member = find(object, name);
    return member != nullptr && member->is_array() ? *member : none;
}

QDateTime timeOf(const Json& object, const char* name) {
    return QDateTime::fromString(textOf(object, name), Qt::ISODateWithMs).toLocalTime();
}

QString shownPathOf(const QString& pathText) { return QString::fromStdString(platform::shownPath(pathOf(pathText))); }

QString fileNameOf(const QString& pathText) {
    return QString::fromStdString(platform::shownPath(pathOf(pathText).filename()));
}

QString folderOf(const QString& pathText) {
    return QString::fromStdString(platform::shownPath(pathOf(pathText).parent_path()));
}

std::string pathTextOf(const QString& nativePath) {
    // Qt's dialogs give forward slashes on every system.
    return ipc::pathToText(std::filesystem::path(nativePath.toStdU16String()).make_preferred());
}

QString sizeText(std::int64_t bytes) { return QLocale().formattedDataSize(bytes, 1); }

QString wordText(const QString& word) {
    static const std::pair<const char*, const char*> kWords[] = {
        {"own", QT_TRANSLATE_NOOP("words", "mine")},
        {"shared", QT_TRANSLATE_NOOP("words", "shared with me")},
        {"foreign", QT_TRANSLATE_NOOP("words", "foreign")},
        {"protected", QT_TRANSLATE_NOOP("words", "protected")},
        {"opened", QT_TRANSLATE_NOOP("words", "opened")},
        {"missing", QT_TRANSLATE_NOOP("words", "missing")},
        {"damaged", QT_TRANSLATE_NOOP("words", "damaged")},
        {"plain", QT_TRANSLATE_NOOP("words", "plain")},
        {"pending", QT_TRANSLATE_NOOP("words", "not stored yet")},
        {"closing", QT_TRANSLATE_NOOP("words", "being protected")},
        {"optimized", QT_TRANSLATE_NOOP("words", "Optimized")},
        {"hybrid", QT_TRANSLATE_NOOP("words", "Hybrid")},
        {"double", QT_TRANSLATE_NOOP("words", "Double")},
    };
    for (const auto& [plain, shown] : kWords)
        if (word == QLatin1String(plain))
            return QCoreApplication::translate("words", shown);
    return word;
}

} // namespace ssprotect::tray
