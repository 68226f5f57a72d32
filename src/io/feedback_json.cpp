#include <countyplan/io/feedback_json.hpp>

#include <cmath>
#include <cstddef>

#include <countyplan/io/json.hpp>
#include <countyplan/version.hpp>

#include "json_values.hpp"

namespace countyplan {

namespace {

double rounded(double share) { return std::round(share * 1e6) / 1e6; }

void write_chance(JsonWriter& writer, const Plan& plan, const PostChance& row) {
    writer.begin_object();
    writer.key("post").text(row.post);
    writer.key("is_wished").boolean(row.is_wished);
    writer.key("times").integer(row.times);
    writer.key("low").decimal(rounded(row.low));
    writer.key("high").decimal(rounded(row.high));
    writer.key("behind").begin_object();
    for (std::size_t t = 0; t < row.behind.size(); ++t)
        writer.key(name(plan.rows().objective[t])).number(to_text(row.behind[t]));
    writer.end_object().end_object();
}

}  // namespace

std::string feedback_json(const Plan& plan, const Feedback& feedback) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("plan").text(plan.rows().name);
    writer.key("version").text(version);
    detail::write_digests(writer, plan.digests());
    writer.key("expert").text(feedback.expert);
    writer.key("post");
    if (feedback.post.empty()) {
        writer.null();
    } else {
        writer.text(feedback.post);
    }
    writer.key("termination").text(name(feedback.termination));
    writer.key("cause").text(name(feedback.cause));
    writer.key("samples").integer(feedback.samples);
    writer.key("impossible").integer(feedback.impossible);
    writer.key("at_home").integer(feedback.at_home);
    writer.key("posts").begin_array();
    for (const PostChance& row : feedback.posts)
        write_chance(writer, plan, row);
    writer.end_array().end_object();
    return writer.take();
}

}  // namespace countyplan
