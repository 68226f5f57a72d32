#include <countyplan/io/explanation_json.hpp>

#include <countyplan/io/json.hpp>
#include <countyplan/version.hpp>

#include "json_values.hpp"

namespace countyplan {

namespace {

class ExplanationWriter {
  public:
    ExplanationWriter(const Plan& plan, const Explanation& explanation) : plan_(plan), all_(explanation) {}

    std::string write() {
        out_.begin_object();
        out_.key("plan").text(plan_.rows().name);
        out_.key("version").text(version);
        detail::write_digests(out_, all_.digests);
        detail::write_tier_names(out_, all_.names);
        out_.key("cause").text(name(all_.cause));
        if (all_.why_here) write(*all_.why_here);
        if (all_.why_not) write(*all_.why_not);
        if (all_.why_empty) write(*all_.why_empty);
        if (!all_.weight_ranges.empty()) write_ranges();
        if (!all_.subjects.empty()) write_subjects();
        if (!all_.hinges.empty()) write_hinges();
        if (!all_.why_infeasible.conflict.empty()) write(all_.why_infeasible);
        out_.key("sentences");
        each(sentences(plan_, all_), [&](const Message& message) { detail::write_message(out_, message); });
        out_.end_object();
        return out_.take();
    }

  private:
    template <class Rows, class Put>
    void each(const Rows& rows, const Put& put) {
        out_.begin_array();
        for (const auto& row : rows)
            put(row);
        out_.end_array();
    }

    void effect(const char* key, const Effect& effect) {
        out_.key(key).begin_object();
        out_.key("termination").text(name(effect.termination));
        out_.key("loss");
        if (effect.termination == Termination::optimal) {
            out_.begin_object();
            for (std::size_t t = 0; t < effect.loss.size(); ++t)
                out_.key(name(plan_.rows().objective[t])).number(to_text(effect.loss[t]));
            out_.end_object();
        } else {
            out_.null();
        }
        out_.end_object();
    }

    void text_or_null(const char* key, const std::string& text) {
        out_.key(key);
        if (text.empty()) {
            out_.null();
        } else {
            out_.text(text);
        }
    }

    void number_or_null(const char* key, const std::optional<std::int64_t>& number) {
        out_.key(key);
        if (number) {
            out_.integer(*number);
        } else {
            out_.null();
        }
    }

    void factors(const char* key, const FactorTable& table) {
        out_.key(key);
        each(table, [&](const FactorPoints& line) {
            out_.begin_object();
            out_.key("factor").text(name(line.factor));
            out_.key("value").integer(line.value);
            out_.key("weight").integer(line.weight);
            out_.key("points").integer(line.points).end_object();
        });
    }

    void transfers(const std::vector<Transfer>& rows) {
        out_.key("transfers");
        each(rows, [&](const Transfer& row) {
            out_.begin_object();
            out_.key("expert").text(row.expert);
            text_or_null("from", row.from);
            text_or_null("to", row.to);
            out_.end_object();
        });
    }

    void alternatives(const char* key, const std::vector<Alternative>& rows) {
        out_.key(key);
        each(rows, [&](const Alternative& row) {
            out_.begin_object();
            out_.key("expert").text(row.expert);
            out_.key("post").text(row.post);
            effect("effect", row.effect);
            out_.end_object();
        });
    }

    void refusal(const Refusal& row) {
        out_.begin_object();
        out_.key("kind").text(name(row.kind));
        out_.key("rule").text(row.rule);
        out_.key("reason");
        detail::write_message(out_, row.reason);
        out_.end_object();
    }

    /// The members of a bound; the caller opens and closes the object.
    void bound(const SetBound& row) {
        out_.key("set").text(row.set);
        out_.key("side").text(row.is_lower ? "lower" : "upper");
        out_.key("bound").integer(row.bound);
    }

    void write(const WhyHere& why) {
        out_.key("why_here").begin_object();
        out_.key("expert").text(why.expert);
        text_or_null("post", why.post);
        factors("factors", why.factors);
        text_or_null("other", why.other);
        factors("other_factors", why.other_factors);
        effect("effect", why.effect);
        transfers(why.transfers);
        out_.end_object();
        alternatives("other_posts", all_.other_posts);
        if (!all_.worth) return;
        out_.key("worth").begin_object();
        effect("less", all_.worth->less);
        effect("more", all_.worth->more);
        out_.end_object();
    }

    void write(const WhyNot& why) {
        out_.key("why_not").begin_object();
        out_.key("expert").text(why.expert);
        out_.key("post").text(why.post);
        out_.key("serves").boolean(why.serves);
        out_.key("given").boolean(why.given);
        out_.key("refusals");
        each(why.refusals, [&](const Refusal& row) { refusal(row); });
        out_.key("edits");
        each(why.edits, [&](const DataEdit& row) {
            out_.begin_object();
            out_.key("place").text(to_text(row.place));
            out_.key("value").text(row.value);
            out_.key("what");
            detail::write_message(out_, row.what);
            out_.end_object();
        });
        effect("effect", why.effect);
        transfers(why.transfers);
        out_.key("points");
        if (why.points) {
            out_.number(to_text(*why.points));
        } else {
            out_.null();
        }
        out_.end_object();
        if (all_.weight_changes.empty()) return;
        out_.key("weight_changes");
        each(all_.weight_changes, [&](const WeightChange& row) {
            out_.begin_object();
            out_.key("factor").text(name(row.factor));
            out_.key("weight").integer(row.weight);
            number_or_null("lower", row.lower);
            number_or_null("upper", row.upper);
            out_.end_object();
        });
    }

    void write(const WhyEmpty& why) {
        out_.key("why_empty").begin_object();
        out_.key("post").text(why.post);
        out_.key("serving").integer(why.serving);
        out_.key("short_of_min").integer(why.short_of_min);
        out_.key("short_of_target").integer(why.short_of_target);
        out_.key("reason");
        if (why.reason.empty()) {
            out_.null();
        } else {
            detail::write_message(out_, why.reason);
        }
        out_.key("group");
        if (why.group) {
            each(why.group->posts, [&](const std::string& post) { out_.text(post); });
        } else {
            out_.null();
        }
        out_.key("refused").integer(why.refused);
        out_.key("nearest");
        each(why.nearest, [&](const NearMiss& row) {
            out_.begin_object();
            out_.key("expert").text(row.expert);
            out_.key("refusals");
            each(row.refusals, [&](const Refusal& one) { refusal(one); });
            out_.end_object();
        });
        effect("one_more", why.one_more);
        transfers(why.transfers);
        out_.key("repairs");
        each(why.repairs, [&](const FillingRepair& row) {
            out_.begin_object();
            if (row.bound) {
                bound(*row.bound);
            } else {
                out_.key("expert").text(row.expert);
                out_.key("refusal");
                refusal(*row.refusal);
            }
            effect("effect", row.effect);
            out_.end_object();
        });
        out_.end_object();
        alternatives("people", all_.people);
        out_.key("places");
        each(all_.places, [&](const BoundWorth& row) {
            out_.begin_object();
            bound(row.bound);
            if (row.less) effect("less", *row.less);
            if (row.more) effect("more", *row.more);
            out_.end_object();
        });
    }

    void write_ranges() {
        out_.key("weight_ranges");
        each(all_.weight_ranges, [&](const WeightRange& row) {
            out_.begin_object();
            out_.key("factor").text(name(row.factor));
            out_.key("weight").integer(row.weight);
            out_.key("lower").integer(row.lower);
            out_.key("upper").integer(row.upper).end_object();
        });
    }

    void write_subjects() {
        out_.key("subjects");
        each(all_.subjects, [&](const SubjectWorth& row) {
            out_.begin_object();
            out_.key("role").text(name(row.role));
            text_or_null("subject", row.subject);
            effect("effect", row.effect);
            out_.end_object();
        });
    }

    void write_hinges() {
        out_.key("hinges");
        each(all_.hinges, [&](const Hinge& row) {
            out_.begin_object();
            text_or_null("expert", row.expert);
            text_or_null("post", row.post);
            effect("effect", row.effect);
            out_.end_object();
        });
    }

    void write(const WhyInfeasible& why) {
        out_.key("why_infeasible").begin_object();
        out_.key("conflict");
        each(why.conflict, [&](const SetBound& row) {
            out_.begin_object();
            bound(row);
            out_.end_object();
        });
        out_.key("complete").boolean(why.complete);
        out_.key("repairs");
        each(why.repairs, [&](const FeasibilityRepair& row) {
            out_.begin_object();
            out_.key("units").integer(row.units);
            out_.key("bounds");
            each(row.bounds, [&](const LoosenedBound& one) {
                out_.begin_object();
                bound(one.bound);
                out_.key("loosened").integer(one.loosened).end_object();
            });
            out_.key("tiers").begin_object();
            for (const TierValue& tier : row.tiers)
                out_.key(name(tier.tier)).number(to_text(tier.value));
            out_.end_object().end_object();
        });
        out_.end_object();
    }

    const Plan& plan_;
    const Explanation& all_;
    JsonWriter out_;
};

}  // namespace

std::string explanation_json(const Plan& plan, const Explanation& explanation) {
    return ExplanationWriter(plan, explanation).write();
}

}  // namespace countyplan
