#include <countyplan/io/dimacs.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>
#include <vector>

#include <countyplan/io/flaw.hpp>
#include <countyplan/io/problem_messages.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/solve/messages.hpp>

#include "cost_pairs.hpp"
#include "problem_text.hpp"

namespace countyplan {

namespace {

using detail::NumberRange;

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t shortest_arc = sizeof "a 1 2 3" - 1;

enum class DimacsKind { min, max, asn };

constexpr std::array<std::pair<std::string_view, DimacsKind>, 3> kind_words{
    {{"min", DimacsKind::min}, {"max", DimacsKind::max}, {"asn", DimacsKind::asn}}};

std::optional<DimacsKind> wanted_kind(const ProblemOptions& options) {
    if (options.format == ProblemFormat::dimacs_min) return DimacsKind::min;
    if (options.format == ProblemFormat::dimacs_max) return DimacsKind::max;
    if (options.format == ProblemFormat::dimacs_asn) return DimacsKind::asn;
    return std::nullopt;
}

class DimacsReader {
  public:
    explicit DimacsReader(detail::ProblemText& in) : in_(in) {}

    ProblemReading read() {
        if (in_.ok()) {
            do {
                read_line();
            } while (in_.words.next_line() && !in_.full() && !hopeless_);
            if (!kind_ && !hopeless_) {
                in_.complain(message::problem_no_header, {}, {message::expect_written, {"p min|max|asn NODES ARCS"}},
                             message::problem_name_the_format);
            } else if (!hopeless_ && !in_.full() && arcs_ != declared_arcs_) {
                in_.complain_of_all({message::problem_count, {to_text(declared_arcs_), to_text(arcs_)}},
                                    {message::expect_written, {"a TAIL HEAD …"}});
            }
        }
        switch (kind_.value_or(DimacsKind::min)) {
            case DimacsKind::min:
                return in_.finish(std::move(flow_), ProblemFormat::dimacs_min);
            case DimacsKind::max:
                return finish_max();
            case DimacsKind::asn:
                break;
        }
        return finish_asn();
    }

  private:
    void read_line() {
        const std::string_view letter = in_.words.word_in_line();
        if (letter.empty() || letter.front() == 'c') return;
        if (letter == "p") {
            read_header();
        } else if (letter != "n" && letter != "a") {
            in_.complain({message::problem_unknown_line, {excerpt(letter.substr(0, 400))}}, letter,
                         {message::expect_written, {"c, p, n, a"}});
        } else if (!kind_) {
            in_.complain({message::problem_before_header, {letter}}, letter);
            hopeless_ = true;
        } else if (letter == "n") {
            read_node();
        } else {
            read_arc();
        }
    }

    void read_header() {
        if (kind_) return in_.complain(message::problem_second_header);
        hopeless_ = true;
        const std::string_view word = in_.words.word_in_line();
        const auto known = std::ranges::find(kind_words, word, [](const auto& row) { return row.first; });
        const auto wanted = wanted_kind(in_.options());
        if (known == kind_words.end() || (wanted && *wanted != known->second)) {
            const auto expected =
                wanted ? std::string(kind_words[static_cast<std::size_t>(*wanted)].first) : "min, max, asn";
            return in_.complain({message::problem_wrong_kind, {excerpt(word.substr(0, 400)), expected}}, word);
        }
        const auto nodes = in_.number(in_.words.word_in_line(), {0, std::numeric_limits<std::uint32_t>::max() - 2});
        if (!nodes || !in_.is_believable_side(*nodes)) return;
        const auto arcs = in_.number(in_.words.word_in_line(), {0, std::numeric_limits<std::uint32_t>::max() - 2});
        if (!arcs || !in_.is_believable(*arcs, shortest_arc)) return;
        in_.end_of_line();
        hopeless_ = false;
        kind_ = known->second;
        nodes_ = *nodes;
        declared_arcs_ = *arcs;
        const auto size = static_cast<std::size_t>(*arcs);
        flow_.nodes = static_cast<std::size_t>(nodes_);
        flow_.tail.reserve(size);
        flow_.head.reserve(size);
        flow_.cost.reserve(size);
        if (kind_ == DimacsKind::min) {
            flow_.lower.reserve(size);
            flow_.upper.reserve(size);
        }
        flow_.supply.assign(flow_.nodes, 0);
        listed_.assign(flow_.nodes, false);
    }

    /// A node's number, from 0.
    std::optional<std::uint32_t> node() {
        const std::string_view word = in_.words.word_in_line();
        const auto number = in_.number(word, {lowest, highest});
        if (!number) return std::nullopt;
        if (*number < 1 || *number > nodes_) {
            in_.complain({message::problem_no_such_number, {to_text(*number), to_text(nodes_)}}, word);
            return std::nullopt;
        }
        return static_cast<std::uint32_t>(*number - 1);
    }

    void read_node() {
        const auto number = node();
        if (!number) return;
        if (kind_ == DimacsKind::max) return read_terminal(*number);
        if (listed_[*number]) in_.complain({message::problem_node_twice, {to_text(*number + 1)}});
        listed_[*number] = true;
        if (kind_ == DimacsKind::min) {
            if (const auto supply = in_.number(in_.words.word_in_line(), {lowest + 1, highest})) {
                flow_.supply[*number] = *supply;
            }
        }
        in_.end_of_line();
    }

    void read_terminal(std::uint32_t number) {
        const std::string_view word = in_.words.word_in_line();
        if (word != "s" && word != "t") {
            return in_.complain({message::problem_unknown_line, {excerpt(word.substr(0, 400))}}, word,
                                {message::expect_written, {"n NODE s, n NODE t"}});
        }
        std::optional<std::uint32_t>& terminal = word == "s" ? source_ : sink_;
        if (terminal) {
            in_.complain(
                {message::problem_terminal_twice, {word == "s" ? message::problem_source : message::problem_sink}});
        }
        terminal = number;
        in_.end_of_line();
    }

    void read_arc() {
        if (arcs_++ == declared_arcs_) {
            hopeless_ = true;
            return in_.complain({message::problem_count, {to_text(declared_arcs_), to_text(arcs_)}});
        }
        const auto tail = node();
        if (!tail) return;
        const auto head = node();
        if (!head) return;
        if (kind_ == DimacsKind::min) return read_flow_arc(*tail, *head);
        if (kind_ == DimacsKind::asn && (!listed_[*tail] || listed_[*head])) {
            return in_.complain(message::problem_same_side);
        }
        const std::string_view word = in_.words.word_in_line();
        std::optional<std::int64_t> value;
        if (kind_ == DimacsKind::max) {
            value = in_.number(word, {0, highest});
        } else {
            value = in_.cost(word, detail::pair_costs, detail::no_cost);
        }
        if (!value) return;
        add_arc(*tail, *head, *value);
        in_.end_of_line();
    }

    void read_flow_arc(std::uint32_t tail, std::uint32_t head) {
        const auto lower = in_.number(in_.words.word_in_line(), {lowest + 1, highest - 1});
        if (!lower) return;
        const std::string_view word = in_.words.word_in_line();
        auto upper = in_.number(word, {lowest, highest});
        if (!upper) return;
        if (*upper < *lower) {
            if (*upper >= 0) {
                return in_.complain({message::solve_crossed_bounds, {to_text(*upper), to_text(*lower)}}, word);
            }
            upper = MinCostFlowProblem::unlimited;
        }
        const auto cost =
            in_.cost(in_.words.word_in_line(), {-MinCostFlowProblem::max_cost, MinCostFlowProblem::max_cost});
        if (!cost) return;
        flow_.lower.push_back(*lower);
        flow_.upper.push_back(*upper);
        add_arc(tail, head, *cost);
        in_.end_of_line();
    }

    void add_arc(std::uint32_t tail, std::uint32_t head, std::int64_t value) {
        flow_.tail.push_back(tail);
        flow_.head.push_back(head);
        flow_.cost.push_back(value);
    }

    ProblemReading finish_max() {
        if (!hopeless_ && !source_) in_.complain_of_all({message::problem_terminal_missing, {message::problem_source}});
        if (!hopeless_ && !sink_) in_.complain_of_all({message::problem_terminal_missing, {message::problem_sink}});
        return in_.finish(MaxFlowProblem{.nodes = flow_.nodes,
                                         .source = source_.value_or(0),
                                         .sink = sink_.value_or(0),
                                         .tail = std::move(flow_.tail),
                                         .head = std::move(flow_.head),
                                         .capacity = std::move(flow_.cost)},
                          ProblemFormat::dimacs_max);
    }

    ProblemReading finish_asn() {
        detail::CostPairs pairs;
        std::vector<std::uint32_t> place(flow_.nodes);
        for (std::size_t node = 0; node < flow_.nodes; ++node)
            place[node] = static_cast<std::uint32_t>(listed_[node] ? pairs.rows++ : pairs.columns++);
        for (std::uint32_t& node : flow_.tail)
            node = place[node];
        for (std::uint32_t& node : flow_.head) {
            if (listed_[node] && in_.ok()) in_.complain_of_all(message::problem_same_side);
            node = place[node];
        }
        pairs.row = std::move(flow_.tail);
        pairs.column = std::move(flow_.head);
        pairs.cost = std::move(flow_.cost);
        return in_.finish(in_.ok() ? detail::sparse_problem(pairs) : SparseAssignmentProblem{},
                          ProblemFormat::dimacs_asn);
    }

    detail::ProblemText& in_;
    std::optional<DimacsKind> kind_;
    bool hopeless_ = false;
    std::int64_t nodes_ = 0;
    std::int64_t declared_arcs_ = 0;
    std::int64_t arcs_ = 0;
    MinCostFlowProblem flow_;  // of the other kinds: the arcs, with what each has in `cost`
    std::vector<bool> listed_;
    std::optional<std::uint32_t> source_;
    std::optional<std::uint32_t> sink_;
};

}  // namespace

ProblemReading read_dimacs(std::string bytes, const std::string& name, const ProblemOptions& options) {
    detail::ProblemText in(std::move(bytes), name, options);
    return DimacsReader(in).read();
}

}  // namespace countyplan
