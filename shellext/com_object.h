#pragma once

#include <atomic>
#include <exception>
#include <new>
#include <shlobj.h>
#include <shobjidl.h>
#include <utility>

namespace ssprotect::shellext {

/// Counts the living objects and locks of the DLL, for DllCanUnloadNow. Any thread.
class UseCount {
public:
    void add() { ++count_; }
    void release() { --count_; }
    bool none() const { return count_ == 0; }

private:
    std::atomic<long> count_{0};
};

/// Explorer lives on when something here fails: nothing is thrown over a COM edge.
template <class Call> HRESULT guarded(Call&& call) noexcept {
    try {
        return std::forward<Call>(call)();
    } catch (const std::bad_alloc&) {
        return E_OUTOFMEMORY;
    } catch (...) {
        return E_FAIL;
    }
}

/// The id of an interface.
template <class Interface> const IID& idOf() { return __uuidof(Interface); }
/// mingw-w64 declares this interface without its id.
template <> inline const IID& idOf<IShellIconOverlayIdentifier>() {
    static constexpr IID kId{0x0C6C4200, 0xC589, 0x11D0, {0x99, 0x9A, 0x00, 0xC0, 0x4F, 0xD6, 0x55, 0xE1}};
    return kId;
}

/// A COM object with these interfaces, each derived from IUnknown directly; it begins with one reference, the maker's.
template <class First, class... More> class ComObject : public First, public More... {
public:
    ComObject(const ComObject&) = delete;
    ComObject& operator=(const ComObject&) = delete;

    HRESULT STDMETHODCALLTYPE QueryInterface(REFIID id, void** object) override {
        if (object == nullptr)
            return E_POINTER;
        *object = nullptr;
        if (id == IID_IUnknown || id == idOf<First>())
            *object = static_cast<First*>(this);
        else
            static_cast<void>(((id == idOf<More>() && (*object = static_cast<More*>(this), true)) || ...));
        if (*object == nullptr)
            return E_NOINTERFACE;
        AddRef();
        return S_OK;
    }
    ULONG STDMETHODCALLTYPE AddRef() override { return ++references_; }
    ULONG STDMETHODCALLTYPE Release() override {
        const auto left = --references_;
        if (left == 0)
            delete this;
        return left;
    }

protected:
    explicit ComObject(UseCount& uses) : uses_(uses) { uses_.add(); }
    virtual ~ComObject() { uses_.release(); }

private:
    UseCount& uses_;
    std::atomic<ULONG> references_{1};
};

/// Holds one reference.
template <class Interface> class ComPointer {
public:
    ComPointer() = default;
    /// Takes over a reference that somebody else added.
    explicit ComPointer(Interface* object) : object_(object) {}
    ComPointer(ComPointer&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    ComPointer& operator=(ComPointer&& other) noexcept {
        std::swap(object_, other.object_);
        return *this;
    }
    ~ComPointer() {
        if (object_ != nullptr)
            object_->Release();
    }

    Interface* get() const { return object_; }
    Interface* operator->() const { return object_; }
    explicit operator bool() const { return object_ != nullptr; }
    /// For calls that give out an interface; holds nothing before.
    Interface** out() { return &object_; }
    void** outVoid() { return reinterpret_cast<void**>(&object_); }

private:
    Interface* object_ = nullptr;
};

} // namespace ssprotect::shellext
