#include <countyplan/io/certificate.hpp>

#include <type_traits>
#include <utility>

#include <countyplan/io/json.hpp>
#include <countyplan/io/problem_messages.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/version.hpp>

#include "solve_json.hpp"

namespace countyplan {

namespace {

constexpr std::string_view record_format = "countyplan.certificate.solve";
constexpr std::int64_t record_version = 1;
constexpr std::int64_t most_scale = 1'000'000'000;

template <class Result>
void read_result(detail::MemberReader& reader, const JsonValue& object, SolveResult& out) {
    Result result;
    detail::PartReader parts(reader, object, 1);
    detail::for_each_part(result, parts);
    parts.refuse_others();
    out = std::move(result);
}

void read_result(detail::MemberReader& reader, const JsonValue& object, ProblemKind kind, SolveResult& out) {
    switch (kind) {
        case ProblemKind::min_cost_flow:
            return read_result<MinCostFlowResult>(reader, object, out);
        case ProblemKind::assignment:
            return read_result<AssignmentResult>(reader, object, out);
        case ProblemKind::sparse_assignment:
            return read_result<SparseAssignmentResult>(reader, object, out);
        case ProblemKind::max_flow:
            return read_result<MaxFlowResult>(reader, object, out);
        case ProblemKind::matching:
            return read_result<MatchingResult>(reader, object, out);
        case ProblemKind::nested_flow:
            return read_result<NestedFlowResult>(reader, object, out);
        case ProblemKind::convex_flow:
            return read_result<ConvexFlowResult>(reader, object, out);
        case ProblemKind::leximin:
            return read_result<LeximinResult>(reader, object, out);
    }
}

void read_record(detail::MemberReader& reader, const JsonValue& root, SolveRecord& out) {
    if (!reader.is_format(root, record_format, record_version)) return;
    std::string program;
    reader.value(root, "version", program);
    ProblemKind kind{};
    const auto stated = reader.member(root, "problem", JsonKind::text);
    const auto known = stated ? enumerator<ProblemKind>(stated->text()) : std::nullopt;
    if (known) {
        kind = *known;
    } else if (stated) {
        reader.complain(*stated, {message::unknown_word, {excerpt(stated->text())}});
    }
    reader.fingerprint(root, "digest", out.problem);
    reader.value(root, "method", out.method);
    if (const auto scale = reader.member(root, "scale")) {
        reader.integer(*scale, out.scale, 1, most_scale);
        std::int64_t rest = out.scale;
        while (rest % 10 == 0)
            rest /= 10;
        if (rest != 1) reader.complain(*scale, {message::number_range, {excerpt(scale->text())}});
    }
    const auto result = reader.member(root, "result", JsonKind::object);
    if (known && result) read_result(reader, *result, kind, out.result);
    for (const JsonValue member : root) {
        constexpr std::string_view names[] = {"format", "format_version", "version", "problem",
                                              "digest", "method",         "scale",   "result"};
        if (std::ranges::count(names, member.key()) > 0) continue;
        reader.complain(member, {message::unknown_member, {excerpt(member.key())}});
    }
}

/// `number / scale`, exactly; `scale` is a power of ten.
std::string decimal_text(const Int128& number, std::int64_t scale) {
    std::string digits = to_text(number);
    const bool minus = digits.starts_with('-');
    if (minus) digits.erase(0, 1);
    std::size_t decimals = 0;
    for (; scale > 1; scale /= 10)
        ++decimals;
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    if (decimals > 0) {
        digits.insert(digits.size() - decimals, ".");
        digits.erase(digits.find_last_not_of('0') + 1);
        if (digits.ends_with('.')) digits.pop_back();
    }
    return (minus ? "-" : "") + digits;
}

}  // namespace

std::string certificate_json(const SolveRecord& record) {
    JsonWriter writer(JsonLayout::compact);
    writer.begin_object();
    writer.key("format").text(record_format);
    writer.key("format_version").integer(record_version);
    writer.key("version").text(version);
    writer.key("problem").text(name(static_cast<ProblemKind>(record.result.index())));
    writer.key("digest").text(to_text(record.problem));
    writer.key("method").text(record.method);
    writer.key("scale").integer(record.scale);
    writer.key("result").begin_object();
    detail::PartWriter parts(writer);
    std::visit([&parts](const auto& result) { detail::for_each_part(result, parts); }, record.result);
    writer.end_object().end_object();
    return writer.take() + "\n";
}

SolveRecordReading read_certificate(std::string bytes, const std::string& name, const Limits& limits) {
    SolveRecordReading reading;
    detail::FindingList findings(limits);
    const JsonDocument document = read_json(std::move(bytes), limits);
    for (const Flaw& flaw : document.flaws())
        findings.add(flaw, name);
    if (document.ok()) {
        detail::MemberReader reader(name, findings);
        read_record(reader, document.root(), reading.record);
    }
    reading.findings = findings.take();
    return reading;
}

Verdict examine(const SolveProblem& problem, const SolveResult& result) {
    return [&]<std::size_t... kinds>(std::index_sequence<kinds...>) {
        Verdict verdict = detail::refuse(message::proof_fields_disagree, "problem");
        const auto look = [&]<std::size_t kind>(std::integral_constant<std::size_t, kind>) {
            if (problem.index() != kind || result.index() != kind) return;
            verdict = examine(std::get<kind>(problem), std::get<kind>(result));
        };
        (look(std::integral_constant<std::size_t, kinds>()), ...);
        return verdict;
    }
    (std::make_index_sequence<std::variant_size_v<SolveResult>>());
}

Termination termination_of(const SolveResult& result) {
    return std::visit([](const auto& answer) { return answer.termination; }, result);
}

Claim claim_of(const SolveResult& result) {
    return std::visit([](const auto& answer) { return answer.claim; }, result);
}

namespace {

std::vector<std::string> totals(const MaxFlowResult& result, std::int64_t) { return {to_text(result.value)}; }

std::vector<std::string> totals(const MatchingResult& result, std::int64_t) { return {to_text(result.size)}; }

std::vector<std::string> totals(const LeximinResult& result, std::int64_t) {
    std::vector<std::string> out;
    for (const LeximinLevel& level : result.levels)
        out.push_back(to_text(level.value));
    return out;
}

std::vector<std::string> totals(const auto& result, std::int64_t scale) {
    if constexpr (requires { result.objective; }) {
        return {decimal_text(result.objective, scale)};
    } else {
        std::vector<std::string> out;
        for (const Int128& tier : result.cost)
            out.push_back(decimal_text(tier, scale));
        return out;
    }
}

}  // namespace

std::vector<std::string> objective_of(const SolveResult& result, std::int64_t scale) {
    const Termination termination = termination_of(result);
    if (termination != Termination::optimal && termination != Termination::feasible) return {};
    return std::visit([scale](const auto& answer) { return totals(answer, scale); }, result);
}

}  // namespace countyplan
