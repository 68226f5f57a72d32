// The part of a network that can move with one task: everything joined to it by links, either way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <countyplan/graph/csr.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/track/critical_path.hpp>

namespace countyplan::detail {

/// A network of its own; `tasks[i]` is the row, in the whole, of its task i.
struct NetworkPart {
    CriticalPathProblem problem{};
    std::vector<std::uint32_t> tasks{};
};

/// Cuts parts out of one network. Each costs what it holds.
class NetworkParts {
  public:
    explicit NetworkParts(const CriticalPathProblem& problem)
        : problem_(problem),
          out_(CompressedRows::group(problem.tasks.size(), problem.links.size(),
                                     [&](std::uint32_t a) { return problem.links[a].predecessor; })),
          into_(CompressedRows::group(problem.tasks.size(), problem.links.size(),
                                      [&](std::uint32_t a) { return problem.links[a].successor; })),
          row_(problem.tasks.size(), no_node),
          calendar_(problem.calendars.size(), no_node),
          project_(problem.projects.size(), no_node) {}

    /// The part around `v`, which is its task 0. Tasks, links, calendars and projects in the order in which they are
    /// met.
    [[nodiscard]] NetworkPart around(std::uint32_t v) {
        NetworkPart out;
        out.problem.data_date = problem_.data_date;
        out.problem.logic = problem_.logic;
        out.problem.rules = problem_.rules;
        meet(v, out);
        for (std::size_t i = 0; i < out.tasks.size(); ++i) {
            const std::uint32_t at = out.tasks[i];
            for (const std::uint32_t a : into_[at])
                meet(problem_.links[a].predecessor, out);
            for (const std::uint32_t a : out_[at]) {
                const CriticalPathLink& link = problem_.links[a];
                meet(link.successor, out);
                out.problem.links.push_back(link);
                out.problem.links.back().predecessor = row_[link.predecessor];
                out.problem.links.back().successor = row_[link.successor];
            }
        }
        forget(out);
        return out;
    }

  private:
    void meet(std::uint32_t v, NetworkPart& out) {
        if (row_[v] != no_node) return;
        row_[v] = static_cast<std::uint32_t>(out.tasks.size());
        out.tasks.push_back(v);
        CriticalPathTask task = problem_.tasks[v];
        task.calendar = calendar(task.calendar, out);
        if (project_[task.project] == no_node) {
            project_[task.project] = static_cast<std::uint32_t>(out.problem.projects.size());
            CriticalPathProject project = problem_.projects[task.project];
            project.calendar = calendar(project.calendar, out);
            out.problem.projects.push_back(project);
        }
        task.project = project_[task.project];
        out.problem.tasks.push_back(task);
    }

    [[nodiscard]] std::uint32_t calendar(std::uint32_t index, NetworkPart& out) {
        if (calendar_[index] == no_node) {
            calendar_[index] = static_cast<std::uint32_t>(out.problem.calendars.size());
            out.problem.calendars.push_back(problem_.calendars[index]);
        }
        return calendar_[index];
    }

    void forget(const NetworkPart& part) {
        for (const std::uint32_t v : part.tasks) {
            const CriticalPathTask& task = problem_.tasks[v];
            row_[v] = calendar_[task.calendar] = no_node;
            calendar_[problem_.projects[task.project].calendar] = no_node;
            project_[task.project] = no_node;
        }
    }

    const CriticalPathProblem& problem_;
    CompressedRows out_, into_;
    std::vector<std::uint32_t> row_, calendar_, project_;  ///< in the part that is being cut
};

}  // namespace countyplan::detail
