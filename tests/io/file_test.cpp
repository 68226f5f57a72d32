#include <countyplan/io/file.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/io/flaw.hpp>

namespace {

using namespace countyplan;
using namespace std::string_literals;
namespace fs = std::filesystem;

class FileTest : public testing::Test {
  protected:
    FileTest() {
        std::string pattern = (fs::temp_directory_path() / "countyplan-file-XXXXXX").string();
        root_ = mkdtemp(pattern.data());
    }
    ~FileTest() override { fs::remove_all(root_); }

    [[nodiscard]] std::string at(const std::string& name) const { return root_ + "/" + name; }
    /// All names below the root and what the files say: to see that nothing is left behind.
    [[nodiscard]] std::string content() const {
        std::vector<std::string> lines;
        for (const auto& entry : fs::recursive_directory_iterator(root_)) {
            const std::string name = entry.path().string().substr(root_.size() + 1);
            lines.push_back(entry.is_regular_file() ? name + "=" + read_file(entry.path().string()) : name + "/");
        }
        std::sort(lines.begin(), lines.end());
        std::string out;
        for (const std::string& line : lines)
            out += line + " ";
        return out;
    }

  private:
    std::string root_;
};

/// The real disk, but call number `fail_at` fails with `code`; short reads and writes when asked.
class FaultyFiles : public Files {
  public:
    std::size_t calls = 0;
    std::size_t fail_at = 0;
    bool from_then_on = false;
    int code = EIO;
    bool short_transfers = false;
    bool interrupts = false;
    bool can_exchange = true;

    int open_to_read(const std::string& path) override {
        return faulty([&] { return Files::open_to_read(path); });
    }
    int create(const std::string& path, unsigned mode) override {
        return faulty([&] { return Files::create(path, mode); });
    }
    std::int64_t read(int descriptor, char* buffer, std::size_t size) override {
        if (interrupted()) return -EINTR;
        return faulty(
            [&] { return Files::read(descriptor, buffer, short_transfers ? std::min<std::size_t>(size, 3) : size); });
    }
    std::int64_t write(int descriptor, const char* buffer, std::size_t size) override {
        if (interrupted()) return -EINTR;
        return faulty(
            [&] { return Files::write(descriptor, buffer, short_transfers ? std::min<std::size_t>(size, 3) : size); });
    }
    int sync(int descriptor) override {
        if (interrupted()) return -EINTR;
        return faulty([&] { return Files::sync(descriptor); });
    }
    int close(int descriptor) override {
        const int result = Files::close(descriptor);  // a close that fails has closed all the same
        return faulty([&] { return result; });
    }
    int change_mode(int descriptor, unsigned mode) override {
        return faulty([&] { return Files::change_mode(descriptor, mode); });
    }
    int status_of(int descriptor, FileStatus& status) override {
        return faulty([&] { return Files::status_of(descriptor, status); });
    }
    int status_at(const std::string& path, FileStatus& status) override {
        return faulty([&] { return Files::status_at(path, status); });
    }
    int make_directory(const std::string& path, unsigned mode) override {
        return faulty([&] { return Files::make_directory(path, mode); });
    }
    int sync_directory(const std::string& path) override {
        return faulty([&] { return Files::sync_directory(path); });
    }
    int list(const std::string& path, std::vector<std::string>& names) override {
        return faulty([&] { return Files::list(path, names); });
    }
    int rename(const std::string& from, const std::string& to) override {
        return faulty([&] { return Files::rename(from, to); });
    }
    int rename_new(const std::string& from, const std::string& to) override {
        return faulty([&] { return Files::rename_new(from, to); });
    }
    int exchange(const std::string& one, const std::string& other) override {
        if (!can_exchange) return -EINVAL;
        return faulty([&] { return Files::exchange(one, other); });
    }
    // removal is the cleaning up itself, which is not made to fail

  private:
    template <class Call>
    auto faulty(Call call) -> decltype(call()) {
        ++calls;
        const bool fails = fail_at != 0 && (from_then_on ? calls >= fail_at : calls == fail_at);
        return fails ? static_cast<decltype(call())>(-code) : call();
    }
    bool interrupted() {
        turn_ = !turn_;
        return interrupts && turn_;
    }
    bool turn_ = false;
};

/// The code, errno and path of what `call` throws.
struct Thrown {
    std::string message;
    int code = 0;
    std::string path;
};

Thrown thrown(const std::function<void()>& call) {
    try {
        call();
    } catch (const IoError& error) {
        EXPECT_FALSE(text(error.message(), Language::zh).empty());
        return {std::string(error.message().code()), error.code(), error.path()};
    } catch (const RefusedInput& error) {
        return {std::string(error.message().code()), 0, {}};
    }
    return {};
}

TEST_F(FileTest, ReadsBackWhatWasSaved) {
    const std::string bytes = "a\0b\n县"s + std::string(3'000'000, 'x');
    save_file(at("one"), bytes);
    EXPECT_EQ(read_file(at("one")), bytes);
    save_file(at("empty"), "");
    EXPECT_EQ(read_file(at("empty")), "");
}

TEST_F(FileTest, Item23LargerThanTheLimitIsRefusedEvenFromAnEndlessStream) {
    save_file(at("ten"), "0123456789");
    Limits limits;
    limits.file_bytes = 10;
    EXPECT_EQ(read_file(at("ten"), limits).size(), 10U);
    limits.file_bytes = 9;
    EXPECT_EQ(thrown([&] { (void)read_file(at("ten"), limits); }).message, "size_limit");

    const int endless = open("/dev/zero", O_RDONLY | O_CLOEXEC);
    ASSERT_GE(endless, 0);
    limits.file_bytes = 5'000'000;
    EXPECT_EQ(thrown([&] { (void)read_stream(endless, "-", limits); }).message, "size_limit");
    close(endless);
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    ASSERT_EQ(write(ends[1], "hello", 5), 5);
    close(ends[1]);
    EXPECT_EQ(read_stream(ends[0], "-", limits), "hello");
    close(ends[0]);
}

TEST_F(FileTest, Item74WhatIsNoRegularFileIsRefusedWithErrnoAndPath) {
    fs::create_directory(at("directory"));
    ASSERT_EQ(mkfifo(at("fifo").c_str(), 0600), 0);
    for (const std::string& path : {at("directory"), at("fifo"), "/dev/zero"s}) {
        const Thrown read = thrown([&] { (void)read_file(path); });
        EXPECT_EQ(read.message, "not_a_regular_file");
        EXPECT_NE(read.code, 0);
        EXPECT_EQ(read.path, path);
        EXPECT_EQ(thrown([&] { save_file(path, "x", Existing::replace); }).message, "not_a_regular_file");
    }
    const Thrown missing = thrown([&] { (void)read_file(at("missing")); });
    EXPECT_EQ(missing.message, "io_error");
    EXPECT_EQ(missing.code, ENOENT);
    EXPECT_EQ(missing.path, at("missing"));
    EXPECT_EQ(thrown([&] { save_file(at("none/x"), "x"); }).code, ENOENT);
    EXPECT_EQ(thrown([&] { (void)read_file("a\0b"s); }).message, "unsafe_file_name");
}

TEST_F(FileTest, Item74EveryFaultLeavesTheOldFileOrTheNewAndNoOther) {
    for (const bool replace : {false, true}) {
        for (const int code : {EIO, ENOSPC, EDQUOT}) {
            for (std::size_t k = 1;; ++k) {
                SCOPED_TRACE(k);
                fs::remove(at("file"));
                if (replace) save_file(at("file"), "old");
                FaultyFiles files;
                files.fail_at = k;
                files.code = code;
                const Thrown error = thrown(
                    [&] { save_file(at("file"), "new", replace ? Existing::replace : Existing::refuse, files); });
                if (error.message.empty()) {
                    EXPECT_LT(files.calls, k);
                    EXPECT_EQ(content(), "file=new ");
                    break;
                }
                EXPECT_EQ(error.message, "io_error");
                EXPECT_EQ(error.code, code);
                EXPECT_EQ(error.path, at("file"));
                // after the rename only the sync of the directory can fail: the new file stands
                const std::string before = replace ? "file=old " : "";
                EXPECT_TRUE(content() == before || content() == "file=new ") << content();
            }
        }
    }
}

TEST_F(FileTest, Item74InterruptsAndShortTransfersChangeNothing) {
    FaultyFiles files;
    files.short_transfers = true;
    files.interrupts = true;
    save_file(at("file"), "0123456789", Existing::refuse, files);
    EXPECT_EQ(read_file(at("file"), {}, files), "0123456789");
    for (std::size_t k = 1; k < 20; ++k) {
        FaultyFiles failing;
        failing.fail_at = k;
        const Thrown error = thrown([&] { EXPECT_EQ(read_file(at("file"), {}, failing), "0123456789"); });
        EXPECT_EQ(error.code, error.message.empty() ? 0 : EIO);
    }
}

TEST_F(FileTest, Item75PermissionsStayAndLinksAreNotFollowed) {
    save_file(at("secret"), "old");
    ASSERT_EQ(chmod(at("secret").c_str(), 0600), 0);
    fs::create_hard_link(at("secret"), at("other"));
    save_file(at("secret"), "new", Existing::replace);
    struct stat found {};
    ASSERT_EQ(stat(at("secret").c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 07777U, 0600U);
    EXPECT_EQ(read_file(at("other")), "old");

    fs::create_symlink(at("other"), at("link"));
    save_file(at("link"), "mine", Existing::replace);
    EXPECT_EQ(read_file(at("other")), "old");
    EXPECT_EQ(read_file(at("link")), "mine");
    EXPECT_FALSE(fs::is_symlink(at("link")));
}

TEST_F(FileTest, Item86AnExistingOutputIsRefusedUnlessItMayBeReplaced) {
    save_file(at("file"), "old");
    const Thrown error = thrown([&] { save_file(at("file"), "new"); });
    EXPECT_EQ(error.message, "output_exists");
    EXPECT_EQ(error.code, EEXIST);
    EXPECT_EQ(content(), "file=old ");
    save_file(at("file"), "new", Existing::replace);
    EXPECT_EQ(content(), "file=new ");

    save_directory(at("out"), {{"a.csv", "1"}});
    EXPECT_EQ(thrown([&] { save_directory(at("out"), {{"a.csv", "2"}}); }).message, "output_exists");
    EXPECT_EQ(content(), "file=new out/ out/a.csv=1 ");
    EXPECT_EQ(thrown([&] {
                  save_directory(at("file"), {{"a.csv", "2"}}, Existing::replace);
              }).message,
              "not_a_directory");
}

TEST_F(FileTest, ADirectoryIsWrittenWholeAndReplacedWhole) {
    save_directory(at("out"), {{"a.csv", "1"}, {"b.csv", "2"}});
    EXPECT_EQ(content(), "out/ out/a.csv=1 out/b.csv=2 ");
    save_directory(at("out") + "/", {{"a.csv", "3"}, {"b.csv", "4"}, {"c.csv", "5"}}, Existing::replace);
    EXPECT_EQ(content(), "out/ out/a.csv=3 out/b.csv=4 out/c.csv=5 ");
    FaultyFiles files;
    files.can_exchange = false;  // a file system without an exchange of names
    save_directory(at("out"), {{"a.csv", "6"}, {"b.csv", "7"}, {"c.csv", "8"}}, Existing::replace, files);
    EXPECT_EQ(content(), "out/ out/a.csv=6 out/b.csv=7 out/c.csv=8 ");
    fs::create_directory(at("empty"));
    save_directory(at("empty"), {{"x", "1"}});
    EXPECT_EQ(content(), "empty/ empty/x=1 out/ out/a.csv=6 out/b.csv=7 out/c.csv=8 ");
}

TEST_F(FileTest, ADirectoryThatIsNotOursIsNotReplaced) {
    fs::create_directories(at("home/projects"));
    EXPECT_EQ(thrown([&] {
                  save_directory(at("home"), {{"a", "1"}}, Existing::replace);
              }).message,
              "output_not_replaceable");
    save_directory(at("papers"), {{"thesis.txt", "1"}, {"a", "1"}});
    EXPECT_EQ(thrown([&] {
                  save_directory(at("papers"), {{"a", "2"}, {"b", "2"}}, Existing::replace);
              }).message,
              "output_not_replaceable");
    EXPECT_EQ(read_file(at("papers/thesis.txt")) + read_file(at("papers/a")), "11");
    save_directory(at("papers"), {{"a", "2"}, {"b", "2"}}, Existing::replace, real_files(), {"thesis.txt"});
    EXPECT_EQ(read_file(at("papers/a")) + read_file(at("papers/b")), "22");
    EXPECT_FALSE(fs::exists(at("papers/thesis.txt"))) << "it was given up";
    save_directory(at("repository"), {{"a", "1"}});
    save_file(at("repository/.git"), "x");
    EXPECT_EQ(thrown([&] {
                  save_directory(at("repository"), {{"a", "2"}}, Existing::replace);
              }).message,
              "output_not_replaceable");
    fs::create_directory_symlink(at("repository"), at("link"));
    EXPECT_EQ(thrown([&] { save_directory(at("link"), {{"a", "2"}}, Existing::replace); }).message, "not_a_directory");
    EXPECT_EQ(read_file(at("repository/a")), "1");
}

TEST_F(FileTest, APlaceIsRefusedBeforeAsSavingWouldRefuseIt) {
    const std::vector<NamedBytes> ours{{"a", ""}};
    save_file(at("file"), "mine");
    save_directory(at("full"), {{"other", "x"}});
    save_directory(at("old"), ours);
    fs::create_directory(at("empty"));
    const std::string before = content();
    EXPECT_NO_THROW(require_file_place(at("new")));
    EXPECT_NO_THROW(require_file_place(at("file"), Existing::replace));
    EXPECT_NO_THROW(require_directory_place(at("new/"), ours));
    EXPECT_NO_THROW(require_directory_place(at("empty"), ours));
    EXPECT_NO_THROW(require_directory_place(at("old"), ours, Existing::replace));
    EXPECT_THROW(require_file_place(at("file")), IoError);
    EXPECT_THROW(require_file_place(at("full"), Existing::replace), IoError);
    EXPECT_THROW(require_file_place(at("no/such"), Existing::replace), IoError);
    EXPECT_THROW(require_file_place(at("file/x"), Existing::replace), IoError);
    EXPECT_THROW(require_directory_place(at("old"), ours), IoError);
    EXPECT_THROW(require_directory_place(at("full"), ours, Existing::replace), IoError);
    EXPECT_THROW(require_directory_place(at("file"), ours, Existing::replace), IoError);
    EXPECT_THROW(require_directory_place(at("no/such"), ours), IoError);
    EXPECT_EQ(content(), before);
}

TEST_F(FileTest, Item74EveryFaultLeavesTheOldDirectoryOrTheNew) {
    const std::vector<NamedBytes> old_files{{"a", "1"}, {"b", "2"}};
    const std::vector<NamedBytes> new_files{{"a", "3"}, {"b", "3"}, {"c", "4"}};
    for (const bool can_exchange : {true, false}) {
        for (const bool replace : {false, true}) {
            for (std::size_t k = 1;; ++k) {
                SCOPED_TRACE(k);
                fs::remove_all(at("out"));
                if (replace) save_directory(at("out"), old_files);
                FaultyFiles files;
                files.fail_at = k;
                files.code = ENOSPC;
                files.can_exchange = can_exchange;
                const Thrown error = thrown([&] {
                    save_directory(at("out"), new_files, replace ? Existing::replace : Existing::refuse, files);
                });
                const std::string whole_new = "out/ out/a=3 out/b=3 out/c=4 ";
                if (error.message.empty()) {
                    EXPECT_LT(files.calls, k);
                    EXPECT_EQ(content(), whole_new);
                    break;
                }
                EXPECT_EQ(error.message, "io_error");
                EXPECT_EQ(error.code, ENOSPC);
                const std::string before = replace ? "out/ out/a=1 out/b=2 " : "";
                EXPECT_TRUE(content() == before || content() == whole_new) << content();
            }
        }
    }
}

TEST_F(FileTest, Item84And85NamesNeverBecomePathsNorClash) {
    for (const std::string& name : {""s,
                                    "."s,
                                    ".."s,
                                    "a/b"s,
                                    "../x"s,
                                    "/etc/x"s,
                                    "C:\\x"s,
                                    "a\\b"s,
                                    "CON"s,
                                    "con.csv"s,
                                    "Aux.txt"s,
                                    "nul"s,
                                    "COM1"s,
                                    "lpt9.csv"s,
                                    "a\0b"s,
                                    "a\nb"s,
                                    "-o"s,
                                    "x."s,
                                    "x "s,
                                    " x"s,
                                    "a:b"s,
                                    "a*b"s,
                                    std::string(300, 'x')}) {
        EXPECT_FALSE(is_safe_file_name(name)) << name;
        EXPECT_EQ(thrown([&] { save_directory(at("out"), {{name, "1"}}); }).message, "unsafe_file_name") << name;
    }
    for (const std::string& name : {"staffing.csv"s, "plan.json"s, "县.csv"s, "a-b_c.1"s, "console"s, "com10"s}) {
        EXPECT_TRUE(is_safe_file_name(name)) << name;
    }
    EXPECT_EQ(thrown([&] { save_directory(at("out"), {{"a.csv", "1"}, {"A.csv", "2"}}); }).message, "file_name_clash");
    EXPECT_EQ(content(), "");
}

}  // namespace
