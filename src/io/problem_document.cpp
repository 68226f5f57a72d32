#include "problem_document.hpp"

#include <charconv>
#include <concepts>
#include <optional>
#include <type_traits>
#include <utility>

#include <countyplan/io/certificate.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/io/problem_messages.hpp>
#include <countyplan/io/table_messages.hpp>

#include "problem_text.hpp"
#include "solve_json.hpp"

namespace countyplan {

namespace detail {

namespace {

/// Bounds that the document may leave out.
void fill_in(MinCostFlowProblem& problem) {
    if (problem.lower.empty()) problem.lower.assign(problem.arcs(), 0);
    if (problem.upper.empty()) problem.upper.assign(problem.arcs(), MinCostFlowProblem::unlimited);
}

void fill_in(const auto&) {}

template <class Problem>
void read_members(MemberReader& reader, const JsonValue& root, const ProblemOptions& options, SolveProblem& out) {
    Problem problem;
    PartReader parts(reader, root, options.scale);
    for (const std::string_view name : {"format", "format_version", "problem"})
        parts.know(name);
    for_each_part(problem, parts);
    parts.refuse_others();
    fill_in(problem);
    out = std::move(problem);
}

/// The kind of problem that the document says it holds.
std::optional<ProblemKind> kind_in(MemberReader& reader, const JsonValue& root) {
    if (!reader.is(root, JsonKind::object)) return std::nullopt;
    // a document made by hand need not say which format it is
    if ((root.find("format") || root.find("format_version")) &&
        !reader.is_format(root, problem_format_name, problem_format_version)) {
        return std::nullopt;
    }
    const auto stated = reader.member(root, "problem", JsonKind::text);
    if (!stated) return std::nullopt;
    const auto kind = enumerator<ProblemKind>(stated->text());
    if (!kind) {
        std::string expected;
        for (const MessageText& word : Enumerators<ProblemKind>::words)
            expected += (expected.empty() ? "" : ", ") + std::string(word.code);
        reader.complain(*stated, {message::problem_wrong_kind, {excerpt(stated->text()), expected}});
    }
    return kind;
}

void read_members(MemberReader& reader, const JsonValue& root, ProblemKind kind, const ProblemOptions& options,
                  SolveProblem& out) {
    switch (kind) {
        case ProblemKind::min_cost_flow:
            return read_members<MinCostFlowProblem>(reader, root, options, out);
        case ProblemKind::assignment:
            return read_members<AssignmentProblem>(reader, root, options, out);
        case ProblemKind::sparse_assignment:
            return read_members<SparseAssignmentProblem>(reader, root, options, out);
        case ProblemKind::max_flow:
            return read_members<MaxFlowProblem>(reader, root, options, out);
        case ProblemKind::matching:
            return read_members<MatchingProblem>(reader, root, options, out);
        case ProblemKind::nested_flow:
            return read_members<NestedFlowProblem>(reader, root, options, out);
        case ProblemKind::convex_flow:
            return read_members<ConvexFlowProblem>(reader, root, options, out);
        case ProblemKind::leximin:
            return read_members<LeximinProblem>(reader, root, options, out);
    }
}

/// The value that a place such as `cost[3]` or `left.upper[2]` names; the document itself where it has none.
JsonValue value_at(const JsonValue& root, std::string_view place) {
    const std::size_t dot = place.find('.');
    if (const auto outer = dot == std::string_view::npos ? std::nullopt : root.find(place.substr(0, dot))) {
        return value_at(*outer, place.substr(dot + 1));
    }
    const std::size_t bracket = place.find('[');
    const auto member = root.find(place.substr(0, bracket));
    if (!member) return root;
    std::size_t index = 0;
    if (bracket == std::string_view::npos) return *member;
    (void)std::from_chars(place.data() + bracket + 1, place.data() + place.size(), index);
    for (const JsonValue element : *member) {
        if (index-- == 0) return element;
    }
    return *member;
}

}  // namespace

ProblemReading read_problem_document(std::string bytes, const std::string& name, const ProblemOptions& options) {
    ProblemReading reading;
    reading.format = ProblemFormat::json;
    FindingList findings(options.limits);
    const JsonDocument document = read_json(std::move(bytes), options.limits);
    for (const Flaw& flaw : document.flaws())
        findings.add(flaw, name);
    if (document.ok()) {
        MemberReader reader(name, findings);
        const JsonValue root = document.root();
        if (const auto kind = kind_in(reader, root)) read_members(reader, root, *kind, options, reading.problem);
        if (!findings.has_errors()) {
            const Verdict verdict = examine_problem(reading.problem);
            if (!verdict.accepted) reader.complain(value_at(root, verdict.place), verdict.why);
        }
    }
    if (findings.has_errors()) reading.problem = {};
    reading.findings = findings.take();
    return reading;
}

}  // namespace detail

std::string problem_json(const SolveProblem& problem) {
    JsonWriter writer(JsonLayout::compact);
    writer.begin_object();
    writer.key("format").text(detail::problem_format_name);
    writer.key("format_version").integer(detail::problem_format_version);
    writer.key("problem").text(name(kind_of(problem)));
    detail::PartWriter parts(writer);
    std::visit([&parts](const auto& of_its_kind) { detail::for_each_part(of_its_kind, parts); }, problem);
    writer.end_object();
    return writer.take() + "\n";
}

// ------------------------------------------------------------------------------------------------------ schema

namespace {

template <class Struct>
void describe_members(JsonWriter& writer, const Struct& value, std::optional<ProblemKind> kind = std::nullopt);

/// Describes the members of one object.
class PartSchema {
  public:
    explicit PartSchema(JsonWriter& writer) : writer_(writer) {}

    template <class T>
    void operator()(const detail::Part& part, const T&) {
        writer_.key(part.name).begin_object();
        if constexpr (detail::WholeNumber<T>) {
            describe<T>(part);
        } else if constexpr (std::same_as<T, NestedQuotas>) {
            describe_members(writer_, T());
        } else {
            writer_.key("type").text("array");
            writer_.key("items").begin_object();
            describe<typename T::value_type>(part);
            writer_.end_object();
        }
        writer_.end_object();
    }

  private:
    template <detail::WholeNumber T>
    void describe(const detail::Part& part) {
        const std::string_view type = part.is_cost ? "number" : "integer";
        if (part.null_means) {
            writer_.key("type").begin_array().text(type).text("null").end_array();
        } else {
            writer_.key("type").text(type);
        }
        if (std::is_unsigned_v<T>) writer_.key("minimum").integer(0);
    }

    JsonWriter& writer_;
};

/// The schema of one object; `kind` where it is a whole document.
template <class Struct>
void describe_members(JsonWriter& writer, const Struct& value, std::optional<ProblemKind> kind) {
    writer.key("type").text("object");
    writer.key("additionalProperties").boolean(false);
    writer.key("required").begin_array();
    if (kind) writer.text("problem");
    detail::for_each_part(value, [&writer](const detail::Part& part, const auto&) {
        if (part.required) writer.text(part.name);
    });
    writer.end_array();
    writer.key("properties").begin_object();
    if (kind) {
        writer.key("format").begin_object().key("const").text(detail::problem_format_name).end_object();
        writer.key("format_version").begin_object().key("const").integer(detail::problem_format_version).end_object();
        writer.key("problem").begin_object().key("const").text(name(*kind)).end_object();
    }
    detail::for_each_part(value, PartSchema(writer));
    writer.end_object();
}

template <class Problem>
void describe_problem(JsonWriter& writer, ProblemKind kind) {
    writer.begin_object();
    writer.key("title").text(name(kind));
    describe_members(writer, Problem(), kind);
    writer.end_object();
}

}  // namespace

std::string problem_schema() {
    JsonWriter writer;
    writer.begin_object();
    writer.key("$schema").text("https://json-schema.org/draft/2020-12/schema");
    writer.key("title").text("countyplan problem");
    writer.key("description").text("One problem for countyplan solve.");
    writer.key("oneOf").begin_array();
    describe_problem<MinCostFlowProblem>(writer, ProblemKind::min_cost_flow);
    describe_problem<AssignmentProblem>(writer, ProblemKind::assignment);
    describe_problem<SparseAssignmentProblem>(writer, ProblemKind::sparse_assignment);
    describe_problem<MaxFlowProblem>(writer, ProblemKind::max_flow);
    describe_problem<MatchingProblem>(writer, ProblemKind::matching);
    describe_problem<NestedFlowProblem>(writer, ProblemKind::nested_flow);
    describe_problem<ConvexFlowProblem>(writer, ProblemKind::convex_flow);
    describe_problem<LeximinProblem>(writer, ProblemKind::leximin);
    writer.end_array().end_object();
    return writer.take();
}

}  // namespace countyplan
