// How the answers to several questions are gathered and told.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/explain/explanation.hpp>
#include <countyplan/allocate/explain/impl/asking.hpp>
#include <countyplan/allocate/explain/impl/explain.hpp>
#include <countyplan/allocate/explain/impl/explain_words.hpp>
#include <countyplan/allocate/explain/impl/weight_range.hpp>
#include <countyplan/allocate/explain/impl/worth.hpp>
#include <countyplan/allocate/explain/messages.hpp>
#include <countyplan/plan/subject.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/remaining_time.hpp>

namespace countyplan {

namespace detail {

/// Puts an explanation into sentences, in the order of its members.
class ExplanationTeller {
  public:
    ExplanationTeller(const Plan& plan, const Explanation& explanation) : plan_(plan), all_(explanation) {}

    [[nodiscard]] std::vector<Message> tell() {
        if (all_.why_here) add(sentences(plan_, *all_.why_here, all_.names));
        for (const Alternative& row : all_.other_posts)
            tell(row);
        if (all_.worth) {
            out_.push_back({message::told_without, {all_.worth->expert, words(all_.worth->less)}});
            out_.push_back({message::told_another, {all_.worth->expert, words(all_.worth->more)}});
        }
        if (all_.why_not) add(sentences(plan_, *all_.why_not, all_.names));
        for (const WeightChange& row : all_.weight_changes)
            tell(row);
        if (all_.why_empty) add(sentences(plan_, *all_.why_empty, all_.names));
        for (const Alternative& row : all_.people)
            tell(row);
        for (const BoundWorth& row : all_.places)
            tell(row);
        for (const WeightRange& row : all_.weight_ranges) {
            out_.push_back(
                {message::told_range,
                 {word(row.factor), std::to_string(row.weight), std::to_string(row.lower), std::to_string(row.upper)}});
        }
        for (const SubjectWorth& row : all_.subjects) {
            const MessageArgument subject =
                row.subject.empty() ? MessageArgument(message::any_subject) : subject_argument(row.subject);
            out_.push_back({message::told_subject, {word(row.role), subject, words(row.effect)}});
        }
        for (const Hinge& row : all_.hinges) {
            const bool is_post = row.expert.empty();
            out_.push_back({is_post ? message::told_closed : message::told_without,
                            {is_post ? row.post : row.expert, words(row.effect)}});
        }
        add(sentences(plan_, all_.why_infeasible));
        if (all_.cause != Cause::proved) out_.push_back({message::told_stopped, {word(all_.cause)}});
        return std::move(out_);
    }

  private:
    void add(std::vector<Message> more) {
        for (Message& message : more)
            out_.push_back(std::move(message));
    }

    [[nodiscard]] MessageArgument words(const Effect& effect) const {
        return as_argument(describe(plan_, effect, all_.names));
    }

    void tell(const Alternative& row) {
        out_.push_back({message::told_alternative, {row.expert, row.post, words(row.effect)}});
    }

    void tell(const BoundWorth& row) {
        const MessageArgument bound = as_argument(describe(plan_, row.bound));
        if (row.less)
            out_.push_back({message::told_bound, {bound, std::to_string(row.bound.bound - 1), words(*row.less)}});
        if (row.more)
            out_.push_back({message::told_bound, {bound, std::to_string(row.bound.bound + 1), words(*row.more)}});
    }

    void tell(const WeightChange& row) {
        if (row.lower == row.weight) return;
        const std::string now = std::to_string(row.weight);
        if (row.lower) out_.push_back({message::told_change, {word(row.factor), now, std::to_string(*row.lower)}});
        if (row.upper) out_.push_back({message::told_change, {word(row.factor), now, std::to_string(*row.upper)}});
        if (!row.lower && !row.upper) out_.push_back({message::told_no_change, {word(row.factor)}});
    }

    const Plan& plan_;
    const Explanation& all_;
    std::vector<Message> out_;
};

/// Answers one question, all of it from one problem.
class Explainer {
  public:
    Explainer(const Plan& plan, const Allocation& allocation, const Question& question, const RemainingTime& clock)
        : plan_(plan), allocation_(allocation), question_(question), clock_(clock) {
        out_.digests = allocation.digests;
        out_.names = allocation.names;
    }

    [[nodiscard]] Explanation run() {
        if (allocation_.termination == Termination::infeasible) {
            out_.why_infeasible = why_infeasible(plan_, allocation_, question_.most, 4, clock_.rest());
            out_.cause = out_.why_infeasible.cause;
            return std::move(out_);
        }
        auto asking = Asking::of(plan_, allocation_, clock_);
        if (!asking) {
            out_.cause = cause_of_unknown();
            return std::move(out_);
        }
        if (question_.expert) tell_expert(*asking, *question_.expert);
        if (question_.post) {
            const Id<Post> post = *question_.post;
            out_.why_empty = why_empty(*asking, allocation_, post, question_.most);
            out_.people = ranked_people(*asking, post, question_.most);
            out_.places = worth_of_bounds(&*asking, plan_, "post:" + plan_.rows().posts[post].id);
        }
        if (question_.weights) out_.weight_ranges = weight_ranges(*asking);
        if (question_.subjects) {
            out_.subjects = scarcest_subjects(plan_, allocation_, clock_.rest());
            for (const SubjectWorth& row : out_.subjects)
                note(row.effect);
        }
        if (question_.hinges > 0) out_.hinges = HingeSearch(*asking, question_.hinges).run();
        if (asking->stopped()) out_.cause = *asking->stopped();
        return std::move(out_);
    }

  private:
    void tell_expert(Asking& asking, Id<Expert> expert) {
        out_.why_here = why_here(asking, expert);
        out_.other_posts = ranked_posts(asking, expert, question_.most);
        out_.worth = worth_of_expert(asking, allocation_, expert);
        note(out_.worth->more);
        if (!question_.why_not) return;
        out_.why_not = refusals_of(Eligibility(plan_), plan_, expert, *question_.why_not);
        if (out_.why_not->refusals.empty()) write_why_not(asking, expert, *question_.why_not, *out_.why_not);
        if (question_.weights) out_.weight_changes = weight_changes(asking, expert, *question_.why_not);
    }

    /// Of an effect that was found otherwise than through the asking.
    void note(const Effect& effect) {
        if (effect.termination == Termination::unknown) out_.cause = cause_of_unknown();
    }
    [[nodiscard]] Cause cause_of_unknown() const { return clock_.cause().value_or(Cause::steps); }

    const Plan& plan_;
    const Allocation& allocation_;
    const Question& question_;
    const RemainingTime& clock_;
    Explanation out_;
};

}  // namespace detail

COUNTYPLAN_INLINE Explanation explain(const Plan& plan, const Allocation& allocation, const Question& question,
                                      const Stop& stop) {
    return detail::Explainer(plan, allocation, question, detail::RemainingTime(stop)).run();
}

COUNTYPLAN_INLINE std::vector<Message> sentences(const Plan& plan, const Explanation& explanation) {
    return detail::ExplanationTeller(plan, explanation).tell();
}

}  // namespace countyplan
