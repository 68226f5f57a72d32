#include <countyplan/io/log.hpp>

#include <algorithm>
#include <cerrno>
#include <concepts>
#include <iterator>
#include <utility>

#include <countyplan/io/archive.hpp>
#include <countyplan/io/flaw.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/io/log_messages.hpp>
#include <countyplan/io/messages.hpp>
#include <countyplan/io/serialize.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/version.hpp>

#include "json_values.hpp"
#include "row_writer.hpp"

namespace countyplan {

namespace {

constexpr std::string_view magic =
    "\x89"
    "CPLG\r\n\x1A";
static_assert(magic.size() == 8);
constexpr std::uint16_t log_major = 1;
constexpr std::uint16_t log_minor = 0;
constexpr std::size_t head_size = 20;
constexpr std::size_t record_head_size = 16;
constexpr std::size_t checksum_size = 4;

template <std::unsigned_integral U>
void put(std::string& out, U value) {
    for (std::size_t i = 0; i < sizeof(U); ++i)
        out += static_cast<char>(static_cast<unsigned char>((value >> (8 * i)) & 0xFFU));
}

template <std::unsigned_integral U>
U get(std::string_view bytes, std::size_t at) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(U); ++i)
        value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    return static_cast<U>(value);
}

std::string head_of(LogKind kind) {
    std::string out(magic);
    put(out, static_cast<std::uint16_t>(kind));
    put(out, log_major);
    put(out, log_minor);
    put(out, std::uint16_t{0});
    put(out, crc_32c(out));
    return out;
}

std::string record_of(std::uint64_t number, std::string_view payload, std::uint32_t chain) {
    std::string out;
    out.reserve(record_head_size + payload.size() + checksum_size);
    put(out, static_cast<std::uint32_t>(payload.size()));
    put(out, number);
    put(out, crc_32c(out));
    out += payload;
    put(out, crc_32c(out, chain));
    return out;
}

[[noreturn]] void refuse(Message message, std::size_t offset) {
    throw RefusedInput(Flaw{.message = std::move(message), .remedy = {message::log_restore}, .offset = offset});
}

bool is_zero(std::string_view bytes) {
    return std::ranges::all_of(bytes, [](char byte) { return byte == 0; });
}

/// Whether a writer was cut off within `wanted`, and what the disk gave room for beyond was never filled.
bool is_cut_off(std::string_view found, std::string_view wanted) {
    const auto same = std::ranges::mismatch(found, wanted).in1 - found.begin();
    return static_cast<std::size_t>(same) < wanted.size() && is_zero(found.substr(static_cast<std::size_t>(same)));
}

bool is_cut_off(std::string_view found, std::uint32_t wanted) {
    std::string bytes;
    put(bytes, wanted);
    return is_cut_off(found, bytes);
}

/// Whether the head is there; else it is what a writer that was killed has left of it.
bool read_head(LogKind kind, std::string_view bytes) {
    if (is_cut_off(bytes, head_of(kind))) return false;
    if (bytes.substr(0, magic.size()) != magic.substr(0, bytes.size())) refuse(message::not_a_log, 0);
    if (bytes.size() < head_size ||
        get<std::uint32_t>(bytes, head_size - checksum_size) != crc_32c(bytes.substr(0, head_size - checksum_size))) {
        refuse(message::log_head_damaged, 0);
    }
    const auto major = get<std::uint16_t>(bytes, 10);
    const auto minor = get<std::uint16_t>(bytes, 12);
    if (major != log_major || minor > log_minor || get<std::uint16_t>(bytes, 14) != 0) {
        refuse({message::log_version,
                {to_text(major) + "." + to_text(minor), to_text(log_major) + "." + to_text(log_minor)}},
               10);
    }
    const auto found = get<std::uint16_t>(bytes, 8);
    if (found != static_cast<std::uint16_t>(kind)) refuse({message::log_kind, {to_text(found), word(kind)}}, 8);
    return true;
}

}  // namespace

namespace {

/// Adds the records behind the head to `out`, in order, as far as they are sound.
void read_records(std::string_view bytes, const Limits& limits, LogReading& out) {
    for (std::size_t at = head_size; at < bytes.size(); at = static_cast<std::size_t>(out.end.bytes)) {
        const std::string_view rest = bytes.substr(at);
        const std::uint64_t next = out.end.records + 1;
        const auto torn = [&] { out.torn = rest.size(); };
        if (rest.size() < record_head_size) return torn();
        const std::uint32_t head_sum = crc_32c(rest.substr(0, 12));
        if (get<std::uint32_t>(rest, 12) != head_sum) {
            if (is_cut_off(rest.substr(12), head_sum)) return torn();
            refuse({message::log_record_head, {to_text(next), to_text(at)}}, at);
        }
        const std::size_t length = get<std::uint32_t>(rest, 0);
        const auto number = get<std::uint64_t>(rest, 4);
        if (number != next) {
            refuse({number > next ? message::log_gap : message::log_repeats,
                    {to_text(next), to_text(number), to_text(at)}},
                   at);
        }
        if (length > rest.size() - record_head_size || length + checksum_size > rest.size() - record_head_size) {
            return torn();
        }
        const std::size_t covered = record_head_size + length;
        const std::uint32_t sum = crc_32c(rest.substr(0, covered), out.end.chain);
        if (get<std::uint32_t>(rest, covered) != sum) {
            if (is_cut_off(rest.substr(covered), sum)) return torn();
            refuse({message::log_record_damaged, {to_text(next), to_text(at)}}, at);
        }
        if (out.payloads.size() == limits.records) refuse({message::record_limit, {to_text(limits.records)}}, at);
        out.payloads.push_back(rest.substr(record_head_size, length));
        out.end = {next, at + covered + checksum_size, sum};
    }
}

/// Keeps what `refused` says where the log is salvaged; a limit is no damage.
template <class Log>
void keep_damage(const RefusedInput& refused, DamagedLog damaged, std::size_t size, Log& out) {
    if (damaged == DamagedLog::refused || refused.message().code() == message::record_limit.code) throw;
    out.damage = refused.flaw();
    out.damage->is_warning = true;
    out.damage->remedy = {};
    out.torn = 0;
    out.left_out = size - static_cast<std::size_t>(out.end.bytes);
}

}  // namespace

LogReading read_log(LogKind kind, std::string_view bytes, const Limits& limits, DamagedLog damaged) {
    LogReading out;
    if (!read_head(kind, bytes)) {
        out.torn = bytes.size();
        return out;
    }
    out.end = {0, head_size, get<std::uint32_t>(bytes, head_size - checksum_size)};
    try {
        read_records(bytes, limits, out);
    } catch (const RefusedInput& refused) {
        keep_damage(refused, damaged, bytes.size(), out);
    }
    return out;
}

LogEnd append_to_log(const std::string& path, LogKind kind, std::string_view payload, const LogEnd& after,
                     const Limits& limits, Files& files) {
    LogEnd end;
    const auto decide = [&](std::string_view held) {
        const LogEnd found = read_log(kind, held, limits).end;
        if (found != after) throw IoError(Message(message::log_moved, {excerpt(path)}), path, EAGAIN);
        Append next{found.bytes, found.bytes == 0 ? head_of(kind) : std::string()};
        const std::uint32_t chain =
            found.bytes == 0 ? get<std::uint32_t>(next.bytes, head_size - checksum_size) : found.chain;
        next.bytes += record_of(found.records + 1, payload, chain);
        end = {found.records + 1, found.bytes + next.bytes.size(),
               get<std::uint32_t>(next.bytes, next.bytes.size() - checksum_size)};
        return next;
    };
    append_file(path, decide, limits, files);
    return end;
}

std::string log_bytes(LogKind kind, std::span<const std::string> payloads) {
    std::string out = head_of(kind);
    for (std::size_t i = 0; i < payloads.size(); ++i)
        out += record_of(i + 1, payloads[i], get<std::uint32_t>(out, out.size() - checksum_size));
    return out;
}

std::string facts_payload(std::span<const Fact> facts) {
    SavingArchive archive;
    const SnapshotVersion layout;
    archive << layout.major << layout.minor << std::vector<Fact>(facts.begin(), facts.end());
    return archive.take();
}

namespace {

/// The facts of all records; `out.end` is behind the last record that holds some.
void read_payloads(const LogReading& log, std::string_view bytes, const Limits& limits, LedgerLog& out) {
    for (const std::string_view payload : log.payloads) {
        const auto at = static_cast<std::size_t>(payload.data() - bytes.data());
        const auto unreadable = [&] {
            refuse({message::log_payload, {to_text(out.end.records + 1), to_text(at - record_head_size)}}, at);
        };
        try {
            LoadingArchive head(payload, {}, limits);
            SnapshotVersion layout;
            head >> layout.major >> layout.minor;
            constexpr SnapshotVersion known{};
            if (layout.major != known.major || layout.minor > known.minor) unreadable();
            LoadingArchive archive(payload.substr(payload.size() - head.remaining()), layout, limits);
            std::vector<Fact> facts;
            archive >> facts;
            archive.finish();
            if (facts.size() > limits.records - std::min(limits.records, out.facts.size())) {
                refuse({message::record_limit, {to_text(limits.records)}}, at);
            }
            out.first.push_back(out.facts.size());
            if (out.facts.empty()) {
                out.facts = std::move(facts);
            } else {
                std::ranges::move(facts, std::back_inserter(out.facts));
            }
        } catch (const RefusedInput& refused) {
            if (refused.message().code() == message::record_limit.code) throw;
            unreadable();
        }
        const std::size_t end = at + payload.size();
        out.end = {out.end.records + 1, end + checksum_size, get<std::uint32_t>(bytes, end)};
    }
}

}  // namespace

LedgerLog read_ledger_log(std::string_view bytes, const Limits& limits, DamagedLog damaged) {
    const LogReading log = read_log(LogKind::ledger, bytes, limits, damaged);
    LedgerLog out{.torn = log.torn, .damage = log.damage, .left_out = log.left_out};
    if (log.end.bytes == 0) return out;
    out.end = {0, head_size, get<std::uint32_t>(bytes, head_size - checksum_size)};
    try {
        read_payloads(log, bytes, limits, out);
    } catch (const RefusedInput& refused) {
        keep_damage(refused, damaged, bytes.size(), out);
    }
    return out;
}

std::string recording_json(std::span<const Fact> facts, std::span<const Finding> findings, const std::string& log,
                           const LogEnd& end, bool is_written) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("version").text(version);
    writer.key("ok").boolean(true);
    writer.key("recorded").boolean(is_written);
    writer.key("log").text(log);
    writer.key("record").integer(static_cast<std::int64_t>(end.records));
    writer.key("facts").begin_array();
    for (const Fact& fact : facts)
        detail::write_row(writer, fact);
    writer.end_array();
    detail::write_findings(writer, findings);
    writer.end_object();
    return writer.take();
}

}  // namespace countyplan
