// What the ledger remembers of colours: reports that were issued, entries by hand.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/track/impl/note.hpp>
#include <countyplan/track/messages.hpp>
#include <countyplan/track/warning.hpp>
#include <countyplan/track/warning_messages.hpp>

namespace countyplan::detail {

/// When an entry by hand was made; the greater one is the newer.
struct EntryStamp {
    Day valid{};
    Day recorded{};
    Id<Fact> fact{};

    friend auto operator<=>(const EntryStamp&, const EntryStamp&) = default;
    friend bool operator==(const EntryStamp&, const EntryStamp&) = default;
};

/// What the ledger says about the colour of one thing.
struct WarningMemory {
    std::optional<WarningColour> reported{};  ///< what the last report showed
    bool pending = false;                     ///< that report computed something else
    std::optional<WarningColour> entry{};     ///< by hand, and still in force
    EntryStamp stamp{};                       ///< of the entry
};

/// What all colours are found with: the input, the memory, the list of causes.
class WarningBook {
  public:
    WarningBook(const WarningInput& input, const WarningOptions& options)
        : in_(input), plan_(input.ledger.plan()), rows_(plan_.rows()), options_(options) {}

  protected:
    using Causes = std::vector<std::uint32_t>;

    // What the ledger remembers.

    void note(Message message, Id<Fact> fact) {
        detail::note(out_.findings, Severity::warning, std::move(message), "ledger", fact.value(), "value");
    }

    [[nodiscard]] std::optional<std::pair<Noun, std::size_t>> row_of(const Reference& subject) const {
        const auto row = [&](auto id) -> std::optional<std::pair<Noun, std::size_t>> {
            if (!id) return std::nullopt;
            return std::pair(subject.noun, id.value());
        };
        switch (subject.noun) {
            case Noun::task:
                return row(plan_.find<Task>(subject.id));
            case Noun::indicator:
                return row(plan_.find<Indicator>(subject.id));
            case Noun::goal:
                return row(plan_.find<Goal>(subject.id));
            case Noun::county:
                return row(plan_.find<County>(subject.id));
            default:
                return std::nullopt;
        }
    }

    static std::string_view trimmed(std::string_view text) {
        while (!text.empty() && text.front() == ' ')
            text.remove_prefix(1);
        while (!text.empty() && text.back() == ' ')
            text.remove_suffix(1);
        return text;
    }

    /// `COLOUR: reason`, with a half-width or a full-width colon.
    std::optional<WarningColour> entry_of(Id<Fact> fact) {
        const std::string_view text = in_.ledger[fact].value;
        const std::string_view wide = "：";
        const auto half = text.find(':');
        const auto full = text.find(wide);
        const auto colon = std::min(half, full);
        const auto colour = enumerator<WarningColour>(trimmed(text.substr(0, colon)));
        if (!colour) {
            note({message::fact_unreadable, {in_.ledger[fact].field, std::string(text)}}, fact);
            return std::nullopt;
        }
        if (colon == std::string_view::npos || reason_of(text).empty()) {
            note({message::entry_without_reason, {word(*colour)}}, fact);
            return std::nullopt;
        }
        return colour;
    }

  public:
    static std::string_view reason_of(std::string_view text) {
        const std::string_view wide = "：";
        const auto half = text.find(':');
        const auto full = text.find(wide);
        if (half == full) return {};  // neither is there
        return trimmed(text.substr(half < full ? half + 1 : full + wide.size()));
    }

  protected:
    void remember() {
        if (!in_.ledger.field("colour") && !in_.ledger.field("reported_colour")) return;
        std::set<Reference> subjects;
        for (const Fact& fact : rows_.ledger) {
            if (fact.field == "colour" || fact.field == "reported_colour") subjects.insert(fact.subject);
        }
        for (const Reference& subject : subjects) {
            const auto key = row_of(subject);
            if (!key) continue;
            WarningMemory memory;
            std::optional<Day> reported_on;
            AsOf before = in_.as_of;
            if (before.valid.number() > Day::parse("0001-01-01")->number()) {
                before.valid = before.valid - std::chrono::days(1);
                if (const Id<Fact> fact = in_.ledger.find(subject, "reported_colour", before)) {
                    const std::string_view text = in_.ledger[fact].value;
                    const auto slash = text.find('/');
                    memory.reported = enumerator<WarningColour>(text.substr(0, slash));
                    memory.pending = slash != std::string_view::npos;
                    reported_on = in_.ledger[fact].valid_at;
                    if (!memory.reported) {
                        note({message::fact_unreadable, {in_.ledger[fact].field, std::string(text)}}, fact);
                    }
                }
            }
            if (const Id<Fact> fact = in_.ledger.find(subject, "colour", in_.as_of)) {
                const Fact& row = in_.ledger[fact];
                if (!reported_on || *reported_on < row.valid_at) memory.entry = entry_of(fact);
                memory.stamp = {row.valid_at, row.recorded_at, fact};
            }
            memory_.emplace(*key, memory);
        }
    }

    [[nodiscard]] const WarningMemory* memory_of(Noun noun, std::size_t row) const {
        if (memory_.empty()) return nullptr;
        const auto known = memory_.find({noun, row});
        return known == memory_.end() ? nullptr : &known->second;
    }
    [[nodiscard]] std::optional<EntryStamp> entry_on(Noun noun, std::size_t row) const {
        const WarningMemory* memory = memory_of(noun, row);
        return memory != nullptr && memory->entry ? std::optional(memory->stamp) : std::nullopt;
    }

    // Causes.

    std::uint32_t add(WarningCause cause) {
        out_.causes.push_back(cause);
        return static_cast<std::uint32_t>(out_.causes.size() - 1);
    }
    static WarningCause cause(WarningReason reason, Noun noun, std::size_t row) {
        return {.reason = reason, .noun = noun, .row = row};
    }

    /// People in place on the day asked about, for posts that are wanted on it and have fewer than they
    /// need at least, or nobody.
    void find_empty_posts() {
        std::vector<std::int64_t> in_place(rows_.posts.size(), 0);
        for (const Posting& posting : in_.staffing) {
            if (!Period{posting.from, posting.to}.contains(in_.as_of.valid)) continue;
            if (const Id<Post> post = plan_.find<Post>(posting.post)) ++in_place[post.value()];
        }
        empty_posts_.resize(rows_.schools.size());
        for (const Id<Post> id : rows_.posts.ids()) {
            const Post& post = rows_.posts[id];
            const std::int64_t there = in_place[id.value()];
            const std::int64_t needed = there < post.min ? post.min : there == 0 ? post.target : 0;
            if (there >= needed || !plan_.period_of(id).contains(in_.as_of.valid)) continue;
            WarningCause empty = cause(WarningReason::empty_post, Noun::post, id.value());
            empty.number = static_cast<double>(there);
            empty.limit = static_cast<double>(needed);
            empty_posts_[plan_.school_of(id).value()].push_back(add(empty));
        }
        posts_end_ = static_cast<std::uint32_t>(out_.causes.size());
    }

    // One thing.

    /// Judges with its numbers as they are, then looks whether the colour that was reported is left.
    /// `judge(shift, causes)` is the colour with SPI(t) or pace moved by `shift`; fills in `causes` if given.
    template <class Judge>
    void decide(Warning& warning, Noun noun, std::size_t row, Judge judge) {
        warning.computed = judge(0.0, &warning.causes);
        warning.colour = warning.computed;
        const WarningMemory* const memory = memory_of(noun, row);
        if (memory != nullptr && memory->reported && *memory->reported != warning.computed && !memory->pending) {
            const WarningColour former = *memory->reported;
            if (judge(options_.crossing, nullptr) == former || judge(-options_.crossing, nullptr) == former) {
                warning.colour = former;
                WarningCause held = cause(WarningReason::held, noun, row);
                held.colour = former;
                warning.causes.push_back(add(held));
            }
        }
    }

    /// An entry by hand on a thing, unless one further up is newer. What still stands below is newer than
    /// it, so that the worst of those counts too.
    void enter(Warning& warning, Noun noun, std::size_t row, const std::optional<EntryStamp>& above,
               std::optional<WarningColour> below) {
        if (memory_.empty()) return;
        const auto own = standing_entry(noun, row, above);
        if (!own) return;
        WarningCause by_hand = cause(WarningReason::entry, noun, row);
        by_hand.colour = *memory_of(noun, row)->entry;
        by_hand.day = own->valid;
        by_hand.fact = own->fact;
        if (!below) warning.causes.clear();
        warning.colour = std::max(by_hand.colour, below.value_or(by_hand.colour));
        warning.causes.push_back(add(by_hand));
    }

    /// The entry on a thing, unless a newer one further up has set it aside.
    [[nodiscard]] std::optional<EntryStamp> standing_entry(Noun noun, std::size_t row,
                                                           const std::optional<EntryStamp>& above) const {
        const auto own = entry_on(noun, row);
        return own && above && *own < *above ? std::nullopt : own;
    }
    [[nodiscard]] std::optional<WarningColour> standing_colour(Noun noun, std::size_t row,
                                                               const std::optional<EntryStamp>& above) const {
        return standing_entry(noun, row, above) ? memory_of(noun, row)->entry : std::nullopt;
    }

    const WarningInput& in_;
    const Plan& plan_;
    const Draft& rows_;
    const WarningOptions& options_;
    std::map<std::pair<Noun, std::size_t>, WarningMemory> memory_{};
    std::vector<Causes> empty_posts_{};  ///< per school
    std::uint32_t posts_end_ = 0;        ///< the causes before it are empty posts, and no others are
    Warnings out_{};
};

}  // namespace countyplan::detail
