// Schools of a generated programme, and how many of them each city stands behind.
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
            others.push_back(code);
            others.back().append("-R").append(number);
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

}  // namespace countyplan::detail
