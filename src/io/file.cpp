#include <countyplan/io/file.hpp>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include <countyplan/io/flaw.hpp>
#include <countyplan/io/messages.hpp>
#include <countyplan/scalar/number.hpp>

#include "file_call.hpp"

namespace countyplan {

namespace {

constexpr unsigned flag_no_replace = 1;  // of renameat2, Linux 3.15
constexpr unsigned flag_exchange = 2;
constexpr unsigned plain_file_mode = 0666;
constexpr unsigned plain_directory_mode = 0777;
constexpr std::size_t read_chunk = std::size_t{1} << 20;

int outcome(int returned) { return returned < 0 ? -errno : returned; }

FileStatus status_from(const struct stat& found) {
    FileStatus status;
    status.size = static_cast<std::uint64_t>(found.st_size);
    status.mode = static_cast<unsigned>(found.st_mode) & 07777U;
    status.kind = S_ISREG(found.st_mode)   ? FileKind::regular
                  : S_ISDIR(found.st_mode) ? FileKind::directory
                  : S_ISLNK(found.st_mode) ? FileKind::link
                                           : FileKind::other;
    return status;
}

int rename_with(const std::string& from, const std::string& to, unsigned flags) {
    return outcome(static_cast<int>(syscall(SYS_renameat2, AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), flags)));
}

[[noreturn]] void fail(const MessageText& action, const std::string& path, int code) {
    throw IoError(
        Message(message::io_error, {action, excerpt(path), std::generic_category().message(code), to_text(code)}), path,
        code);
}

const MessageText& kind_name(FileKind kind) {
    switch (kind) {
        case FileKind::directory:
            return message::kind_directory;
        case FileKind::link:
            return message::kind_link;
        case FileKind::regular:
            return message::kind_file;
        case FileKind::absent:
        case FileKind::other:
            break;
    }
    return message::kind_special;
}

[[noreturn]] void refuse_large(const std::string& path, const Limits& limits) {
    Flaw flaw;
    flaw.message = Message(message::size_limit, {excerpt(path), to_text(limits.file_bytes)});
    flaw.offset = limits.file_bytes;
    throw RefusedInput(std::move(flaw));
}

}  // namespace

namespace detail {

void require_done(int result, const MessageText& action, const std::string& path) {
    if (result < 0) fail(action, path, -result);
}

std::string read_open(Files& files, int descriptor, const std::string& path, std::uint64_t expected,
                      const Limits& limits) {
    std::string bytes;
    bytes.resize(static_cast<std::size_t>(std::min<std::uint64_t>(expected, limits.file_bytes)) + 1);
    std::size_t used = 0;
    for (;;) {
        if (used == bytes.size()) {
            bytes.resize(std::min(limits.file_bytes + 1, std::max(2 * used, used + read_chunk)));
        }
        const std::int64_t got =
            uninterrupted([&] { return files.read(descriptor, bytes.data() + used, bytes.size() - used); });
        if (got < 0) fail(message::action_read, path, static_cast<int>(-got));
        if (got == 0) break;
        used += static_cast<std::size_t>(got);
        if (used > limits.file_bytes) refuse_large(path, limits);
    }
    bytes.resize(used);
    return bytes;
}

void write_all(Files& files, int descriptor, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
        const std::int64_t put = uninterrupted([&] { return files.write(descriptor, bytes.data(), bytes.size()); });
        if (put < 0) fail(message::action_write, path, static_cast<int>(-put));
        if (put == 0) fail(message::action_write, path, EIO);
        bytes.remove_prefix(static_cast<std::size_t>(put));
    }
}

int open_alone(Files& files, const std::string& path) {
    const int descriptor = uninterrupted([&] { return files.open_to_append(path, plain_file_mode); });
    require_done(descriptor, message::action_open, path);
    int holder = 0;
    const int locked = files.lock(descriptor, holder);
    if (locked >= 0) return descriptor;
    (void)files.close(descriptor);
    if (locked == -EWOULDBLOCK) {
        throw IoError(holder > 0 ? Message(message::file_locked, {excerpt(path), to_text(holder)})
                                 : Message(message::file_locked_by_another, {excerpt(path)}),
                      path, EWOULDBLOCK);
    }
    fail(message::action_lock, path, -locked);
}

}  // namespace detail

namespace {

using detail::open_alone;
using detail::read_open;
using detail::uninterrupted;
using detail::write_all;

void require(int result, const MessageText& action, const std::string& path) {
    detail::require_done(result, action, path);
}

std::string parent_of(const std::string& path) {
    const std::size_t slash = path.find_last_of('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

std::string without_trailing_slashes(std::string path) {
    while (path.size() > 1 && path.back() == '/')
        path.pop_back();
    return path;
}

/// Closes on the way out, whatever happens; `close` reports what the system says.
class Open {
  public:
    Open(Files& files, int descriptor) : files_(files), descriptor_(descriptor) {}
    Open(const Open&) = delete;
    Open& operator=(const Open&) = delete;
    ~Open() {
        if (descriptor_ >= 0) (void)files_.close(descriptor_);
    }
    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] int close() {
        // after EINTR the descriptor is gone on Linux: closing again might close another thread's
        const int result = files_.close(std::exchange(descriptor_, -1));
        return result == -EINTR ? 0 : result;
    }

  private:
    Files& files_;
    int descriptor_;
};

/// Removes what has been made so far unless `keep` is called.
class Unfinished {
  public:
    explicit Unfinished(Files& files) : files_(files) {}
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    ~Unfinished() {
        for (auto path = made_.rbegin(); path != made_.rend(); ++path)
            (void)files_.remove_file(*path);
        if (!directory_.empty()) (void)files_.remove_directory(directory_);
    }
    void reserve(std::size_t count) { made_.reserve(count); }
    void file(std::string path) { made_.push_back(std::move(path)); }
    void directory(std::string path) { directory_ = std::move(path); }
    void keep() {
        made_.clear();
        directory_.clear();
    }

  private:
    Files& files_;
    std::string directory_;
    std::vector<std::string> made_;
};

/// Creates, writes and syncs one new file. Returns minus the errno if it cannot be created.
int write_new(Files& files, const std::string& path, std::string_view bytes, const unsigned* mode,
              const std::string& shown, Unfinished& unfinished) {
    const int descriptor = files.create(path, plain_file_mode);
    if (descriptor < 0) return descriptor;
    Open open(files, descriptor);
    unfinished.file(path);
    if (mode) require(files.change_mode(descriptor, *mode), message::action_create, shown);
    write_all(files, descriptor, bytes, shown);
    require(uninterrupted([&] { return files.sync(descriptor); }), message::action_sync, shown);
    require(open.close(), message::action_close, shown);
    return 0;
}

/// A name beside `path` that nothing has yet, found with `make`, which returns -EEXIST for taken ones.
template <class Make>
std::string temporary_beside(const std::string& path, const MessageText& action, Make make) {
    const std::string stem = parent_of(path) + "/.countyplan-" + to_text(static_cast<std::int64_t>(getpid())) + "-";
    for (int n = 0; n < 10'000; ++n) {
        std::string candidate = stem + to_text(n) + ".tmp";
        const int result = make(candidate);
        if (result == -EEXIST) continue;
        require(result, action, path);
        return candidate;
    }
    fail(action, path, EEXIST);
}

FileStatus look(Files& files, const std::string& path) {
    FileStatus status;
    require(files.status_at(path, status), message::action_open, path);
    return status;
}

[[noreturn]] void refuse_existing(const std::string& path) {
    throw IoError(Message(message::output_exists, {excerpt(path)}), path, EEXIST);
}

/// What an existing directory holds, after making sure that nothing but older editions of `entries` is lost.
std::vector<std::string> replaceable_content(Files& files, const std::string& path,
                                             const std::vector<NamedBytes>& entries,
                                             const std::vector<std::string>& others) {
    std::vector<std::string> names;
    require(files.list(path, names), message::action_list, path);
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
        const bool is_ours = std::ranges::find(entries, name, &NamedBytes::name) != entries.end() ||
                             std::ranges::find(others, name) != others.end();
        if (!is_ours || look(files, path + "/" + name).kind != FileKind::regular) {
            throw IoError(Message(message::output_not_replaceable, {excerpt(path), excerpt(name)}), path, 0);
        }
    }
    return names;
}

void remove_directory_with(Files& files, const std::string& path, const std::vector<std::string>& names) {
    for (const std::string& name : names)
        (void)files.remove_file(path + "/" + name);
    (void)files.remove_directory(path);
}

std::string lower_case(std::string_view name) {
    std::string out(name);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

void check_names(const std::vector<NamedBytes>& entries, const std::string& path) {
    std::vector<std::pair<std::string, const std::string*>> names;
    names.reserve(entries.size());
    for (const NamedBytes& entry : entries) {
        if (!is_safe_file_name(entry.name)) {
            throw IoError(Message(message::unsafe_file_name, {excerpt(entry.name)}), path, 0);
        }
        names.emplace_back(lower_case(entry.name), &entry.name);
    }
    std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t i = 1; i < names.size(); ++i) {
        if (names[i].first != names[i - 1].first) continue;
        throw IoError(Message(message::file_name_clash, {*names[i - 1].second, *names[i].second}), path, 0);
    }
}

/// What is where a file is to be written, after making sure that it may be.
FileStatus file_place(Files& files, const std::string& path, Existing existing) {
    const FileStatus before = look(files, path);
    if (before.kind == FileKind::directory || before.kind == FileKind::other) {
        throw IoError(Message(message::not_a_regular_file, {excerpt(path), kind_name(before.kind)}), path,
                      before.kind == FileKind::directory ? EISDIR : EINVAL);
    }
    if (before.kind != FileKind::absent && existing == Existing::refuse) refuse_existing(path);
    return before;
}

struct DirectoryPlace {
    FileKind kind = FileKind::absent;
    std::vector<std::string> names;  ///< of the files to be replaced
};

/// The same of a directory.
DirectoryPlace directory_place(Files& files, const std::string& path, const std::vector<NamedBytes>& entries,
                               Existing existing, const std::vector<std::string>& others = {}) {
    check_names(entries, path);
    const FileStatus before = look(files, path);
    if (before.kind != FileKind::absent && before.kind != FileKind::directory) {
        throw IoError(Message(message::not_a_directory, {excerpt(path), kind_name(before.kind)}), path, ENOTDIR);
    }
    DirectoryPlace place{before.kind, {}};
    if (before.kind == FileKind::directory) {
        std::vector<std::string> names;
        require(files.list(path, names), message::action_list, path);
        if (!names.empty() && existing == Existing::refuse) refuse_existing(path);
        place.names = replaceable_content(files, path, entries, others);
    }
    return place;
}

/// Syncing is the one call of the seam that opens a directory.
void require_parent(Files& files, const std::string& path) {
    require(files.sync_directory(parent_of(path)), message::action_create, path);
}

void refuse_nul(const std::string& path) {
    if (path.empty() || path.find('\0') != std::string::npos) {
        throw IoError(Message(message::unsafe_file_name, {excerpt(path)}), path, 0);
    }
}

}  // namespace

IoError::IoError(Message message, std::string path, int code)
    : std::runtime_error(text(message, Language::en)),
      message_(std::move(message)),
      path_(std::move(path)),
      code_(code) {}

int Files::open_to_read(const std::string& path) {
    // not blocking, so that a FIFO without a writer is looked at and refused instead of waited for
    return outcome(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
}

int Files::create(const std::string& path, unsigned mode) {
    return outcome(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
}

int Files::open_to_append(const std::string& path, unsigned mode) {
    return outcome(::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, mode));
}

int Files::lock(int descriptor, int& holder) {
    struct flock whole {};  // says who has it; what excludes is `flock`, which no other descriptor can drop
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
        (void)::fcntl(descriptor, F_SETLK, &whole);
        return 0;
    }
    const int error = errno;
    holder = ::fcntl(descriptor, F_GETLK, &whole) == 0 && whole.l_type != F_UNLCK ? whole.l_pid : 0;
    return -error;
}

int Files::truncate(int descriptor, std::uint64_t size) {
    return outcome(::ftruncate(descriptor, static_cast<off_t>(size)));
}

std::int64_t Files::read(int descriptor, char* buffer, std::size_t size) {
    const auto got = ::read(descriptor, buffer, size);
    return got < 0 ? -errno : static_cast<std::int64_t>(got);
}

std::int64_t Files::write(int descriptor, const char* buffer, std::size_t size) {
    const auto put = ::write(descriptor, buffer, size);
    return put < 0 ? -errno : static_cast<std::int64_t>(put);
}

int Files::sync(int descriptor) { return outcome(::fsync(descriptor)); }

int Files::close(int descriptor) { return outcome(::close(descriptor)); }

int Files::change_mode(int descriptor, unsigned mode) { return outcome(::fchmod(descriptor, mode)); }

int Files::status_of(int descriptor, FileStatus& status) {
    struct stat found {};
    if (::fstat(descriptor, &found) < 0) return -errno;
    status = status_from(found);
    return 0;
}

int Files::status_at(const std::string& path, FileStatus& status) {
    struct stat found {};
    status = FileStatus{};
    if (::lstat(path.c_str(), &found) < 0) return errno == ENOENT ? 0 : -errno;
    status = status_from(found);
    return 0;
}

int Files::make_directory(const std::string& path, unsigned mode) { return outcome(::mkdir(path.c_str(), mode)); }

int Files::sync_directory(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return -errno;
    int result = outcome(::fsync(descriptor));
    if (result == -EINVAL || result == -EROFS) result = 0;  // this file system has nothing to sync
    (void)::close(descriptor);
    return result;
}

int Files::list(const std::string& path, std::vector<std::string>& names) {
    DIR* const directory = ::opendir(path.c_str());
    if (directory == nullptr) return -errno;
    int result = 0;
    for (;;) {
        errno = 0;
        const dirent* const entry = ::readdir(directory);  // NOLINT(concurrency-mt-unsafe): a stream of our own
        if (entry == nullptr) {
            result = -errno;
            break;
        }
        const std::string_view name = static_cast<const char*>(entry->d_name);
        if (name != "." && name != "..") names.emplace_back(name);
    }
    (void)::closedir(directory);
    return result;
}

int Files::rename(const std::string& from, const std::string& to) {
    return outcome(::rename(from.c_str(), to.c_str()));
}

int Files::rename_new(const std::string& from, const std::string& to) {
    const int result = rename_with(from, to, flag_no_replace);
    if (result != -EINVAL && result != -ENOSYS) return result;
    FileStatus status;  // an older file system: look first, which leaves a moment for a rival
    const int looked = status_at(to, status);
    if (looked < 0) return looked;
    return status.kind == FileKind::absent ? rename(from, to) : -EEXIST;
}

int Files::exchange(const std::string& one, const std::string& other) { return rename_with(one, other, flag_exchange); }

int Files::remove_file(const std::string& path) { return outcome(::unlink(path.c_str())); }

int Files::remove_directory(const std::string& path) { return outcome(::rmdir(path.c_str())); }

Files& real_files() {
    static Files files;
    return files;
}

std::string read_file(const std::string& path, const Limits& limits, Files& files) {
    refuse_nul(path);
    const int descriptor = uninterrupted([&] { return files.open_to_read(path); });
    require(descriptor, message::action_open, path);
    const Open open(files, descriptor);
    FileStatus status;
    require(files.status_of(descriptor, status), message::action_open, path);
    if (status.kind != FileKind::regular) {
        throw IoError(Message(message::not_a_regular_file, {excerpt(path), kind_name(status.kind)}), path,
                      status.kind == FileKind::directory ? EISDIR : EINVAL);
    }
    if (status.size > limits.file_bytes) refuse_large(path, limits);
    return read_open(files, descriptor, path, status.size, limits);
}

std::string read_stream(int descriptor, const std::string& name, const Limits& limits, Files& files) {
    return read_open(files, descriptor, name, read_chunk, limits);
}

void save_file(const std::string& path, std::string_view bytes, Existing existing, Files& files) {
    refuse_nul(path);
    const FileStatus before = file_place(files, path, existing);
    const unsigned* const mode = before.kind == FileKind::regular ? &before.mode : nullptr;

    Unfinished unfinished(files);
    const std::string temporary = temporary_beside(path, message::action_create, [&](const std::string& candidate) {
        return write_new(files, candidate, bytes, mode, path, unfinished);
    });
    if (existing == Existing::replace) {
        require(files.rename(temporary, path), message::action_rename, path);
    } else {
        const int renamed = files.rename_new(temporary, path);
        if (renamed == -EEXIST) refuse_existing(path);
        require(renamed, message::action_rename, path);
    }
    unfinished.keep();
    require(files.sync_directory(parent_of(path)), message::action_sync, path);
}

void append_file(const std::string& path, const std::function<Append(std::string_view held)>& decide,
                 const Limits& limits, Files& files) {
    refuse_nul(path);
    const FileStatus before = look(files, path);
    if (before.kind != FileKind::absent && before.kind != FileKind::regular) {
        throw IoError(Message(message::not_a_regular_file, {excerpt(path), kind_name(before.kind)}), path,
                      before.kind == FileKind::directory ? EISDIR : EINVAL);
    }
    const int descriptor = open_alone(files, path);
    Open open(files, descriptor);
    FileStatus status;
    require(files.status_of(descriptor, status), message::action_open, path);
    const std::string held = read_open(files, descriptor, path, status.size, limits);
    const Append next = decide(held);
    if (next.keep + next.bytes.size() > limits.file_bytes) refuse_large(path, limits);
    if (next.keep < held.size()) require(files.truncate(descriptor, next.keep), message::action_write, path);
    try {
        write_all(files, descriptor, next.bytes, path);
        require(uninterrupted([&] { return files.sync(descriptor); }), message::action_sync, path);
        if (before.kind == FileKind::absent || held.empty()) {
            require(files.sync_directory(parent_of(path)), message::action_sync, path);
        }
    } catch (const IoError&) {
        (void)files.truncate(descriptor, next.keep);
        throw;
    }
    require(open.close(), message::action_close, path);
}

void require_file_place(const std::string& path, Existing existing, Files& files) {
    refuse_nul(path);
    (void)file_place(files, path, existing);
    require_parent(files, path);
}

void require_directory_place(const std::string& given_path, const std::vector<NamedBytes>& entries, Existing existing,
                             Files& files) {
    refuse_nul(given_path);
    const std::string path = without_trailing_slashes(given_path);
    (void)directory_place(files, path, entries, existing);
    require_parent(files, path);
}

void save_directory(const std::string& given_path, const std::vector<NamedBytes>& entries, Existing existing,
                    Files& files, const std::vector<std::string>& others) {
    refuse_nul(given_path);
    const std::string path = without_trailing_slashes(given_path);
    const DirectoryPlace before = directory_place(files, path, entries, existing, others);

    Unfinished unfinished(files);
    const std::string temporary = temporary_beside(path, message::action_create, [&](const std::string& candidate) {
        const int made = files.make_directory(candidate, plain_directory_mode);
        if (made >= 0) unfinished.directory(candidate);
        return made;
    });
    unfinished.reserve(entries.size());
    for (const NamedBytes& entry : entries) {
        const std::string shown = path + "/" + entry.name;
        require(write_new(files, temporary + "/" + entry.name, entry.bytes, nullptr, shown, unfinished),
                message::action_create, shown);
    }
    require(files.sync_directory(temporary), message::action_sync, path);

    if (before.kind == FileKind::absent) {
        const int renamed = files.rename_new(temporary, path);
        if (renamed == -EEXIST) refuse_existing(path);
        require(renamed, message::action_rename, path);
        unfinished.keep();
    } else if (before.names.empty()) {
        require(files.rename(temporary, path), message::action_rename, path);  // takes the place of an empty one
        unfinished.keep();
    } else {
        const int exchanged = files.exchange(temporary, path);
        if (exchanged == -ENOSYS || exchanged == -EINVAL) {
            // two steps: between them the old directory waits beside under a temporary name
            const std::string aside = temporary_beside(path, message::action_rename, [&](const std::string& candidate) {
                return files.rename_new(path, candidate);
            });
            const int renamed = files.rename(temporary, path);
            if (renamed < 0) {
                (void)files.rename(aside, path);
                fail(message::action_rename, path, -renamed);
            }
            unfinished.keep();
            remove_directory_with(files, aside, before.names);
        } else {
            require(exchanged, message::action_rename, path);
            unfinished.keep();
            remove_directory_with(files, temporary, before.names);
        }
    }
    require(files.sync_directory(parent_of(path)), message::action_sync, path);
}

bool is_safe_file_name(std::string_view name) {
    constexpr std::size_t longest = 200;
    if (name.empty() || name.size() > longest || name == "." || name == "..") return false;
    if (name.front() == '-' || name.front() == ' ' || name.back() == '.' || name.back() == ' ') return false;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F || std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos) {
            return false;
        }
    }
    const std::string stem = lower_case(name.substr(0, name.find('.')));
    for (const std::string_view reserved : {"con", "prn", "aux", "nul"}) {
        if (stem == reserved) return false;
    }
    const bool port = stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt"));
    return !(port && stem[3] >= '0' && stem[3] <= '9');
}

}  // namespace countyplan
