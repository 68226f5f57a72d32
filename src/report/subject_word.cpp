#include <countyplan/report/subject_word.hpp>

#include <string>

#include <countyplan/plan/subject.hpp>

namespace countyplan {

LocalText subject_words(std::string_view subject) {
    const MessageText* const known = known_subject(subject);
    if (known != nullptr) return {std::string(known->zh), std::string(known->en)};
    return {std::string(subject), std::string(subject)};
}

}  // namespace countyplan
