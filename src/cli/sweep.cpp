#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/experiment/generate.hpp>
#include <countyplan/experiment/sweep.hpp>
#include <countyplan/io/journal.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/version.hpp>

#include "command.hpp"
#include "experiment_messages.hpp"
#include "input.hpp"
#include "interrupt.hpp"
#include "messages.hpp"
#include "usage.hpp"

namespace countyplan {

namespace {

struct Arguments {
    std::string manifest;
    std::string journal;
    std::uint64_t shard = 1;
    std::uint64_t shards = 1;
    bool retry_errors = false;
};

/// How many points came from where, and how they ended.
struct Tally {
    std::size_t points = 0;
    std::size_t computed = 0;
    std::size_t resumed = 0;
    std::size_t errors = 0;
    bool was_stopped = false;
};

Plan plan_of(const SweepManifest& manifest, const std::string& path, const Settings& settings, Console& console) {
    if (manifest.plan.empty()) return Plan(generate(manifest.generate));
    const std::filesystem::path stated(manifest.plan);
    const auto found = stated.is_absolute() ? stated : std::filesystem::path(path).parent_path() / stated;
    return plan_of_argument(found.string(), settings, console);
}

bool is_error(const ExperimentRow& row) { return std::holds_alternative<PointError>(row.outcome); }

/// Computes what the journal lacks, in the order of the grid. `rows` is what the shard has in the end.
Tally compute(const Arguments& given, const Plan& plan, const std::vector<ExperimentPoint>& points, const Stop& stop,
              JournalFile& journal, std::vector<ExperimentRow>& rows, const Progress& progress) {
    std::unordered_map<std::string, const ExperimentRow*> known;
    for (const ExperimentRow& row : journal.rows())
        known[row.key] = &row;
    const std::string input = input_of(plan);
    PointRunner runner(plan);
    Tally tally{.points = points.size()};
    for (const ExperimentPoint& point : points) {
        ExperimentRow row{.key = point_key(point, input, version), .point = point};
        const auto found = known.find(row.key);
        if (found != known.end() && !(given.retry_errors && is_error(*found->second))) {
            row = *found->second;
            ++tally.resumed;
        } else {
            if (stop.token.stop_requested()) {
                tally.was_stopped = true;
                break;
            }
            auto outcome = runner.run(point, stop);
            if (!outcome) {
                tally.was_stopped = true;
                break;
            }
            row.outcome = std::move(*outcome);
            journal.write(row);
            ++tally.computed;
        }
        tally.errors += is_error(row) ? 1 : 0;
        rows.push_back(std::move(row));
        if (progress) progress({.steps = static_cast<std::int64_t>(rows.size())});
    }
    journal.close();
    return tally;
}

std::string tally_json(const Arguments& given, const Tally& tally, const std::string& digest) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("version").text(version);
    writer.key("journal").text(given.journal);
    writer.key("shard").integer(given.shard);
    writer.key("shards").integer(given.shards);
    writer.key("points").integer(tally.points);
    writer.key("computed").integer(tally.computed);
    writer.key("resumed").integer(tally.resumed);
    writer.key("errors").integer(tally.errors);
    writer.key("complete").boolean(!tally.was_stopped);
    writer.key("digest").text(digest).end_object();
    return writer.take();
}

/// Beside the manifest, with the shard in its name where there are several.
std::string journal_beside(const Arguments& given) {
    std::filesystem::path path(given.manifest);
    path.replace_extension();
    std::string out = path.string();
    if (given.shards > 1) out += "-" + std::to_string(given.shard) + "-of-" + std::to_string(given.shards);
    return out + ".journal.jsonl";
}

ExitCode run(Arguments given, const Settings& settings, Console& console) {
    if (given.journal.empty()) given.journal = journal_beside(given);
    const SweepManifest manifest = read_manifest(read_file(given.manifest));
    const Plan plan = plan_of(manifest, given.manifest, settings, console);
    const std::vector<ExperimentPoint> points = shard_of(points_of(manifest.grid), given.shard, given.shards);
    const InterruptSignal interrupt(settings.language);
    std::vector<ExperimentRow> rows;
    JournalFile journal(given.journal);
    const Tally tally = [&] {
        ProgressLine progress(message::cli_sweeping, settings.language);
        return compute(given, plan, points, {.token = interrupt.token()}, journal, rows, progress.observer());
    }();
    const std::string digest = journal_digest(rows);
    if (settings.json) console.raw(tally_json(given, tally, digest));
    console.line(Message(message::cli_sweep_summary,
                         {std::to_string(tally.points), std::to_string(tally.computed), std::to_string(tally.resumed),
                          std::to_string(tally.errors), given.journal}));
    if (tally.was_stopped) {
        console.line(Message(message::cli_sweep_stopped));
        return ExitCode::stopped_early;
    }
    console.line(Message(message::cli_digest, {digest}));
    return ExitCode::ok;
}

std::pair<std::uint64_t, std::uint64_t> read_shard(const std::string& option, const std::string& words) {
    const std::size_t slash = words.find('/');
    const auto index = parse_number<std::uint64_t>(std::string_view(words).substr(0, slash));
    const auto count = slash == std::string::npos
                           ? std::nullopt
                           : parse_number<std::uint64_t>(std::string_view(words).substr(slash + 1));
    if (!index || !count || *index < 1 || *index > *count)
        throw UsageError(Message(message::cli_bad_shard, {option, excerpt(words)}));
    return {*index, *count};
}

}  // namespace

Command sweep_command(CLI::App& app, Settings& settings) {
    const auto given = std::make_shared<Arguments>();
    CLI::App* const command = add_command(app, settings, "sweep", message::cli_sweep, message::cli_sweep_examples);
    const auto say = [&settings](const MessageText& row) { return std::string(text(row, settings.language)); };
    command->add_option("MANIFEST", given->manifest, say(message::cli_argument_manifest))->required()->type_name("");
    add_value(
        *command, "--shard", "--shard",
        [given](const std::string& option, const std::string& words) {
            std::tie(given->shard, given->shards) = read_shard(option, words);
        },
        message::cli_option_shard, settings.language)
        ->type_name("I/N");
    command->add_option("--journal", given->journal, say(message::cli_option_journal))->type_name("FILE");
    command->add_flag("--retry-errors", given->retry_errors, say(message::cli_option_retry_errors));
    add_encoding(*command, settings);
    return {command, [given, &settings](Console& console) { return run(*given, settings, console); }};
}

}  // namespace countyplan
