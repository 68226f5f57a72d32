#include <countyplan/io/archive.hpp>

#include <algorithm>
#include <array>
#include <cstring>

#include <countyplan/io/encoding.hpp>
#include <countyplan/io/messages.hpp>
#include <countyplan/scalar/number.hpp>

namespace countyplan {

namespace {

constexpr std::string_view magic =
    "\x89"
    "CPLN\r\n\x1A";
constexpr std::size_t header_size = 24;
constexpr std::size_t checksum_size = 4;
static_assert(magic.size() == 8);

/// Eight tables, so that eight bytes are taken at a time.
constexpr std::array<std::array<std::uint32_t, 256>, 8> crc_tables = [] {
    std::array<std::array<std::uint32_t, 256>, 8> tables{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit)
            value = (value >> 1) ^ ((value & 1U) != 0 ? 0x82F63B78U : 0U);
        tables[0][i] = value;
    }
    for (std::size_t t = 1; t < 8; ++t) {
        for (std::size_t i = 0; i < 256; ++i) {
            tables[t][i] = (tables[t - 1][i] >> 8) ^ tables[0][tables[t - 1][i] & 0xFFU];
        }
    }
    return tables;
}();

template <std::unsigned_integral U>
void put(std::string& out, U value) {
    for (std::size_t i = 0; i < sizeof(U); ++i) {
        out += static_cast<char>(static_cast<unsigned char>((value >> (8 * i)) & 0xFFU));
    }
}

template <std::unsigned_integral U>
U get(std::string_view bytes, std::size_t at) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(U); ++i) {
        value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    }
    return static_cast<U>(value);
}

const MessageText& resemblance(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("\xEF\xBB\xBF"sv)) bytes.remove_prefix(3);
    if (bytes.find("serialization::archive"sv) < 64) {
        return bytes.starts_with("<"sv) ? message::looks_xml : message::looks_boost;
    }
    if (bytes.starts_with("<"sv)) return message::looks_xml;
    for (const std::string_view start : {"PK\x03\x04"sv, "\x1F\x8B"sv, "BZh"sv,
                                         "\xFD"
                                         "7zXZ"sv,
                                         "\x28\xB5\x2F\xFD"sv}) {
        if (bytes.starts_with(start)) return message::looks_compressed;
    }
    if (bytes.starts_with("{"sv) || bytes.starts_with("["sv)) return message::looks_json;
    const std::string_view sample = bytes.substr(0, 512);
    const bool printable = std::all_of(sample.begin(), sample.end(), [](char c) {
        return static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\r' || c == '\t';
    });
    return printable ? message::looks_text : message::looks_unknown;
}

[[noreturn]] void refuse(Message message, std::size_t offset = 0, std::string value = {}) {
    Flaw flaw;
    flaw.message = std::move(message);
    flaw.offset = offset;
    flaw.value = std::move(value);
    throw RefusedInput(std::move(flaw));
}

std::string version_text(SnapshotVersion version) { return to_text(version.major) + "." + to_text(version.minor); }

}  // namespace

std::uint32_t crc_32c(std::string_view bytes, std::uint32_t so_far) {
    std::uint32_t crc = ~so_far;
    std::size_t at = 0;
    for (; at + 8 <= bytes.size(); at += 8) {
        const std::uint32_t low = crc ^ get<std::uint32_t>(bytes, at);
        const auto high = get<std::uint32_t>(bytes, at + 4);
        crc = crc_tables[7][low & 0xFFU] ^ crc_tables[6][(low >> 8) & 0xFFU] ^ crc_tables[5][(low >> 16) & 0xFFU] ^
              crc_tables[4][low >> 24] ^ crc_tables[3][high & 0xFFU] ^ crc_tables[2][(high >> 8) & 0xFFU] ^
              crc_tables[1][(high >> 16) & 0xFFU] ^ crc_tables[0][high >> 24];
    }
    for (; at < bytes.size(); ++at) {
        crc = (crc >> 8) ^ crc_tables[0][(crc ^ static_cast<unsigned char>(bytes[at])) & 0xFFU];
    }
    return ~crc;
}

std::string seal(SnapshotKind kind, std::string_view payload, SnapshotVersion version) {
    std::string out;
    out.reserve(header_size + payload.size() + checksum_size);
    out += magic;
    put(out, static_cast<std::uint16_t>(kind));
    put(out, version.major);
    put(out, version.minor);
    put(out, std::uint16_t{0});
    put(out, std::uint64_t{payload.size()});
    out += payload;
    put(out, crc_32c(out));
    return out;
}

OpenedSnapshot open_snapshot(SnapshotKind kind, std::string_view bytes) {
    const auto damaged = [](const MessageText& why, std::size_t offset) {
        refuse(Message(message::corrupt_archive, {why}), offset);
    };
    if (bytes.empty()) refuse(message::empty_input);
    const std::string_view found_magic = bytes.substr(0, magic.size());
    std::size_t same = 0;
    for (std::size_t i = 0; i < found_magic.size(); ++i)
        same += found_magic[i] == magic[i] ? 1 : 0;
    if (found_magic != magic.substr(0, found_magic.size())) {
        // a byte or two may have been damaged; anything else was never a snapshot
        if (same + 2 >= magic.size()) damaged(message::archive_magic_differs, 0);
        refuse(Message(message::not_a_snapshot, {resemblance(bytes)}), 0, excerpt(bytes.substr(0, 32)));
    }
    if (bytes.size() < header_size + checksum_size) damaged(message::archive_ends_early, bytes.size());
    const auto payload_size = get<std::uint64_t>(bytes, 16);
    const std::size_t held = bytes.size() - header_size - checksum_size;
    if (payload_size != held) {
        damaged(payload_size > held ? message::archive_ends_early : message::archive_size_differs, 16);
    }
    if (get<std::uint32_t>(bytes, bytes.size() - checksum_size) !=
        crc_32c(bytes.substr(0, bytes.size() - checksum_size))) {
        damaged(message::archive_checksum_differs, bytes.size() - checksum_size);
    }
    const SnapshotVersion version{get<std::uint16_t>(bytes, 10), get<std::uint16_t>(bytes, 12)};
    constexpr SnapshotVersion current{};
    if (version.major != current.major || version.minor > current.minor) {
        refuse(Message(message::unsupported_version, {version_text(version), version_text(current)}), 10);
    }
    const auto flags = get<std::uint16_t>(bytes, 14);
    if (flags != 0) refuse(Message(message::unsupported_flags, {to_text(flags)}), 14);
    const auto found_kind = get<std::uint16_t>(bytes, 8);
    if (found_kind != static_cast<std::uint16_t>(kind)) {
        const bool known = found_kind < enumerator_count<SnapshotKind>;
        refuse(
            Message(message::wrong_archive_kind, {known ? MessageArgument(word(static_cast<SnapshotKind>(found_kind)))
                                                        : MessageArgument(to_text(found_kind)),
                                                  word(kind)}),
            8);
    }
    return {bytes.substr(header_size, held), version};
}

namespace detail {

void refuse_archive(const MessageText& row, std::size_t offset, std::string value) {
    refuse(Message(message::corrupt_archive, {row}), offset, std::move(value));
}

void expect_archivable(std::string_view text, std::size_t offset, const Limits& limits) {
    if (text.size() > limits.text_bytes) {
        refuse_archive(message::archive_text_too_long, offset, excerpt(text.substr(0, 400)));
    }
    if (first_invalid_utf_8(text) || text.find('\0') != std::string_view::npos) {
        refuse_archive(message::archive_bad_text, offset, excerpt(text.substr(0, 400)));
    }
}

}  // namespace detail

void LoadingArchive::refuse(std::string what) const {
    detail::refuse_archive(message::archive_bad_value, at_, excerpt(what));
}

void LoadingArchive::finish() const {
    if (remaining() != 0) detail::refuse_archive(message::archive_bytes_left, at_, {});
}

std::size_t LoadingArchive::get_count(std::size_t smallest) {
    const auto count = get<std::uint64_t>();
    if (count > remaining() / smallest) {
        detail::refuse_archive(message::archive_count_too_large, at_ - sizeof count, to_text(count));
    }
    return static_cast<std::size_t>(count);
}

}  // namespace countyplan
