// Counties, senders and pairings of a generated programme, real or invented.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/experiment/impl/frame.hpp>

namespace countyplan::detail {

[[nodiscard]] inline std::optional<double> degrees(std::int32_t hundredths) {
    if (hundredths == 0) return std::nullopt;
    return static_cast<double>(hundredths) / 100.0;
}

inline void add_sender(Frame& frame, Sender row, std::string letters, std::int64_t weight, bool eastern) {
    frame.draft.senders.push_back(std::move(row));
    frame.seats.push_back({std::move(letters), weight, eastern, SIZE_MAX});
}

inline void add_guangxi(Frame& frame) {
    Draft& draft = frame.draft;
    draft.name = "广西二十县帮扶方案(示例) Plan for the 20 key counties of Guangxi (example)";
    for (const KeyCounty& known : guangxi_counties) {
        County row;
        row.code = *Code::parse(std::to_string(known.code));
        row.name_zh = known.name_zh;
        row.name_en = known.name_en;
        row.prefecture = known.prefecture;
        row.lat = degrees(known.lat);
        row.lng = degrees(known.lng);
        draft.counties.push_back(std::move(row));
    }
    for (const KnownSender& known : guangxi_senders) {
        Sender row;
        row.id = known.id;
        row.name_zh = known.name_zh;
        row.name_en = known.name_en;
        row.kind = known.kind;
        row.parent = known.parent;
        row.lat = degrees(known.lat);
        row.lng = degrees(known.lng);
        add_sender(frame, std::move(row), std::string(known.letters), known.weight, known.eastern);
    }
    for (const KnownPairing& known : guangxi_pairings) {
        draft.pairings.push_back(
            {std::string(known.sender), std::to_string(known.county), known.kind, {}, {}, known.required});
    }
    for (const KnownRear& known : guangxi_rears) {
        draft.pairings.push_back(
            {std::string(known.sender), std::to_string(known.county) + "-H1", PairingKind::school, {}, {}, true});
    }
}

/// Counties stand under codes that follow the pattern of GB/T 2260 in the ten provinces of the scheme,
/// with prefectures 71 to 86 and counties 71 to 80, which the standard assigns to nobody.
inline void add_invented(Frame& frame, const GenerateOptions& options) {
    static constexpr std::uint32_t provinces[] = {15, 45, 50, 51, 52, 53, 61, 62, 63, 64};
    Draft& draft = frame.draft;
    draft.name = "虚构的帮扶方案 Invented plan";
    std::vector<std::uint32_t> codes;
    for (std::uint32_t k = 0; k < static_cast<std::uint32_t>(options.counties); ++k) {
        codes.push_back(provinces[k / 10 % 10] * 10000 + (71 + k / 100) * 100 + 71 + k % 10);
    }
    std::ranges::sort(codes);
    auto random = random_for(options.seed, Stage::counties);
    const auto place = [&](auto& row, std::int32_t south, std::int32_t north, std::int32_t west, std::int32_t east) {
        row.lat = degrees(static_cast<std::int32_t>(random.between(south, north)));
        row.lng = degrees(static_cast<std::int32_t>(random.between(west, east)));
    };
    for (std::size_t k = 0; k < codes.size(); ++k) {
        County row;
        row.code = *Code::parse(std::to_string(codes[k]));
        row.name_zh = "虚构县" + padded(k + 1, 4);
        row.name_en = "Invented County " + padded(k + 1, 4);
        row.prefecture = "虚构市" + std::to_string(codes[k] / 100);
        place(row, 2300, 4000, 9800, 11000);
        draft.counties.push_back(std::move(row));
    }
    const auto sender = [&](const std::string& id, const std::string& zh, const std::string& en, SenderKind kind,
                            const std::string& parent, const std::string& letters, std::int64_t weight, bool eastern) {
        Sender row;
        row.id = id;
        row.name_zh = zh;
        row.name_en = en;
        row.kind = kind;
        row.parent = parent;
        if (kind != SenderKind::province) {
            if (eastern) {
                place(row, 2200, 3200, 11300, 12100);
            } else {
                place(row, 2300, 4000, 9800, 11000);
            }
        }
        add_sender(frame, std::move(row), letters, weight, eastern);
    };
    for (std::size_t first = 0, number = 1; first < codes.size(); first += 20, ++number) {
        const std::size_t count = std::min<std::size_t>(20, codes.size() - first);
        const std::string province = "E" + padded(number, 2);
        sender(province, "虚构东部省" + padded(number, 2), "Invented Eastern Province " + padded(number, 2),
               SenderKind::province, "", province, 0, true);
        const std::size_t cities = std::min<std::size_t>(3, count);
        for (std::size_t c = 0; c < cities; ++c) {
            const std::string letters = province + "C" + std::to_string(c + 1);
            const std::string label = padded(number, 2) + "-" + std::to_string(c + 1);
            sender(letters, "虚构东部市" + label, "Invented Eastern City " + label, SenderKind::city, province, letters,
                   2, true);
            std::size_t turn = 0;
            for (std::size_t k = first + c; k < first + count; k += cities, ++turn) {
                draft.pairings.push_back({letters, std::to_string(codes[k]), PairingKind::city, {}, {}, c == 2});
            }
            for (std::size_t d = 0; d < std::min<std::size_t>(2, turn); ++d) {
                const std::string district = letters + "D" + std::to_string(d + 1);
                sender(district, "虚构东部区" + label + "-" + std::to_string(d + 1),
                       "Invented Eastern District " + label + "-" + std::to_string(d + 1), SenderKind::district,
                       letters, letters, 2, true);
                for (std::size_t k = first + c + d * cities; k < first + count; k += 2 * cities) {
                    draft.pairings.push_back(
                        {district, std::to_string(codes[k]), PairingKind::county, {}, {}, d == 0 || c == 2});
                }
            }
        }
    }
    for (std::size_t k = 0; k < codes.size(); ++k) {
        const std::string province = std::to_string(codes[k] / 10000);
        const std::string prefecture = std::to_string(codes[k] / 100);
        if (k == 0 || codes[k - 1] / 10000 != codes[k] / 10000) {
            sender("W" + province, "虚构西部省" + province, "Invented Western Province " + province,
                   SenderKind::province, "", "W" + province, 6, false);
        }
        if (k == 0 || codes[k - 1] / 100 != codes[k] / 100) {
            sender("W" + prefecture, "虚构西部市" + prefecture, "Invented Western City " + prefecture, SenderKind::city,
                   "W" + province, "W" + prefecture, 2, false);
        }
        draft.pairings.push_back({"W" + prefecture, std::to_string(codes[k]), PairingKind::city, {}, {}, false});
    }
}

}  // namespace countyplan::detail
