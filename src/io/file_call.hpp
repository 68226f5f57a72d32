// How are the calls of `Files` made on one open file until all is done, or refused in words?
#pragma once

#include <cerrno>
#include <cstdint>
#include <string>
#include <string_view>

#include <countyplan/io/file.hpp>
#include <countyplan/io/limits.hpp>
#include <countyplan/scalar/message.hpp>

namespace countyplan::detail {

/// Throws `IoError` where a call returned minus an errno.
void require_done(int result, const MessageText& action, const std::string& path);

/// The call, until no signal cuts it short.
template <class Call>
auto uninterrupted(const Call& call) {
    auto result = call();
    while (result == -EINTR)
        result = call();
    return result;
}

/// All bytes from where the descriptor stands; `expected` of them make one reading enough. Throws `IoError`, and
/// `RefusedInput` beyond `limits.file_bytes`.
[[nodiscard]] std::string read_open(Files& files, int descriptor, const std::string& path, std::uint64_t expected,
                                    const Limits& limits);

/// Throws `IoError` unless every byte was taken.
void write_all(Files& files, int descriptor, std::string_view bytes, const std::string& path);

/// Opens a file to read and append, which is made where there is none, for this process alone. Throws `IoError`, with
/// EWOULDBLOCK where another process has it.
[[nodiscard]] int open_alone(Files& files, const std::string& path);

}  // namespace countyplan::detail
