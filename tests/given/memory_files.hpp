// What does a reader meet on a disk that exists only in the test?
#pragma once

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/io/file.hpp>

namespace given {

/// Files by path, to be read only; a directory is there when something lies in it.
class MemoryFiles final : public countyplan::Files {
  public:
    std::map<std::string, std::string> bytes;

    explicit MemoryFiles(std::map<std::string, std::string> content = {}) : bytes(std::move(content)) {}

    void put(const std::string& directory, const std::vector<countyplan::NamedBytes>& files) {
        for (const countyplan::NamedBytes& file : files)
            bytes[directory + "/" + file.name] = file.bytes;
    }

    int open_to_read(const std::string& path) override {
        if (!bytes.contains(path)) return is_directory(path) ? -EISDIR : -ENOENT;
        open_.emplace_back(path, 0);
        return static_cast<int>(open_.size()) - 1;
    }
    std::int64_t read(int descriptor, char* buffer, std::size_t size) override {
        auto& [path, at] = open_[static_cast<std::size_t>(descriptor)];
        const std::string& content = bytes.at(path);
        const std::size_t part = std::min(size, content.size() - at);
        std::copy_n(content.data() + at, part, buffer);
        at += part;
        return static_cast<std::int64_t>(part);
    }
    int close(int) override { return 0; }
    int status_of(int descriptor, countyplan::FileStatus& status) override {
        return status_at(open_[static_cast<std::size_t>(descriptor)].first, status);
    }
    int status_at(const std::string& path, countyplan::FileStatus& status) override {
        status = {};
        if (bytes.contains(path)) {
            status = {countyplan::FileKind::regular, bytes.at(path).size(), 0644};
        } else if (is_directory(path)) {
            status.kind = countyplan::FileKind::directory;
        }
        return 0;
    }
    int list(const std::string& path, std::vector<std::string>& names) override {
        if (!is_directory(path)) return bytes.contains(path) ? -ENOTDIR : -ENOENT;
        for (const auto& [file, content] : bytes) {
            if (file.starts_with(path + "/")) names.push_back(file.substr(path.size() + 1));
        }
        return 0;
    }

  private:
    [[nodiscard]] bool is_directory(const std::string& path) const {
        return std::ranges::any_of(bytes, [&](const auto& file) { return file.first.starts_with(path + "/"); });
    }

    std::vector<std::pair<std::string, std::size_t>> open_;
};

}  // namespace given
