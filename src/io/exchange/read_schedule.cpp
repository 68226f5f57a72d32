#include <countyplan/io/exchange/read_schedule.hpp>

#include <algorithm>
#include <utility>

#include <countyplan/io/messages.hpp>
#include <countyplan/scalar/number.hpp>

#include "../file_name.hpp"
#include "schedule_builder.hpp"

namespace countyplan {

namespace {

/// Whether an XML text says itself that it is in a Chinese encoding.
bool declares_chinese(std::string_view bytes) {
    if (!bytes.starts_with("<?xml")) return false;
    std::string declaration(bytes.substr(0, std::min(bytes.find("?>"), std::size_t{200})));
    std::ranges::transform(declaration, declaration.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? char(c | 32) : c; });
    return std::ranges::any_of(std::initializer_list<std::string_view>{"gb2312", "gbk", "gb18030"},
                               [&](std::string_view name) { return declaration.find(name) != std::string::npos; });
}

}  // namespace

std::optional<ScheduleFormat> schedule_format_of(std::string_view name, std::string_view bytes) {
    for (const auto& [suffix, format] :
         {std::pair{".sm", ScheduleFormat::psplib}, std::pair{".xml", ScheduleFormat::mspdi},
          std::pair{".mspdi", ScheduleFormat::mspdi}, std::pair{".xer", ScheduleFormat::xer},
          std::pair{".json", ScheduleFormat::json}}) {
        if (detail::ends_with(name, suffix)) return format;
    }
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    const std::size_t start = bytes.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos) return std::nullopt;
    bytes.remove_prefix(start);
    if (bytes.starts_with("ERMHDR")) return ScheduleFormat::xer;
    if (bytes.front() == '<') return ScheduleFormat::mspdi;
    if (bytes.front() == '{') return ScheduleFormat::json;
    if (bytes.substr(0, 4'000).find("PRECEDENCE RELATIONS:") != std::string_view::npos) return ScheduleFormat::psplib;
    return std::nullopt;
}

ScheduleReading read_schedule_text(std::string bytes, const std::string& name, const ScheduleReadOptions& options) {
    detail::ScheduleBuilder builder(name, options);
    const auto format = options.format ? options.format : schedule_format_of(name, bytes);
    if (bytes.size() > options.limits.file_bytes) {
        builder.complain({message::size_limit, {name, to_text(options.limits.file_bytes)}}, 0);
    } else if (!format) {
        for (const Flaw& flaw : decode(bytes.substr(0, 64), Encoding::utf_8).flaws)
            builder.add(flaw);
        builder.complain(message::exchange_unknown_format, 1, std::string_view(bytes).substr(0, 40),
                         message::exchange_name_the_format);
    } else if (*format == ScheduleFormat::json) {
        detail::read_schedule_document(std::move(bytes), builder);
    } else {
        const bool says_so = *format == ScheduleFormat::mspdi && declares_chinese(bytes);
        const bool automatic = options.encoding == Encoding::automatic;
        const DecodedText text = decode(std::move(bytes), says_so && automatic ? Encoding::gb18030 : options.encoding);
        for (const Flaw& flaw : text.flaws)
            builder.add(flaw);
        if (text.ok() && *format == ScheduleFormat::psplib) detail::read_psplib(text.text, builder);
        if (text.ok() && *format == ScheduleFormat::mspdi) detail::read_mspdi(text.text, builder);
        if (text.ok() && *format == ScheduleFormat::xer) detail::read_xer(text.text, builder);
    }
    return builder.finish(format.value_or(ScheduleFormat::json));
}

ScheduleReading read_schedule(const std::string& path, const ScheduleReadOptions& options, Files& files) {
    return read_schedule_text(read_file(path, options.limits, files), path, options);
}

}  // namespace countyplan
