// Which task and which link does an edit of a live schedule speak of, and in which days?
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include <countyplan/io/exchange/read_schedule.hpp>
#include <countyplan/io/exchange/solved_schedule.hpp>
#include <countyplan/track/live_schedule.hpp>

namespace countyplan {

/// A live schedule that is told of tasks by id and of days by date, as a schedule file has them. Links have numbers of
/// their own, at first those of their rows, which are never given out again. Its calendars reach further than its
/// dates; where an edit needs more of them than that, all of it is set up anew.
class LiveFile {
  public:
    /// Throws as `critical_path_problem` and `LiveSchedule` do.
    LiveFile(const ScheduleFile& file, const SolvedScheduleOptions& options);

    /// A refused edit throws Python's `RefusedEdit` and changes nothing, as does what is not there.
    void add_task(const ExchangeTask& row);
    void change_task(const ExchangeTask& row);
    void remove_task(const std::string& id);
    std::int64_t add_link(const ExchangeLink& row);
    void change_link(std::int64_t number, const ExchangeLink& row);
    void remove_link(std::int64_t number);

    [[nodiscard]] bool has_task(const std::string& id) const { return tasks_.contains(id); }
    [[nodiscard]] const ExchangeTask& task(const std::string& id) const { return task_rows_[task_number(id)]; }
    [[nodiscard]] const ExchangeLink& link(std::int64_t number) const { return link_rows_[link_number(number)]; }
    /// By row of `file()`.
    [[nodiscard]] std::vector<std::string> task_ids() const;
    [[nodiscard]] std::vector<std::int64_t> link_numbers() const;
    [[nodiscard]] std::size_t task_count() const { return live_->task_count(); }
    [[nodiscard]] std::size_t link_count() const { return live_->link_count(); }
    /// Tasks that the last edit looked at.
    [[nodiscard]] std::size_t steps() const { return steps_; }

    [[nodiscard]] ExchangeDates dates(const std::string& id) const;
    /// The last day of a project, set or reached; of the first one if empty.
    [[nodiscard]] Day finish(const std::string& project) const;
    [[nodiscard]] ScheduleFile file() const;
    [[nodiscard]] SolvedSchedule solved(const SolvedScheduleOptions& options) const;
    [[nodiscard]] const SolvedScheduleOptions& options() const { return options_; }

  private:
    void set_up(ScheduleFile now, std::vector<std::int64_t> link_names, const ExchangeTask& reach);
    void make_room(const ExchangeTask& row);
    void make_room(const ExchangeLink& row);
    [[nodiscard]] CriticalPathTask network_task(const ExchangeTask& row) const;
    [[nodiscard]] CriticalPathLink network_link(const ExchangeLink& row) const;
    [[nodiscard]] std::uint32_t task_number(const std::string& id) const;
    [[nodiscard]] std::uint32_t link_number(std::int64_t number) const;
    [[nodiscard]] std::uint32_t project_number(const std::string& id) const;
    void keep_link(std::int64_t number, std::uint32_t place, const ExchangeLink& row);
    /// Throws if the edit was refused; `added` is the row of a link that is not there yet.
    void require(const LiveEdit& edit, const ExchangeLink* added = nullptr);
    [[nodiscard]] std::vector<std::string> walk(const MandatoryConflict& conflict, const LiveEdit& edit,
                                                const ExchangeLink* added) const;

    ScheduleFile head_;  ///< without tasks and links
    SolvedScheduleOptions options_;
    CriticalPathProblem frame_;  ///< calendars, projects, data date
    std::unique_ptr<LiveSchedule> live_;
    std::unordered_map<std::string, std::uint32_t> tasks_;
    std::vector<ExchangeTask> task_rows_;  ///< by number of the live schedule, as the next two
    std::vector<ExchangeLink> link_rows_;
    std::vector<std::int64_t> link_names_;
    std::unordered_map<std::int64_t, std::uint32_t> links_;
    std::int64_t next_link_ = 0;
    std::int64_t room_ = 0;  ///< working days that edits may still need of the calendars
    std::int64_t first_ = 0;
    std::int64_t last_ = 0;  ///< from the first to the last day that rows name, as numbers
    std::size_t steps_ = 0;
};

}  // namespace countyplan
