// What is a kind of JSON value called?
#pragma once

#include <countyplan/io/json.hpp>
#include <countyplan/io/table_messages.hpp>

namespace countyplan::detail {

[[nodiscard]] inline const MessageText& json_kind_word(JsonKind kind) {
    switch (kind) {
        case JsonKind::null:
            return message::json_null;
        case JsonKind::boolean:
            return message::json_boolean;
        case JsonKind::integer:
        case JsonKind::decimal:
            return message::json_number;
        case JsonKind::text:
            return message::json_text;
        case JsonKind::array:
            return message::json_array;
        case JsonKind::object:
            return message::json_object;
    }
    return message::json_null;
}

}  // namespace countyplan::detail
