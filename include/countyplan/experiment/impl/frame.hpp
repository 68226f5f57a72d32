// Counties, senders, pairings and schools of a generated programme.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/experiment/generate.hpp>
#include <countyplan/experiment/impl/guangxi.hpp>
#include <countyplan/experiment/messages.hpp>
#include <countyplan/experiment/published.hpp>
#include <countyplan/solve/random.hpp>

namespace countyplan::detail {

/// Each stage draws from streams of its own, so that a change in one leaves the others as they were.
enum class Stage : std::uint64_t {
    counties,
    schools,
    ring,
    posts,
    experts,
    teachers,
    staffing,
    mentors,
    goals,
    tasks,
    facts
};

[[nodiscard]] inline Random random_for(std::uint64_t seed, Stage stage, std::size_t index = 0) {
    return Random(seed, static_cast<std::uint64_t>(stage) << 40 | index);
}

/// `number` with leading zeros up to `width` digits.
[[nodiscard]] inline std::string padded(std::size_t number, std::size_t width) {
    std::string digits = std::to_string(number);
    return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

/// A day written YYYYMMDD.
[[nodiscard]] inline Day day_of(std::int32_t date) {
    return Day(std::chrono::sys_days(std::chrono::year(date / 10000) /
                                     std::chrono::month(static_cast<unsigned>(date / 100 % 100)) /
                                     std::chrono::day(static_cast<unsigned>(date % 100))));
}

/// Shares out `total` in proportion to `weights` by largest remainders, ties to the first; adds up to
/// `total` unless all weights are 0.
[[nodiscard]] inline std::vector<std::int64_t> apportion(std::int64_t total, std::span<const std::int64_t> weights) {
    std::vector<std::int64_t> out(weights.size(), 0);
    const std::int64_t sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    if (sum == 0) return out;
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::int64_t left = total;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        out[i] = total * weights[i] / sum;
        left -= out[i];
    }
    std::ranges::stable_sort(
        order, [&](std::size_t a, std::size_t b) { return total * weights[a] % sum > total * weights[b] % sum; });
    for (std::size_t i = 0; i < static_cast<std::size_t>(left); ++i)
        ++out[order[i]];
    return out;
}

/// What the generator knows of a sender besides its row.
struct Seat {
    std::string letters{};
    std::int64_t weight = 0;
    bool eastern = false;
    std::size_t group = SIZE_MAX;  ///< the city it belongs to; none for those who send nobody
};

/// A city with all below it, or a region that sends its own people.
struct Group {
    bool eastern = false;
    std::int64_t load = 0;  ///< in proportion to the schools it stands behind
    Id<Sender> head{};
};

struct Sizes {
    std::int64_t counties = 0, schools = 0, posts = 0, experts = 0;
};

struct Frame {
    Draft draft{};
    std::vector<Seat> seats{};  ///< by sender
    std::vector<Group> groups{};
    std::map<std::string, std::vector<Id<School>>> schools_of{};  ///< assisted ones, by county code
};

inline void expect_range(std::string_view name, std::int64_t value, std::int64_t low, std::int64_t high) {
    if (value >= low && value <= high) return;
    throw InvalidProblem(Message(message::generate_range, {name, to_text(low), to_text(high)}), std::string(name));
}

[[nodiscard]] inline Sizes sizes_of(const GenerateOptions& options) {
    const bool guangxi = options.base == GenerateBase::guangxi;
    const auto known = static_cast<std::int64_t>(std::size(guangxi_counties));
    expect_range("counties", options.counties, guangxi ? known : 1, guangxi ? known : 1600);
    Sizes sizes;
    sizes.counties = options.counties;
    const auto& ratio = guangxi ? published::schools_per_county : published::national_schools_per_county;
    sizes.schools = options.schools.value_or((sizes.counties * ratio.count + ratio.base / 2) / ratio.base);
    expect_range("schools", sizes.schools, sizes.counties, 2 * sizes.counties);
    sizes.posts = options.posts.value_or(sizes.schools * published::people_per_school.count);
    expect_range("posts", sizes.posts, 8 * sizes.schools, 12 * sizes.schools);
    const auto& pool = sizes.counties < 160 ? published::experts_per_post : published::national_experts_per_post;
    sizes.experts = options.experts.value_or(sizes.posts * pool.count / pool.base);
    expect_range("experts", sizes.experts, 0, 1'000'000);
    expect_range("second_ring_schools", options.second_ring_schools, 0, 200);
    expect_range("local_teachers", options.local_teachers, 0, 200);
    return sizes;
}

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

inline void add_schools(Frame& frame, const GenerateOptions& options, const Sizes& sizes) {
    static constexpr MessageText ordinary{"ordinary", "普通高中", "ordinary high"};
    static constexpr MessageText vocational{"vocational", "中等职业学校", "vocational school"};
    Draft& draft = frame.draft;
    auto random = random_for(options.seed, Stage::schools);
    std::vector<std::size_t> order(draft.counties.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    random.shuffle(std::span(order));
    std::ranges::stable_partition(order, [&](std::size_t k) {
        return std::ranges::find(guangxi_known_vocational, draft.counties.rows()[k].code.value()) !=
               std::end(guangxi_known_vocational);
    });
    std::vector<bool> has_vocational(draft.counties.size(), false);
    for (std::size_t k = 0; k < static_cast<std::size_t>(sizes.schools - sizes.counties); ++k)
        has_vocational[order[k]] = true;
    for (std::size_t k = 0; k < draft.counties.size(); ++k) {
        const County& county = draft.counties.rows()[k];
        const std::string code = to_text(county.code);
        const auto add = [&](std::string id, const std::string& zh, const std::string& en, SchoolKind kind,
                             bool assisted, std::int64_t enrolment) {
            School row;
            row.id = std::move(id);
            row.county = county.code;
            row.name_zh = county.name_zh + zh + "(示例)";
            row.name_en = county.name_en + " " + en + " (example)";
            row.kind = kind;
            row.enrolment = enrolment;
            row.assisted = assisted;
            return draft.schools.push_back(std::move(row));
        };
        const auto assisted = [&](const char* id, const MessageText& word, SchoolKind kind, std::int64_t enrolment) {
            frame.schools_of[code].push_back(
                add(code + id, std::string(word.zh), std::string(word.en), kind, true, enrolment));
        };
        assisted("-H1", ordinary, SchoolKind::ordinary, random.between(1500, 4500));
        if (has_vocational[k]) assisted("-V1", vocational, SchoolKind::vocational, random.between(600, 4000));
        auto ring = random_for(options.seed, Stage::ring, k);
        std::vector<std::string> others;
        for (std::int64_t s = 1; s <= options.second_ring_schools; ++s) {
            const std::string number = padded(static_cast<std::size_t>(s), 2);
            const bool junior = !ring.chance(1, 10);
            others.push_back(code + "-R" + number);
            add(others.back(), (junior ? "初级中学" : "普通高中") + number,
                std::string(junior ? "junior high " : "second-ring senior high ") + number,
                junior ? SchoolKind::junior : SchoolKind::ordinary, false, ring.between(200, 1500));
            // Most are paired with the assisted ordinary high, some with the vocational school, some with none.
            const auto& hubs = frame.schools_of[code];
            if (ring.chance(7, 10)) {
                const Id<School> hub = hubs.size() > 1 && ring.chance(1, 4) ? hubs[1] : hubs[0];
                draft.influence.push_back({draft.schools[hub].id, others.back(), InfluenceKind::pairing,
                                           static_cast<double>(ring.between(2, 10)) / 10.0});
            }
            if (ring.chance(3, 10)) {
                draft.influence.push_back({draft.schools[hubs[0]].id, others.back(), InfluenceKind::online_class,
                                           static_cast<double>(ring.between(1, 4)) / 10.0});
            }
            if (others.size() > 1 && ring.chance(2, 5)) {
                const auto peer = static_cast<std::size_t>(ring.below(others.size() - 1));
                draft.influence.push_back(
                    {others[peer], others.back(),
                     ring.chance(1, 2) ? InfluenceKind::research_union : InfluenceKind::shared_teachers,
                     static_cast<double>(ring.between(1, 5)) / 10.0});
            }
        }
    }
}

/// Groups the senders by city and says how many schools each city stands behind.
inline void add_groups(Frame& frame) {
    const Draft& draft = frame.draft;
    std::map<std::string, Id<Sender>> by_id;
    for (const auto id : draft.senders.ids())
        by_id[draft.senders[id].id] = id;
    std::map<std::string, std::size_t> group_of;
    for (const auto id : draft.senders.ids()) {
        const Sender& sender = draft.senders[id];
        Seat& seat = frame.seats[id.value()];
        if (seat.weight == 0) continue;
        if (sender.kind == SenderKind::city || sender.kind == SenderKind::province) {
            group_of[sender.id] = frame.groups.size();
            frame.groups.push_back({seat.eastern, 0, id});
            seat.group = group_of[sender.id];
        } else {
            // Parents stand before their children.
            seat.group = frame.seats[by_id.at(sender.parent).value()].group;
        }
    }
    for (const Pairing& pairing : draft.pairings) {
        const auto group = group_of.find(pairing.sender);
        const auto schools = frame.schools_of.find(pairing.receiver);
        if (pairing.kind != PairingKind::city || group == group_of.end() || schools == frame.schools_of.end()) continue;
        const auto count = static_cast<std::int64_t>(schools->second.size());
        frame.groups[group->second].load += 7 * count;
        // Three local people in ten come from the region itself, a proposal.
        const auto region = group_of.find(draft.senders[frame.groups[group->second].head].parent);
        if (region != group_of.end()) frame.groups[region->second].load += 3 * count;
    }
}

[[nodiscard]] inline Frame frame_of(const GenerateOptions& options, const Sizes& sizes) {
    Frame frame;
    if (options.base == GenerateBase::guangxi) {
        add_guangxi(frame);
    } else {
        add_invented(frame, options);
    }
    add_schools(frame, options, sizes);
    add_groups(frame);
    return frame;
}

}  // namespace countyplan::detail
