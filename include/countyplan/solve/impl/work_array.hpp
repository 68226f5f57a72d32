// Large tables of a solve whose entries are all written before they are read.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace countyplan::detail {

/// An array whose entries begin without a value. Where it is large it asks for large pages: a table that is
/// written to and read all over costs less with them.
template <class T>
class WorkArray {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

  public:
    WorkArray() = default;
    explicit WorkArray(std::size_t count) {
        const std::size_t bytes = count * sizeof(T);
        const std::size_t alignment = bytes < 4 * page ? line : page;
        data_ = Owner(static_cast<T*>(::operator new (bytes, std::align_val_t{alignment})), Free{alignment});
#if defined(__linux__)
        if (alignment == page) (void)madvise(data_.get(), bytes / page * page, MADV_HUGEPAGE);  // a mere wish
#endif
    }

    [[nodiscard]] T* get() const { return data_.get(); }
    void reset() { data_.reset(); }

    T& operator[](std::size_t i) const { return data_[i]; }

  private:
    static constexpr std::size_t line = 64;
    static constexpr std::size_t page = std::size_t{1} << 21;

    struct Free {
        std::size_t alignment = line;
        void operator()(T* data) const { ::operator delete (data, std::align_val_t{alignment}); }
    };
    using Owner = std::unique_ptr<T[], Free>;

    Owner data_;
};

}  // namespace countyplan::detail
