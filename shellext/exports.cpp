#include "module.h"
#include "registration.h"

#include <new>

namespace {

using ssprotect::shellext::Module;

/// What Windows calls is found by name and has no object: this is the one place that knows the DLL's own. It is not
/// destroyed, since that would happen under the loader's lock.
alignas(Module) unsigned char storage[sizeof(Module)];

Module& module() { return *std::launder(reinterpret_cast<Module*>(storage)); }

} // namespace

extern "C" {

BOOL WINAPI DllMain(HINSTANCE dll, DWORD reason, LPVOID) {
    if (reason == DLL_PROCESS_ATTACH) {
        ::DisableThreadLibraryCalls(dll);
        new (storage) Module(dll);
    }
    return TRUE;
}

STDAPI DllGetClassObject(REFCLSID id, REFIID interfaceId, LPVOID* object) {
    return module().classObject(id, interfaceId, object);
}

STDAPI DllCanUnloadNow() { return module().mayGo() ? S_OK : S_FALSE; }

STDAPI DllRegisterServer() {
    return ssprotect::shellext::guarded([] { return ssprotect::shellext::registerIn(module().dll()); });
}

STDAPI DllUnregisterServer() {
    return ssprotect::shellext::guarded([] { return ssprotect::shellext::unregister(); });
}
}
