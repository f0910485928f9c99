#include "module.h"

#include "class_ids.h"
#include "context_menu.h"
#include "explorer_command.h"
#include "overlay_icon.h"
#include "property_page.h"
#include "ssprotect/ipc/endpoint.h"

#include <functional>

namespace ssprotect::shellext {
namespace {

class Factory final : public ComObject<IClassFactory> {
public:
    /// Gives a new object with one reference.
    using Make = std::function<IUnknown*()>;

    Factory(UseCount& uses, Make make) : ComObject(uses), uses_(uses), make_(std::move(make)) {}

    HRESULT STDMETHODCALLTYPE CreateInstance(IUnknown* outer, REFIID id, void** object) override {
        return guarded([&] {
            if (object == nullptr)
                return E_POINTER;
            *object = nullptr;
            if (outer != nullptr)
                return CLASS_E_NOAGGREGATION;
            const ComPointer<IUnknown> made(make_());
            return made->QueryInterface(id, object);
        });
    }
    HRESULT STDMETHODCALLTYPE LockServer(BOOL lock) override {
        lock ? uses_.add() : uses_.release();
        return S_OK;
    }

private:
    UseCount& uses_;
    const Make make_;
};

/// The one pointer to IUnknown among several.
template <class Object> IUnknown* unknownOf(Object* object) {
    void* unknown = nullptr;
    object->QueryInterface(IID_IUnknown, &unknown);
    object->Release();
    return static_cast<IUnknown*>(unknown);
}

bool isClass(REFCLSID id, const wchar_t* text) {
    CLSID other{};
    return SUCCEEDED(::CLSIDFromString(text, &other)) && id == other;
}

Factory::Make makerOf(REFCLSID id, UseCount& uses, Services& services) {
    using container::Overlay;
    if (isClass(id, kMenuClass))
        return [&uses, &services] { return unknownOf(new ContextMenu(uses, services)); };
    if (isClass(id, kRedClass))
        return [&uses, &services] { return unknownOf(new OverlayIcon(uses, services, Overlay::red)); };
    if (isClass(id, kYellowClass))
        return [&uses, &services] { return unknownOf(new OverlayIcon(uses, services, Overlay::yellow)); };
    if (isClass(id, kPageClass))
        return [&uses, &services] { return unknownOf(new PropertyPage(uses, services)); };
    if (isClass(id, kCommandClass))
        return [&uses, &services] { return unknownOf(new ExplorerCommand(uses, services)); };
    return {};
}

} // namespace

Module::~Module() = default;

Services* Module::services() {
    std::lock_guard lock(mutex_);
    if (services_ != nullptr)
        return services_;
    HMODULE pinned = nullptr;
    const auto* here = reinterpret_cast<LPCWSTR>(&isClass);
    if (!::GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, here, &pinned))
        return nullptr;
    pinned_ = true;
    const auto home = ipc::homeFolder();
    services_ = new Services(dll_, home ? *home : std::filesystem::path());
    return services_;
}

HRESULT Module::classObject(REFCLSID id, REFIID interfaceId, void** object) {
    return guarded([&] {
        if (object == nullptr)
            return E_POINTER;
        *object = nullptr;
        auto* const shared = services();
        if (shared == nullptr)
            return E_OUTOFMEMORY;
        auto make = makerOf(id, uses_, *shared);
        if (!make)
            return CLASS_E_CLASSNOTAVAILABLE;
        const ComPointer<Factory> factory(new Factory(uses_, std::move(make)));
        return factory->QueryInterface(interfaceId, object);
    });
}

} // namespace ssprotect::shellext
