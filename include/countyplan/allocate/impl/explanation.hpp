// How the answers to several questions are gathered and told.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/explain_messages.hpp>
#include <countyplan/allocate/explanation.hpp>
#include <countyplan/allocate/impl/explain_words.hpp>
#include <countyplan/plan/subject.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

/// Puts an explanation into sentences, in the order of its members.
class ExplanationTeller {
  public:
    ExplanationTeller(const Plan& plan, const Explanation& explanation) : plan_(plan), all_(explanation) {}

    [[nodiscard]] std::vector<Message> tell() {
        if (all_.why_here) add(sentences(plan_, *all_.why_here));
        for (const Alternative& row : all_.other_posts)
            tell(row);
        if (all_.worth) {
            out_.push_back({message::told_without, {all_.worth->expert, words(all_.worth->less)}});
            out_.push_back({message::told_another, {all_.worth->expert, words(all_.worth->more)}});
        }
        if (all_.why_not) add(sentences(plan_, *all_.why_not));
        for (const WeightChange& row : all_.weight_changes)
            tell(row);
        if (all_.why_empty) add(sentences(plan_, *all_.why_empty));
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
        return std::move(out_);
    }

  private:
    void add(std::vector<Message> more) {
        for (Message& message : more)
            out_.push_back(std::move(message));
    }

    [[nodiscard]] MessageArgument words(const Effect& effect) const { return as_argument(describe(plan_, effect)); }

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

}  // namespace detail

COUNTYPLAN_INLINE Explanation explain(const Plan& plan, const Allocation& allocation, const Question& question,
                                      const Stop& stop) {
    Explanation out{.digests = allocation.digests};
    if (allocation.termination == Termination::infeasible) {
        out.why_infeasible = why_infeasible(plan, allocation, question.most, 4, stop);
        return out;
    }
    if (question.expert) {
        const Id<Expert> expert = *question.expert;
        out.why_here = why_here(plan, allocation, expert, stop);
        out.other_posts = ranked_posts(plan, allocation, expert, question.most, stop);
        out.worth = worth(plan, allocation, expert, stop);
        if (question.why_not) {
            out.why_not = why_not(plan, allocation, expert, *question.why_not, stop);
            if (question.weights)
                out.weight_changes = weight_changes(plan, allocation, expert, *question.why_not, stop);
        }
    }
    if (question.post) {
        const Id<Post> post = *question.post;
        out.why_empty = why_empty(plan, allocation, post, question.most, stop);
        out.people = ranked_people(plan, allocation, post, question.most, stop);
        out.places = worth(plan, allocation, "post:" + plan.rows().posts[post].id, stop);
    }
    if (question.weights) out.weight_ranges = weight_ranges(plan, allocation, stop);
    if (question.subjects) out.subjects = scarcest_subjects(plan, allocation, stop);
    if (question.hinges > 0) out.hinges = hinges(plan, allocation, question.hinges, stop);
    return out;
}

COUNTYPLAN_INLINE std::vector<Message> sentences(const Plan& plan, const Explanation& explanation) {
    return detail::ExplanationTeller(plan, explanation).tell();
}

}  // namespace countyplan

#include <countyplan/separate.hpp>
