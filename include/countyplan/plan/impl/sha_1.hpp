// The hash that name-based UUIDs are made of.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace countyplan {

namespace detail {

/// SHA-1 of bytes that come a part at a time. Source: FIPS 180-4.
class Sha1 {
  public:
    void add(std::string_view bytes) {
        size_ += bytes.size();
        if (held_ > 0) {
            const std::size_t take = std::min(block_size - held_, bytes.size());
            std::memcpy(block_.data() + held_, bytes.data(), take);
            held_ += take;
            bytes.remove_prefix(take);
            if (held_ < block_size) return;
            digest(block_.data());
            held_ = 0;
        }
        for (; bytes.size() >= block_size; bytes.remove_prefix(block_size))
            digest(bytes.data());
        if (!bytes.empty()) std::memcpy(block_.data(), bytes.data(), bytes.size());
        held_ = bytes.size();
    }

    /// Nothing may be added afterwards.
    [[nodiscard]] std::array<std::uint8_t, 20> finish() {
        const std::uint64_t bits = size_ * 8;
        static constexpr std::array<char, block_size> padding = {'\x80'};
        add({padding.data(), 1 + (2 * block_size - 9 - held_) % block_size});
        std::array<char, 8> length{};
        for (std::size_t i = 0; i < length.size(); ++i)
            length[i] = static_cast<char>(static_cast<unsigned char>(bits >> (56 - 8 * i)));
        add({length.data(), length.size()});
        std::array<std::uint8_t, 20> out{};
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = static_cast<std::uint8_t>(state_[i / 4] >> (24 - 8 * (i % 4)));
        return out;
    }

  private:
    static constexpr std::size_t block_size = 64;

    void digest(const char* block) {
        std::array<std::uint32_t, 80> w;
        for (std::size_t t = 0; t < 16; ++t) {
            const auto byte = [&](std::size_t i) {
                return std::uint32_t{static_cast<unsigned char>(block[4 * t + i])};
            };
            w[t] = byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3);
        }
        for (std::size_t t = 16; t < 80; ++t)
            w[t] = std::rotl(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
        auto [a, b, c, d, e] = state_;
        // five rounds at a time, so that no word has to change its place
        const auto rounds = [&](std::size_t from, std::uint32_t constant, auto mix) {
            for (std::size_t t = from; t < from + 20; t += 5) {
                e += std::rotl(a, 5) + mix(b, c, d) + constant + w[t];
                b = std::rotl(b, 30);
                d += std::rotl(e, 5) + mix(a, b, c) + constant + w[t + 1];
                a = std::rotl(a, 30);
                c += std::rotl(d, 5) + mix(e, a, b) + constant + w[t + 2];
                e = std::rotl(e, 30);
                b += std::rotl(c, 5) + mix(d, e, a) + constant + w[t + 3];
                d = std::rotl(d, 30);
                a += std::rotl(b, 5) + mix(c, d, e) + constant + w[t + 4];
                c = std::rotl(c, 30);
            }
        };
        using Word = std::uint32_t;
        const auto choice = [](Word x, Word y, Word z) { return z ^ (x & (y ^ z)); };
        const auto parity = [](Word x, Word y, Word z) { return x ^ y ^ z; };
        const auto majority = [](Word x, Word y, Word z) { return (x & y) | (z & (x | y)); };
        rounds(0, 0x5A827999U, choice);
        rounds(20, 0x6ED9EBA1U, parity);
        rounds(40, 0x8F1BBCDCU, majority);
        rounds(60, 0xCA62C1D6U, parity);
        const std::array<Word, 5> change = {a, b, c, d, e};
        for (std::size_t i = 0; i < state_.size(); ++i)
            state_[i] += change[i];
    }

    std::array<std::uint32_t, 5> state_ = {0x67452301U, 0xEFCDAB89U, 0x98BADCFEU, 0x10325476U, 0xC3D2E1F0U};
    std::array<char, block_size> block_{};
    std::size_t held_ = 0;
    std::uint64_t size_ = 0;
};

}  // namespace detail

}  // namespace countyplan
