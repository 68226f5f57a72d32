// What has a sweep computed so far, on disk, whatever happens to its process?
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/experiment/generate.hpp>
#include <countyplan/experiment/point.hpp>
#include <countyplan/experiment/sweep.hpp>
#include <countyplan/io/file.hpp>
#include <countyplan/io/limits.hpp>
#include <countyplan/scalar/message.hpp>

namespace countyplan {

/// One line of a journal, with its checksum and line feed (docs/format.md). Throws `std::invalid_argument` for a
/// decimal that is not finite.
[[nodiscard]] std::string journal_line(const ExperimentRow& row);

/// What a journal holds.
struct JournalReading {
    std::vector<ExperimentRow> rows{};  ///< in their order; of rows with the same key the last one
    std::size_t sound = 0;              ///< bytes up to the end of the last whole line
    std::size_t torn = 0;               ///< bytes behind it, which say nothing
};

/// Reads a journal. A last line that is cut off or whose checksum is wrong is torn. Throws `RefusedInput` with the line
/// for a damaged one before it (`journal_damaged`), and for one whose checksum is right but which is not canonical
/// (`journal_line_form`).
[[nodiscard]] JournalReading read_journal(std::string_view bytes, const Limits& limits = {});

/// A journal that is open for more rows; nobody else may write it until it is closed. Not copyable.
class JournalFile {
  public:
    /// Opens or creates it, cuts a torn end off. Throws `IoError`, with `file_locked` while another process has it, and
    /// what `read_journal` throws.
    explicit JournalFile(const std::string& path, const Limits& limits = {}, Files& files = real_files());
    JournalFile(const JournalFile&) = delete;
    JournalFile& operator=(const JournalFile&) = delete;
    /// As `close`, but says nothing of errors.
    ~JournalFile();

    /// The rows that were there.
    [[nodiscard]] const std::vector<ExperimentRow>& rows() const;
    /// One more row: with the system at once, on disk within half a second. Throws `IoError`, also for an earlier row
    /// that did not reach the disk.
    void write(const ExperimentRow& row);
    /// Everything is on disk. Throws `IoError`.
    void close();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The digest of a run: of the lines of these rows, in the order of their keys.
[[nodiscard]] std::string journal_digest(std::span<const ExperimentRow> rows);

/// The rows of several journals by key, each key once: a row stands for an error of the same key. Throws
/// `RefusedInput` (`journal_differs`) where two journals have different rows for one key.
[[nodiscard]] std::vector<ExperimentRow> merged_rows(std::span<const JournalReading> journals);

/// A record per row: key, parameters, `seed`, what was measured, all names in order, and `error`.
[[nodiscard]] std::string rows_csv(std::span<const ExperimentRow> rows);

/// What `countyplan sweep` is asked to do.
struct SweepManifest {
    std::string plan{};  ///< a path, as from the manifest's directory; empty: generated
    GenerateOptions generate{};
    ExperimentGrid grid{};

    friend bool operator==(const SweepManifest&, const SweepManifest&) = default;
};

/// Reads a manifest (docs/format.md). Throws `RefusedInput` with the first thing that is wrong.
[[nodiscard]] SweepManifest read_manifest(std::string bytes, const Limits& limits = {});

}  // namespace countyplan
