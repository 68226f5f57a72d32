// The program `countyplan-check`: reads a plan and a result and says whether the one is a best staffing of the
// other, from the definitions alone.
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include <countyplan/io/file.hpp>
#include <countyplan/io/flaw.hpp>
#include <countyplan/io/read.hpp>
#include <countyplan/io/result.hpp>
#include <countyplan/version.hpp>

#include "judge.hpp"
#include "messages.hpp"
#include "objection.hpp"
#include "solve.hpp"
#include "statements.hpp"

namespace countyplan {

namespace {

enum Exit { accepted = 0, unreadable = 2, refused = 3, io_failed = 5, wrong_usage = 64, internal = 70 };

bool write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto put = ::write(descriptor, bytes.data(), bytes.size());
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    return true;
}

/// `text` on one line, with everything that could steer a terminal escaped.
std::string printable(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto lead = static_cast<unsigned char>(text.front());
        const std::string_view one = text.substr(0, lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4);
        out += lead >= 0x20 && lead < 0x7F ? std::string(one) : excerpt(one);
        text.remove_prefix(one.size());
    }
    return out;
}

class Check {
  public:
    explicit Check(Language language) : language_(language) {}

    int run(const std::string& plan_path, const std::string& result_path) {
        return finish(judge_result(plan_path, result_path));
    }

    int run_solve(const std::string& problem_path, const std::string& certificate_path,
                  std::optional<ProblemFormat> format) {
        return finish(judge_solve(problem_path, certificate_path, format));
    }

    int fail(int code, const std::string& file, const Message& why) {
        lines_ += "REFUSE " + printable(file) + " -: " + printable(text(why, language_)) + "\n";
        return finish(code);
    }

  private:
    int judge_result(const std::string& plan_path, const std::string& result_path) {
        Reading reading = read_draft(plan_path);
        if (has_errors(reading.findings)) return refuse_reading(reading.findings, plan_path);
        const Plan plan(std::move(reading.draft));
        say(Message(message::checked_plan,
                    {std::to_string(plan.rows().posts.size()), std::to_string(plan.rows().experts.size())}));
        const AllocationReading result = read_allocation(result_path);
        if (has_errors(result.findings)) return refuse_reading(result.findings, result_path);
        Objected objection = judge(plan, result, [this](const Message& message) { say(message); });
        if (!objection && !result.allocation.tiers.empty()) {
            objection = examine_unfilled_table(plan, result.allocation, read_file(result_path + "/" + unfilled_file));
        }
        return conclude(objection);
    }

    int judge_solve(const std::string& problem_path, const std::string& certificate_path,
                    std::optional<ProblemFormat> format) {
        const SolveCheck check =
            check_solve(problem_path, certificate_path, format, [this](const Message& message) { say(message); });
        if (has_errors(check.unreadable)) return refuse_reading(check.unreadable, check.file);
        return conclude(check.objection);
    }

    int conclude(const Objected& objection) {
        if (objection) {
            lines_ += "REFUSE " + printable(objection->file) + " " + printable(objection->key) + ": " +
                      printable(text(objection->why, language_)) + "\n";
            return refused;
        }
        lines_ += "ACCEPT\n";
        return accepted;
    }

    /// The first error, as an item of its file.
    int refuse_reading(const Findings& findings, const std::string& path) {
        const auto first = std::ranges::find(findings, Severity::error, &Finding::severity);
        const std::string file = first->source.file.empty() ? path : first->source.file;
        std::string key = first->source.pointer;
        if (key.empty() && first->source.line != 0) key = "line " + std::to_string(first->source.line);
        if (key.empty()) key = to_text(first->place);
        lines_ += "REFUSE " + printable(file) + " " + (key.empty() ? "-" : printable(key)) + ": " +
                  printable(text(first->message, language_)) + "\n";
        return unreadable;
    }

    void say(const Message& message) { lines_ += printable(text(message, language_)) + "\n"; }

    int finish(int code) {
        const std::string lines = std::move(lines_);
        lines_.clear();
        return write_all(STDOUT_FILENO, lines) ? code : io_failed;
    }

    Language language_;
    std::string lines_;
};

Language language_of_environment() {
    for (const char* const name : {"COUNTYPLAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): there is one thread
        if (value == nullptr || *value == '\0') continue;
        return std::string_view(value).starts_with("zh") ? Language::zh : Language::en;
    }
    return Language::en;
}

int usage_failure(std::string_view word, Language language) {
    const Message message(message::checker_wrong_usage, {excerpt(word)});
    (void)write_all(STDERR_FILENO,
                    text(message, language) + "\n" + std::string(text(message::checker_usage, language)) + "\n");
    return wrong_usage;
}

/// What the command line asks for.
struct Request {
    std::vector<std::string> paths;  ///< of plan and result, or of problem and certificate
    bool is_solve = false;
    std::optional<ProblemFormat> format;
};

int guarded(const Request& request, Language language) {
    const std::vector<std::string>& paths = request.paths;
    Check check(language);
    try {
        return request.is_solve ? check.run_solve(paths[0], paths[1], request.format) : check.run(paths[0], paths[1]);
    } catch (const RefusedInput& error) {
        return check.fail(unreadable, paths[1], error.message());
    } catch (const IoError& error) {
        return check.fail(io_failed, error.path(), error.message());
    } catch (const std::bad_alloc&) {
        return check.fail(internal, paths[0], message::checker_out_of_memory);
    } catch (const std::exception& error) {
        return check.fail(internal, paths[0], Message(message::checker_internal, {error.what()}));
    }
}

int run(int count, char** words) {
    Language language = language_of_environment();
    Request request;
    std::vector<std::string>& paths = request.paths;
    bool wants_help = false;
    bool wants_version = false;
    bool only_paths = false;
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        if (only_paths || !word.starts_with('-')) {
            paths.push_back(word);
        } else if (word == "--") {
            only_paths = true;
        } else if (word == "--help" || word == "-h") {
            wants_help = true;
        } else if (word == "--version") {
            wants_version = true;
        } else if (word == "--lang" && i + 1 < count &&
                   (std::string_view(words[i + 1]) == "zh" || std::string_view(words[i + 1]) == "en")) {
            language = std::string_view(words[++i]) == "zh" ? Language::zh : Language::en;
        } else if (word == "--format" && i + 1 < count && enumerator<ProblemFormat>(words[i + 1])) {
            request.format = enumerator<ProblemFormat>(words[++i]);
        } else {
            return usage_failure(word, language);
        }
    }
    if (wants_help) {
        return write_all(STDOUT_FILENO, std::string(text(message::checker_usage, language)) + "\n") ? accepted
                                                                                                    : io_failed;
    }
    if (wants_version) {
        return write_all(STDOUT_FILENO, "countyplan-check " + std::string(version) + "\n") ? accepted : io_failed;
    }
    if (paths.size() == 3 && paths.front() == "solve") {
        request.is_solve = true;
        paths.erase(paths.begin());
    }
    if (paths.size() != 2) return usage_failure(paths.size() > 2 ? paths[2] : "PLAN RESULT_DIR", language);
    if (request.format && !request.is_solve) return usage_failure("--format", language);
    return guarded(request, language);
}

}  // namespace

}  // namespace countyplan

int main(int count, char** words) {
    for (int descriptor = 0; descriptor <= 2; ++descriptor) {
        // a closed one would be given to the next file that is opened
        if (::fcntl(descriptor, F_GETFD) < 0 && ::open("/dev/null", O_RDONLY) < 0) return countyplan::io_failed;
    }
    (void)std::signal(SIGPIPE, SIG_IGN);
    return countyplan::run(count, words);
}
