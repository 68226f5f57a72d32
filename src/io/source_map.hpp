// Where in the input does a row of the draft stand?
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/io/csv.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/plan/finding.hpp>

namespace countyplan::detail {

/// The decoded text of one CSV file and where each of its rows begins.
struct TableSource {
    std::string file;
    std::string text;
    std::vector<std::pair<std::size_t, std::size_t>> rows;  // offset in `text`, line

    [[nodiscard]] Source locate(const Place& place, const Limits& limits) const;
};

/// Finds the source of a place, for findings of `check`, which knows only tables and rows.
class SourceMap {
  public:
    TableSource& table(const std::string& name) { return tables_[name]; }
    /// The whole plan, or the part of it that is no table: name, period, rules, weights.
    void document(std::string file, JsonDocument document) {
        document_file_ = std::move(file);
        document_ = std::move(document);
    }

    /// The ledger goes on in a log; `first` tells for each of its records the row of its first fact.
    void log(std::string file, std::vector<std::size_t> first) {
        log_file_ = std::move(file);
        log_first_ = std::move(first);
    }

    /// In a log a line is a record and a column a fact of it.
    [[nodiscard]] Source locate(const Place& place, const Limits& limits) const;

  private:
    std::string log_file_;
    std::vector<std::size_t> log_first_;
    std::map<std::string, TableSource, std::less<>> tables_;
    std::string document_file_;
    std::optional<JsonDocument> document_;
};

}  // namespace countyplan::detail
