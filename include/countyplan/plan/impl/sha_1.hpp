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

/// SHA-1 of bytes that come a part at a time; Boost's `name_generator_sha1` wants the whole text at once, and a plan of
/// a million facts takes 2.5 s to read with it instead of 1.8. Source: FIPS 180-4.
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

    using Word = std::uint32_t;

    static constexpr Word choice(Word x, Word y, Word z) { return z ^ (x & (y ^ z)); }
    static constexpr Word parity(Word x, Word y, Word z) { return x ^ y ^ z; }
    static constexpr Word majority(Word x, Word y, Word z) { return (x & y) | (z & (x | y)); }

    /// The eighty words of a block, each from the sixteen before it. Made as they are used: compilers make a slow
    /// vector loop of a table.
    struct Words {
        std::array<Word, 16> last;
        std::size_t at = 0;

        Word next() {
            Word& out = last[at % 16];
            if (at >= 16) out = std::rotl(last[(at + 13) % 16] ^ last[(at + 8) % 16] ^ last[(at + 2) % 16] ^ out, 1);
            ++at;
            return out;
        }
    };

    /// Twenty rounds, five at a time, so that no word has to change its place.
    template <Word (*mix)(Word, Word, Word)>
    static void rounds(std::array<Word, 5>& state, Words& words, Word constant) {
        auto [a, b, c, d, e] = state;
        for (int five = 0; five < 4; ++five) {
            e += std::rotl(a, 5) + mix(b, c, d) + constant + words.next();
            b = std::rotl(b, 30);
            d += std::rotl(e, 5) + mix(a, b, c) + constant + words.next();
            a = std::rotl(a, 30);
            c += std::rotl(d, 5) + mix(e, a, b) + constant + words.next();
            e = std::rotl(e, 30);
            b += std::rotl(c, 5) + mix(d, e, a) + constant + words.next();
            d = std::rotl(d, 30);
            a += std::rotl(b, 5) + mix(c, d, e) + constant + words.next();
            c = std::rotl(c, 30);
        }
        state = {a, b, c, d, e};
    }

    void digest(const char* block) {
        Words words;
        for (std::size_t t = 0; t < 16; ++t) {
            const auto byte = [&](std::size_t i) { return Word{static_cast<unsigned char>(block[4 * t + i])}; };
            words.last[t] = byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3);
        }
        std::array<Word, 5> change = state_;
        rounds<choice>(change, words, 0x5A827999U);
        rounds<parity>(change, words, 0x6ED9EBA1U);
        rounds<majority>(change, words, 0x8F1BBCDCU);
        rounds<parity>(change, words, 0xCA62C1D6U);
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
