// How do whole files and whole directories come in and go out, safely and all or nothing?
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/io/limits.hpp>
#include <countyplan/scalar/message.hpp>

namespace countyplan {

/// The system refused to read or write. `code` is the errno, 0 where a rule of ours refused.
class IoError : public std::runtime_error {
  public:
    IoError(Message message, std::string path, int code);

    [[nodiscard]] const Message& message() const { return message_; }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] int code() const { return code_; }

  private:
    Message message_;
    std::string path_;
    int code_;
};

enum class FileKind { absent, regular, directory, link, other };

struct FileStatus {
    FileKind kind = FileKind::absent;
    std::uint64_t size = 0;
    unsigned mode = 0;  ///< permission bits
};

/// The seam to the disk: one call of the system each, so that a test can make any of them fail.
/// Every function returns what the system call returns, or minus the errno; none throws.
class Files {
  public:
    Files() = default;
    Files(const Files&) = delete;
    Files& operator=(const Files&) = delete;
    virtual ~Files() = default;

    virtual int open_to_read(const std::string& path);
    /// Creates a new file of its own; -EEXIST if something has that name.
    virtual int create(const std::string& path, unsigned mode);
    /// For reading from the start and writing at the end; creates the file, never follows a symbolic link.
    virtual int open_to_append(const std::string& path, unsigned mode);
    /// Takes the file for this descriptor alone until it is closed, or its process ends. -EWOULDBLOCK where
    /// another has it: `holder` is then that process, 0 where unknown.
    virtual int lock(int descriptor, int& holder);
    virtual int truncate(int descriptor, std::uint64_t size);
    virtual std::int64_t read(int descriptor, char* buffer, std::size_t size);
    virtual std::int64_t write(int descriptor, const char* buffer, std::size_t size);
    virtual int sync(int descriptor);
    virtual int close(int descriptor);
    virtual int change_mode(int descriptor, unsigned mode);
    virtual int status_of(int descriptor, FileStatus& status);
    /// Of the name itself: a symbolic link is a link. An absent file is not an error.
    virtual int status_at(const std::string& path, FileStatus& status);
    virtual int make_directory(const std::string& path, unsigned mode);
    virtual int sync_directory(const std::string& path);
    virtual int list(const std::string& path, std::vector<std::string>& names);
    virtual int rename(const std::string& from, const std::string& to);
    /// As `rename`, but -EEXIST where `to` exists.
    virtual int rename_new(const std::string& from, const std::string& to);
    /// Swaps two names in one step; -ENOSYS or -EINVAL where the system cannot.
    virtual int exchange(const std::string& one, const std::string& other);
    virtual int remove_file(const std::string& path);
    virtual int remove_directory(const std::string& path);
};

/// The disk of this machine. Stateless; threads may share it.
[[nodiscard]] Files& real_files();

/// The whole of a regular file. Throws `IoError` (also for a directory, FIFO or device) and
/// `RefusedInput` with `size_limit`.
[[nodiscard]] std::string read_file(const std::string& path, const Limits& limits = {}, Files& files = real_files());

/// Everything up to the end of an open stream, such as standard input; same refusals.
[[nodiscard]] std::string read_stream(int descriptor, const std::string& name, const Limits& limits = {},
                                      Files& files = real_files());

/// What to do where the output already exists.
enum class Existing { refuse, replace };

/// Writes a whole file, or leaves what was there: temporary file beside it, sync, rename, sync of the
/// directory. A replaced file keeps its permissions; a symbolic link is replaced, never followed;
/// a directory, FIFO or device is refused. Throws `IoError`, leaving no temporary file behind.
void save_file(const std::string& path, std::string_view bytes, Existing existing = Existing::refuse,
               Files& files = real_files());

/// Throws what `save_file` would throw because of what is at `path` now, or because the directory around it
/// does not exist: to be asked before long work. Writes nothing.
void require_file_place(const std::string& path, Existing existing = Existing::refuse, Files& files = real_files());

/// What becomes of a file that is appended to: its first `keep` bytes stay and `bytes` follow.
struct Append {
    std::uint64_t keep = 0;
    std::string bytes;
};

/// Appends to a file, or creates it, under its lock: `decide` is given what it holds and says what becomes of
/// it. Returns when the disk has it. A write that fails is taken back. Throws `IoError`, with `file_locked` where
/// another process is appending, and what `decide` throws, leaving the file as it was.
void append_file(const std::string& path, const std::function<Append(std::string_view held)>& decide,
                 const Limits& limits = {}, Files& files = real_files());

struct NamedBytes {
    std::string name;
    std::string bytes;
};

/// Writes a directory with exactly these files, or leaves what was there. An absent or empty target is
/// always taken; one with content only under `Existing::replace`, and then only if it holds nothing but
/// plain files of these names and of `others`, which are given up, so that nobody's other work is lost. Names must be
/// safe and differ in more than case.
/// Throws `IoError`, leaving no temporary directory behind.
void save_directory(const std::string& path, const std::vector<NamedBytes>& entries,
                    Existing existing = Existing::refuse, Files& files = real_files(),
                    const std::vector<std::string>& others = {});

/// As `require_file_place`, for `save_directory` with files of these names; their bytes do not matter.
void require_directory_place(const std::string& path, const std::vector<NamedBytes>& entries,
                             Existing existing = Existing::refuse, Files& files = real_files());

/// Whether `name` is one plain file name on every common system: no separators, no control characters,
/// no `.` or `..`, no reserved device name, no leading `-`, no trailing dot or space, at most 200 bytes.
[[nodiscard]] bool is_safe_file_name(std::string_view name);

}  // namespace countyplan
