// Which vector instructions may a kernel use on this machine?
#pragma once

namespace countyplan::detail {

/// Every kernel gives the same answers at each level; a higher one is only faster.
enum class VectorLevel { plain, avx2, avx512 };

/// The highest level that compiler and machine have.
inline VectorLevel best_vector_level() {
#if defined(__x86_64__) && defined(__GNUC__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq")) {
        return VectorLevel::avx512;
    }
    if (__builtin_cpu_supports("avx2")) return VectorLevel::avx2;
#endif
    return VectorLevel::plain;
}

}  // namespace countyplan::detail
