// What does a program of ours print, and how does it end, when it is run like this?
#pragma once

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace journey {

/// Where a stream of the program goes.
enum class Stream { pipe, terminal, full_device, closed };

struct Run {
    std::string program = "countyplan";
    std::vector<std::string> arguments{};
    std::vector<std::string> environment{};  ///< `NAME=value`, on top of PATH
    std::string input{};
    bool endless_input = false;
    Stream out = Stream::pipe;
    Stream err = Stream::pipe;
    /// Called with the text on standard error so far and the process; may send signals.
    std::function<void(const std::string& err, int process)> watch{};
};

struct Ending {
    int exit = -1;  ///< -1: ended by `signal`
    int signal = 0;
    std::string out;
    std::string err;
};

inline std::string program_path(const std::string& name) {
    const char* const folder = std::getenv("COUNTYPLAN_BIN_DIR");
    if (folder == nullptr) throw std::runtime_error("COUNTYPLAN_BIN_DIR must say where the programs are");
    return std::string(folder) + "/" + name;
}

namespace detail {

struct Ends {
    int ours = -1;
    int theirs = -1;
};

inline Ends open_stream(Stream stream) {
    if (stream == Stream::full_device) return {-1, ::open("/dev/full", O_WRONLY | O_CLOEXEC)};
    if (stream == Stream::closed) return {};
    if (stream == Stream::terminal) {
        const int ours = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
        if (ours < 0 || ::grantpt(ours) != 0 || ::unlockpt(ours) != 0) throw std::runtime_error("no terminal");
        return {ours, ::open(::ptsname(ours), O_RDWR | O_NOCTTY | O_CLOEXEC)};
    }
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    return {ends[0], ends[1]};
}

}  // namespace detail

/// Runs to the end, at most two minutes.
inline Ending run(const Run& what) {
    const std::string path = program_path(what.program);
    std::vector<std::string> words{path};
    words.insert(words.end(), what.arguments.begin(), what.arguments.end());
    std::vector<char*> arguments;
    for (std::string& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    std::vector<std::string> variables{"PATH=/usr/bin:/bin"};
    variables.insert(variables.end(), what.environment.begin(), what.environment.end());
    std::vector<char*> environment;
    for (std::string& variable : variables)
        environment.push_back(variable.data());
    environment.push_back(nullptr);

    detail::Ends in = detail::open_stream(Stream::pipe);
    std::swap(in.ours, in.theirs);  // the program reads
    detail::Ends out = detail::open_stream(what.out);
    detail::Ends err = detail::open_stream(what.err);
    (void)std::signal(SIGPIPE, SIG_IGN);
    const int process = ::fork();
    if (process < 0) throw std::runtime_error("cannot fork");
    if (process == 0) {
        (void)std::signal(SIGPIPE, SIG_DFL);
        (void)std::signal(SIGINT, SIG_DFL);
        ::dup2(in.theirs, 0);
        if (out.theirs >= 0) {
            ::dup2(out.theirs, 1);
        } else {
            ::close(1);
        }
        if (err.theirs >= 0) {
            ::dup2(err.theirs, 2);
        } else {
            ::close(2);
        }
        ::execve(path.c_str(), arguments.data(), environment.data());
        ::_exit(127);
    }
    for (const int theirs : {in.theirs, out.theirs, err.theirs}) {
        if (theirs >= 0) ::close(theirs);
    }
    ::fcntl(in.ours, F_SETFL, O_NONBLOCK);

    Ending end;
    std::string_view input = what.input;
    const std::string endless(65536, 'y');
    const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(2);
    while (out.ours >= 0 || err.ours >= 0) {
        pollfd waiting[] = {{out.ours, POLLIN, 0}, {err.ours, POLLIN, 0}, {in.ours, POLLOUT, 0}};
        (void)::poll(waiting, 3, 50);
        if (in.ours >= 0 && waiting[2].revents != 0) {
            const std::string_view next = what.endless_input ? std::string_view(endless) : input;
            const auto put = next.empty() ? 0 : ::write(in.ours, next.data(), next.size());
            if (put > 0 && !what.endless_input) input.remove_prefix(static_cast<std::size_t>(put));
            if ((put < 0 && errno != EAGAIN) || (!what.endless_input && input.empty())) {
                ::close(in.ours);
                in.ours = -1;
            }
        }
        const auto take = [](int& descriptor, const pollfd& ready, std::string& text) {
            if (descriptor < 0 || ready.revents == 0) return;
            char buffer[65536];
            const auto got = ::read(descriptor, buffer, sizeof buffer);
            if (got > 0) {
                text.append(buffer, static_cast<std::size_t>(got));
            } else if (got == 0 || errno != EINTR) {
                ::close(descriptor);
                descriptor = -1;
            }
        };
        take(out.ours, waiting[0], end.out);
        take(err.ours, waiting[1], end.err);
        if (what.watch) what.watch(end.err, process);
        if (std::chrono::steady_clock::now() > until) (void)::kill(process, SIGKILL);
    }
    if (in.ours >= 0) ::close(in.ours);
    int status = 0;
    (void)::waitpid(process, &status, 0);
    if (WIFEXITED(status)) {
        end.exit = WEXITSTATUS(status);
    } else if (WIFSIGNALED(status)) {
        end.signal = WTERMSIG(status);
    }
    return end;
}

inline Ending countyplan(std::vector<std::string> arguments) { return run({.arguments = std::move(arguments)}); }

inline Ending checker(std::vector<std::string> arguments) {
    return run({.program = "countyplan-check", .arguments = std::move(arguments)});
}

/// The last line that ends with a line feed.
inline std::string last_line(const std::string& text) {
    if (text.empty()) return {};
    const std::size_t end = text.back() == '\n' ? text.size() - 1 : text.size();
    const std::size_t before = text.rfind('\n', end - 1);
    const std::size_t start = before == std::string::npos ? 0 : before + 1;
    return text.substr(start, end - start);
}

inline std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(file), {}};
}

inline void put_bytes(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream file(path, std::ios::binary);
    file << bytes;
    if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

/// A directory of one test, gone when it ends.
class Scratch {
  public:
    Scratch() {
        std::string pattern = (std::filesystem::temp_directory_path() / "countyplan-test-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no scratch directory");
        path_ = pattern;
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// What it holds, sorted: to see that nothing is left behind.
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> out;
        for (const auto& entry : std::filesystem::directory_iterator(path_))
            out.push_back(entry.path().filename().string());
        std::ranges::sort(out);
        return out;
    }

  private:
    std::filesystem::path path_;
};

}  // namespace journey
