// Which seeded instances are the solvers and their peers measured on?
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace given {

/// A bijection of 64-bit words (the finaliser of splitmix64; Steele, Lea & Flood, OOPSLA 2014).
inline std::uint64_t mix(std::uint64_t x) {
    x += 0x9e3779b97f4a7c15U;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31);
}

/// The upper half of `word * bound`: a number below `bound`, with a bias below 2^-32.
inline std::uint32_t scaled(std::uint64_t word, std::uint32_t bound) {
    const std::uint64_t upper = (word >> 32) * bound, lower = (word & 0xffffffffU) * bound;
    return static_cast<std::uint32_t>((upper + (lower >> 32)) >> 32);
}

/// A stream of splitmix64 words. The published optima rest on these very numbers, so the instances do
/// not use the library's own streams and no distribution of the standard library.
class InstanceStream {
  public:
    explicit InstanceStream(std::uint64_t seed) : state_(mix(seed ^ 0x5bd1e995U)) {}

    std::uint64_t word() {
        const std::uint64_t result = mix(state_);
        state_ += 0x9e3779b97f4a7c15U;
        return result;
    }
    /// In [0, bound).
    std::int32_t below(std::int32_t bound) {
        return static_cast<std::int32_t>(scaled(word(), static_cast<std::uint32_t>(bound)));
    }
    /// In [low, high].
    std::int32_t between(std::int32_t low, std::int32_t high) { return low + below(high - low + 1); }
    bool percent(std::int32_t chance) { return below(100) < chance; }
    /// Rather small: the less of two.
    std::int32_t lesser_below(std::int32_t bound) {
        const std::int32_t a = below(bound), b = below(bound);
        return std::min(a, b);
    }

  private:
    std::uint64_t state_;
};

inline std::size_t at(std::int32_t index) { return static_cast<std::size_t>(index); }
inline std::size_t at(std::int32_t row, std::int32_t columns, std::int32_t column) {
    return at(row) * at(columns) + at(column);
}

// ---- A and B: dense assignment

enum class DenseKind {
    uniform,      ///< 1 … 1,000,000
    geometric,    ///< rounded distances of two sets of points in a square of side 1,000,000
    machol_wien,  ///< (row + 1) * (column + 1); Machol & Wien, Operations Research 24 (1976)
    low_rank,     ///< a product of rank 4 in [0, 1,000,000] plus noise in [0, 1000]
    hundred,      ///< 1 … 100, the shape of OR-Library's assign files; many ties
};

struct DenseInstance {
    std::int32_t rows = 0, columns = 0;
    std::vector<std::int32_t> cost;  ///< row-major
};

inline DenseInstance dense_instance(DenseKind kind, std::int32_t rows, std::int32_t columns, std::uint64_t seed) {
    DenseInstance instance{rows, columns, std::vector<std::int32_t>(at(rows, columns, 0))};
    InstanceStream stream(seed * 1000003 + 17);
    const std::uint64_t cells = stream.word();
    std::vector<std::int32_t> of_row, of_column;
    const auto draw = [&](std::size_t per_line, std::int32_t bound) {
        of_row.resize(per_line * at(rows));
        of_column.resize(per_line * at(columns));
        for (auto* numbers : {&of_row, &of_column}) {
            for (std::int32_t& number : *numbers)
                number = stream.below(bound);
        }
    };
    const auto fill = [&](const auto& cost) {
        for (std::int32_t i = 0; i < rows; ++i) {
            for (std::int32_t j = 0; j < columns; ++j)
                instance.cost[at(i, columns, j)] = cost(at(i), at(j), mix(cells ^ at(i, columns, j)));
        }
    };
    switch (kind) {
        case DenseKind::uniform:
            fill([](std::size_t, std::size_t, std::uint64_t word) {
                return 1 + static_cast<std::int32_t>(scaled(word, 1'000'000));
            });
            break;
        case DenseKind::hundred:
            fill([](std::size_t, std::size_t, std::uint64_t word) {
                return 1 + static_cast<std::int32_t>(scaled(word, 100));
            });
            break;
        case DenseKind::geometric:
            draw(2, 1'000'000);
            fill([&](std::size_t i, std::size_t j, std::uint64_t) {
                const double dx = of_row[2 * i] - of_column[2 * j], dy = of_row[2 * i + 1] - of_column[2 * j + 1];
                return static_cast<std::int32_t>(std::floor(std::sqrt(dx * dx + dy * dy) + 0.5));
            });
            break;
        case DenseKind::machol_wien:
            fill([](std::size_t i, std::size_t j, std::uint64_t) {
                return static_cast<std::int32_t>((i + 1) * (j + 1));
            });
            break;
        case DenseKind::low_rank:
            draw(4, 501);
            fill([&](std::size_t i, std::size_t j, std::uint64_t word) {
                auto sum = static_cast<std::int32_t>(word % 1001);
                for (std::size_t r = 0; r < 4; ++r)
                    sum += of_row[4 * i + r] * of_column[4 * j + r];
                return sum;
            });
            break;
    }
    return instance;
}

// ---- C: sparse assignment

/// Experts name posts, mostly near home (a ring of regions of some 500 experts) and of their subjects.
/// Minimise the costs plus `penalty` for each expert left without a post.
struct SparseInstance {
    std::int32_t experts = 0, posts = 0;
    std::int32_t penalty = 100'000;
    std::vector<std::int64_t> first;  ///< per expert, and one past the last
    std::vector<std::int32_t> post;   ///< ascending for each expert
    std::vector<std::int32_t> cost;   ///< 0 … 10,000

    /// Appends an expert's choices; of several of one post the cheapest stays.
    void add_choices(std::vector<std::pair<std::int32_t, std::int32_t>>& choices) {
        std::sort(choices.begin(), choices.end());
        std::int32_t last = -1;
        for (const auto& [p, c] : choices) {
            if (p == last) continue;
            post.push_back(p);
            cost.push_back(c);
            last = p;
        }
        first.push_back(static_cast<std::int64_t>(post.size()));
    }
};

inline constexpr std::int32_t subjects = 12;

inline SparseInstance sparse_instance(std::int32_t experts, std::uint64_t seed, std::int32_t degree = 20,
                                      std::int32_t posts_per_hundred = 90) {
    SparseInstance instance;
    instance.experts = experts;
    instance.posts = static_cast<std::int32_t>(std::int64_t{experts} * posts_per_hundred / 100);
    instance.first.push_back(0);
    const std::int32_t regions = std::max(8, experts / 500);
    InstanceStream stream(seed * 7919 + 3);
    std::vector<std::vector<std::int32_t>> posts_of(at(regions) * at(subjects));
    std::vector<std::int32_t> quality(at(instance.posts));
    for (std::int32_t p = 0; p < instance.posts; ++p) {
        const std::int32_t region = stream.below(regions), subject = stream.lesser_below(subjects);
        posts_of[at(region, subjects, subject)].push_back(p);
        quality[at(p)] = stream.between(0, 2000);
    }
    std::vector<std::pair<std::int32_t, std::int32_t>> choices;
    for (std::int32_t e = 0; e < experts; ++e) {
        const std::int32_t home = stream.below(regions);
        const std::int32_t major = stream.lesser_below(subjects), minor = stream.lesser_below(subjects);
        choices.clear();
        for (std::int32_t t = 0; t < degree; ++t) {
            const std::int32_t subject = stream.percent(80) ? major : minor;
            std::int32_t distance = 0, region = home;
            const std::int32_t travel = stream.below(100);
            if (travel >= 95) {
                region = stream.below(regions);
                distance = 4;
            } else if (travel >= 60) {
                distance = stream.between(1, 3);
                region = (home + (stream.percent(50) ? distance : regions - distance)) % regions;
            }
            const auto& posts = posts_of[at(region, subjects, subject)];
            if (posts.empty()) continue;
            const std::int32_t p = posts[at(stream.below(static_cast<std::int32_t>(posts.size())))];
            const std::int32_t c =
                distance * 1000 + (subject == major ? 0 : 1500) + quality[at(p)] + stream.between(0, 2500);
            choices.emplace_back(p, std::min(c, 10'000));
        }
        instance.add_choices(choices);
    }
    return instance;
}

// ---- D: staffing

struct Quota {
    std::int32_t lower = 0, upper = 0;
};

/// Experts of senders serve needs of schools of counties; senders, needs, schools and counties have
/// quotas of either kind, drawn round a planted staffing, so that there always is one.
/// Minimise the costs less `reward` for each expert who serves.
struct StaffingInstance {
    std::int32_t senders = 0, needs = 0, schools = 0, counties = 42;
    std::int32_t reward = 100'000;
    std::vector<std::int32_t> sender_of;  ///< per expert
    std::vector<std::int32_t> school_of;  ///< per need
    std::vector<std::int32_t> county_of;  ///< per school
    std::vector<Quota> sender_quota, need_quota, school_quota, county_quota;
    SparseInstance choice;  ///< experts and needs

    [[nodiscard]] std::int32_t experts() const { return choice.experts; }
};

/// `scale` 1 is 5000 experts.
inline StaffingInstance staffing_instance(std::int32_t scale, std::uint64_t seed, std::int32_t degree = 30) {
    StaffingInstance instance;
    instance.senders = 200 * scale;
    instance.needs = 3500 * scale;
    instance.schools = 400 * scale;
    SparseInstance& choice = instance.choice;
    choice.experts = 5000 * scale;
    choice.posts = instance.needs;
    choice.first.push_back(0);
    InstanceStream stream(seed * 104729 + 11);
    for (std::int32_t s = 0; s < instance.schools; ++s)
        instance.county_of.push_back(s < instance.counties ? s : stream.below(instance.counties));
    std::vector<std::vector<std::int32_t>> needs_of(at(instance.counties) * at(subjects));
    for (std::int32_t n = 0; n < instance.needs; ++n) {
        instance.school_of.push_back(n < instance.schools ? n : stream.below(instance.schools));
        const std::int32_t county = instance.county_of[at(instance.school_of.back())];
        needs_of[at(county, subjects, stream.lesser_below(subjects))].push_back(n);
    }
    std::vector<std::int32_t> home_of(at(instance.senders)), sender_size(at(instance.senders));
    std::vector<std::int32_t> sender_planted(at(instance.senders)), need_planted(at(instance.needs));
    std::vector<std::int32_t> school_planted(at(instance.schools)), county_planted(at(instance.counties));
    for (std::int32_t& home : home_of)
        home = stream.below(instance.counties);
    std::vector<std::pair<std::int32_t, std::int32_t>> choices;
    for (std::int32_t e = 0; e < choice.experts; ++e) {
        const std::int32_t sender = stream.below(instance.senders);
        instance.sender_of.push_back(sender);
        ++sender_size[at(sender)];
        const std::int32_t home = home_of[at(sender)];
        const std::int32_t major = stream.lesser_below(subjects), minor = stream.below(subjects);
        choices.clear();
        for (std::int32_t t = 0; t < degree; ++t) {
            const std::int32_t subject = stream.percent(85) ? major : minor;
            const bool away = stream.percent(40);
            const std::int32_t county = away ? stream.below(instance.counties) : home;
            const auto& needs = needs_of[at(county, subjects, subject)];
            if (needs.empty()) continue;
            const std::int32_t n = needs[at(stream.below(static_cast<std::int32_t>(needs.size())))];
            const std::int32_t c = (county == home ? 0 : 3000) + (subject == major ? 0 : 2000);
            choices.emplace_back(n, std::min(10'000, c + stream.between(0, 5000)));
        }
        const std::size_t before = choice.post.size();
        choice.add_choices(choices);
        const auto chosen = std::span(choice.post).subspan(before);
        if (chosen.empty() || !stream.percent(88)) continue;
        for (int attempt = 0; attempt < 4; ++attempt) {
            const std::int32_t n = chosen[at(stream.below(static_cast<std::int32_t>(chosen.size())))];
            if (need_planted[at(n)] >= 3) continue;
            const std::int32_t school = instance.school_of[at(n)];
            ++need_planted[at(n)];
            ++school_planted[at(school)];
            ++county_planted[at(instance.county_of[at(school)])];
            ++sender_planted[at(sender)];
            break;
        }
    }
    for (const std::int32_t planted : need_planted) {
        const std::int32_t lower = planted > 0 && stream.percent(40) ? 1 : 0;
        instance.need_quota.push_back({lower, std::max(1, planted + (stream.percent(40) ? 1 : 0))});
    }
    const auto around = [](std::int32_t planted, std::int32_t low, std::int32_t high) {
        return Quota{planted * low / 100, (planted * high + 99) / 100};
    };
    for (const std::int32_t planted : school_planted)
        instance.school_quota.push_back(around(planted, 70, 108));
    for (const std::int32_t planted : county_planted)
        instance.county_quota.push_back(around(planted, 90, 103));
    for (std::int32_t s = 0; s < instance.senders; ++s) {
        Quota quota = around(sender_planted[at(s)], 60, 105);
        quota.upper = std::min(quota.upper, sender_size[at(s)]);
        instance.sender_quota.push_back(quota);
    }
    return instance;
}

// ---- E: critical path

/// Tasks in layers with links onward, both in random order.
struct TaskInstance {
    std::vector<std::int32_t> duration;  ///< per task, 1 … 100
    std::vector<std::int32_t> from, to;  ///< per link

    [[nodiscard]] std::int32_t tasks() const { return static_cast<std::int32_t>(duration.size()); }
};

inline TaskInstance task_instance(std::int32_t tasks, std::int32_t links, std::int32_t layers, bool shuffled,
                                  std::uint64_t seed) {
    TaskInstance instance;
    InstanceStream stream(seed * 31337 + 5);
    std::vector<std::int32_t> name(at(tasks));
    std::iota(name.begin(), name.end(), 0);
    for (std::int32_t i = tasks - 1; shuffled && i > 0; --i)
        std::swap(name[at(i)], name[at(stream.below(i + 1))]);
    const std::int32_t width = tasks / layers;
    for (std::int32_t v = 0; v < tasks; ++v)
        instance.duration.push_back(stream.between(1, 100));
    for (std::int32_t k = 0; k < links; ++k) {
        const std::int32_t v = width + stream.below(tasks - width);
        const std::int32_t back = std::min(v / width, stream.percent(70) ? 1 : stream.between(1, 5));
        const std::int32_t u = (v / width - back) * width + stream.below(width);
        instance.from.push_back(name[at(u)]);
        instance.to.push_back(name[at(v)]);
    }
    return instance;
}

// ---- F: team cohesion

/// Every post is filled by one eligible expert, each expert fills at most one; minimise the costs plus
/// `charge` for each pair of a sender and a school that it staffs.
struct CohesionInstance {
    std::int32_t schools = 34, posts = 340, experts = 600, senders = 60, charge = 3000;
    std::vector<std::int32_t> sender_of;           ///< per expert
    std::vector<std::int32_t> school_of;           ///< per post
    std::vector<std::int32_t> expert, post, cost;  ///< per eligible pair
};

inline CohesionInstance cohesion_instance(std::uint64_t seed) {
    CohesionInstance instance;
    InstanceStream stream(seed * 65537 + 23);
    std::vector<std::int32_t> post_subject, expert_subject, sender_region, school_region;
    for (std::int32_t s = 0; s < instance.senders; ++s)
        sender_region.push_back(stream.between(0, 5));
    for (std::int32_t s = 0; s < instance.schools; ++s)
        school_region.push_back(stream.between(0, 5));
    for (std::int32_t p = 0; p < instance.posts; ++p) {
        instance.school_of.push_back(p / 10);
        post_subject.push_back(stream.between(0, 7));
    }
    for (std::int32_t e = 0; e < instance.experts; ++e) {
        instance.sender_of.push_back(e / 10);
        expert_subject.push_back(stream.between(0, 7));
    }
    std::vector<std::int32_t> order(at(instance.experts));
    std::iota(order.begin(), order.end(), 0);
    for (std::int32_t i = instance.experts - 1; i > 0; --i)
        std::swap(order[at(i)], order[at(stream.below(i + 1))]);
    for (std::int32_t e = 0; e < instance.experts; ++e) {
        for (std::int32_t p = 0; p < instance.posts; ++p) {
            const bool planted = order[at(p)] == e, fits = expert_subject[at(e)] == post_subject[at(p)];
            if (!planted && !(fits && stream.percent(60)) && !stream.percent(1)) continue;
            const std::int32_t far = std::abs(sender_region[at(e / 10)] - school_region[at(p / 10)]);
            instance.expert.push_back(e);
            instance.post.push_back(p);
            const std::int32_t cost = (fits ? 0 : 3000) + far * 600;
            instance.cost.push_back(std::min(10'000, cost + stream.between(0, 3000)));
        }
    }
    return instance;
}

}  // namespace given
