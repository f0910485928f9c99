#pragma once

#include "ssprotect/base/json.h"

#include <QString>

namespace ssprotect::tray {

struct NoticeText {
    QString title; ///< empty: nothing to show
    QString text;
    bool warning = false;
};

/// What a `notice` of the application says to people.
NoticeText noticeText(const Json& notice);

} // namespace ssprotect::tray
