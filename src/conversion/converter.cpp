#include "ssprotect/conversion/converter.h"

#include "engine.h"

#include <algorithm>

namespace ssprotect::conversion {

Converter::Converter(Services services, const Effort& effort) : engine_(std::make_unique<Engine>(services, effort)) {}

Converter::~Converter() = default;

std::vector<ItemResult> Converter::convert(Operation operation, std::span<const platform::Path> paths,
                                           const ConvertOptions& options) {
    return engine_->convert(operation, paths, options);
}

Result<OpenedDocument> Converter::openVersion(const OpenTask& task, const Control& control) {
    return engine_->openVersion(task, control);
}

StoreOutcome Converter::storeVersion(const StoreTask& task, const Control& control) {
    return engine_->storeVersion(task, control);
}

} // namespace ssprotect::conversion
