#include "verdict_text.hpp"

#include <countyplan/io/json.hpp>
#include <countyplan/version.hpp>

#include "messages.hpp"

namespace countyplan {

std::string file_of(AnswerPart part) {
    switch (part) {
        case AnswerPart::staffing:
            return "staffing.csv";
        case AnswerPart::result:
            return "result.json";
        case AnswerPart::certificate:
            break;
    }
    return "certificate.json";
}

Message reason_of(const AnswerVerdict& verdict, Language language) {
    if (verdict.detail.empty()) return verdict.why;
    return Message(message::cli_refused_detail, {text(verdict.why, language), text(verdict.detail, language)});
}

void tell(const AnswerVerdict& verdict, const Allocation& allocation, Console& console) {
    if (console.json()) {
        JsonWriter writer;
        writer.begin_object();
        writer.key("version").text(version);
        writer.key("accepted").boolean(verdict.accepted);
        writer.key("claim").text(name(allocation.claim));
        if (!verdict.accepted) {
            writer.key("file").text(file_of(verdict.part));
            writer.key("key").text(verdict.key);
            writer.key("why").begin_object();
            writer.key("code").text(verdict.why.code());
            writer.key("zh").text(text(reason_of(verdict, Language::zh), Language::zh));
            writer.key("en").text(text(reason_of(verdict, Language::en), Language::en)).end_object();
        }
        writer.end_object();
        console.raw(writer.take());
        return;
    }
    if (!verdict.accepted) {
        console.line(Message(message::cli_refused, {file_of(verdict.part), verdict.key,
                                                    text(reason_of(verdict, console.language()), console.language())}));
    } else if (allocation.claim == Claim::proved) {
        console.line(message::cli_accepted);
    } else if (allocation.claim == Claim::feasible) {
        console.line(message::cli_accepted_feasible);
    } else {
        console.line(message::cli_accepted_nothing);
    }
}

}  // namespace countyplan
