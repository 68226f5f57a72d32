// How does one message stand inside another, in both languages?
#pragma once

#include <string>

#include <countyplan/scalar/message.hpp>

namespace countyplan {

[[nodiscard]] inline MessageArgument words_of(const Message& message) {
    return {text(message, Language::zh), text(message, Language::en)};
}

/// Messages in a row, each language with its own mark between them.
class WordRow {
  public:
    void add(const Message& part) {
        zh_ += (zh_.empty() ? "" : "，") + text(part, Language::zh);
        en_ += (en_.empty() ? "" : ", ") + text(part, Language::en);
    }
    [[nodiscard]] MessageArgument words() const { return {zh_, en_}; }

  private:
    std::string zh_, en_;
};

}  // namespace countyplan
