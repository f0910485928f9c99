#include "item_tally.h"

namespace ssprotect::cli {

void ItemTally::failed(std::string_view errorWord) {
    const int code = exitCodeOf(errorCodeOf(errorWord));
    class_ = class_.value_or(code) == code ? code : 1;
    ++failures_;
}

int ItemTally::exitCode() const {
    if (failures_ == 0)
        return 0;
    return good_ == 0 ? *class_ : 1;
}

} // namespace ssprotect::cli
