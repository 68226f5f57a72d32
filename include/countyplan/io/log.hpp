// What has been appended to this log, and is every byte of it as it was written?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/io/file.hpp>
#include <countyplan/io/flaw.hpp>
#include <countyplan/io/limits.hpp>
#include <countyplan/plan/fact.hpp>
#include <countyplan/plan/finding.hpp>
#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/scalar/id.hpp>

namespace countyplan {

/// What the records of a log hold. New kinds are added at the end; the number is in the file.
enum class LogKind { ledger };

template <>
struct Enumerators<LogKind> {
    static constexpr MessageText words[] = {{"ledger", "台账", "ledger"}};
};

/// Where a log ends, which is what its next record follows. Default: no log yet.
struct LogEnd {
    std::uint64_t records = 0;  ///< the number of the last record; they count from 1
    std::uint64_t bytes = 0;    ///< of the head and the whole records
    std::uint32_t chain = 0;    ///< the last checksum; each record's covers the one before

    friend bool operator==(const LogEnd&, const LogEnd&) = default;
};

/// What becomes of a log that is damaged behind its head.
enum class DamagedLog {
    refused,
    salvaged  ///< read to its last good record; only where somebody asked for it
};

struct LogReading {
    std::vector<std::string_view> payloads;  ///< of the records in order; views into the bytes that were read
    LogEnd end;
    std::size_t torn = 0;  ///< bytes after `end`, of a record whose writing was cut off; it was never acknowledged
    std::optional<Flaw> damage{};  ///< where it was salvaged: what is wrong behind `end`
    std::size_t left_out = 0;      ///< bytes from the damage on, whether they are sound or not
};

/// Reads head and records. What a writer that was killed leaves (a record that ends too early, or of which the
/// end was never put on the disk) is left out and counted in `torn`. Throws `RefusedInput`: `not_a_log`,
/// `log_head_damaged`, `log_version`, `log_kind`; with number and byte of the record `log_record_head`,
/// `log_record_damaged`, `log_gap`, `log_repeats` (these four not where it is salvaged); `record_limit`. Time linear in
/// the bytes.
///
/// Layout, little-endian: magic(8) | kind u16 | major u16 | minor u16 | flags u16 | CRC-32C u32, then records:
/// length u32 | number u64 | CRC-32C of these 12 bytes u32 | payload | CRC-32C of all that, going on from the
/// checksum before u32. So nothing can be changed, left out, doubled, moved or brought from another log unseen.
[[nodiscard]] LogReading read_log(LogKind kind, std::string_view bytes, const Limits& limits = {},
                                  DamagedLog damaged = DamagedLog::refused);

/// Appends one record to the log at `path`, which must end at `after`, and returns where it ends then; the disk
/// has it by that time, whole or not at all. A new log gets its head; a torn end goes. Throws `IoError`, with
/// `file_locked` while another process appends and `log_moved` where the log does not end at `after`, and what
/// `read_log` throws, leaving the log as it was.
LogEnd append_to_log(const std::string& path, LogKind kind, std::string_view payload, const LogEnd& after,
                     const Limits& limits = {}, Files& files = real_files());

/// The bytes of a whole log with these records, as `append_to_log` leaves them.
[[nodiscard]] std::string log_bytes(LogKind kind, std::span<const std::string> payloads);

/// A ledger's log: one record for each recording, with its facts in order.
struct LedgerLog {
    std::vector<Fact> facts{};
    std::vector<std::size_t> first{};  ///< per record: how many facts stand before it
    LogEnd end{};
    std::size_t torn = 0;
    std::optional<Flaw> damage{};
    std::size_t left_out = 0;
};

/// Throws as `read_log`, and `log_payload` for a record that does not hold facts (where it is salvaged, that is the
/// damage).
[[nodiscard]] LedgerLog read_ledger_log(std::string_view bytes, const Limits& limits = {},
                                        DamagedLog damaged = DamagedLog::refused);

/// The payload of the record with these facts.
[[nodiscard]] std::string facts_payload(std::span<const Fact> facts);

/// What `countyplan record --json` says: the facts, what there was to say about them, and whether they are
/// written, as the last record of the log.
[[nodiscard]] std::string recording_json(std::span<const Fact> facts, std::span<const Finding> findings,
                                         const std::string& log, const LogEnd& end, bool is_written);

}  // namespace countyplan
