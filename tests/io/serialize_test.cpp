#include <countyplan/io/serialize.hpp>

#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <new>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>

#include <boost/archive/binary_iarchive.hpp>
#include <boost/archive/binary_oarchive.hpp>
#include <boost/archive/text_iarchive.hpp>
#include <boost/archive/text_oarchive.hpp>
#include <boost/archive/xml_iarchive.hpp>
#include <boost/archive/xml_oarchive.hpp>
#include <boost/serialization/string.hpp>
#include <boost/serialization/vector.hpp>

#include <gtest/gtest.h>

#include <countyplan/io/read.hpp>
#include <countyplan/io/write.hpp>

#include "given/plan.hpp"

namespace {

// what is allocated now, and the most since the last `start_counting`
std::size_t allocated = 0;
std::size_t peak = 0;

void* counted_or_null(std::size_t size) noexcept {
    void* const made = std::malloc(size == 0 ? 1 : size);
    if (made == nullptr) return nullptr;
    allocated += malloc_usable_size(made);
    peak = std::max(peak, allocated);
    return made;
}

void* counted(std::size_t size) {
    void* const made = counted_or_null(size);
    if (made == nullptr) throw std::bad_alloc();
    return made;
}

void uncounted(void* made) noexcept {
    if (made != nullptr) allocated -= malloc_usable_size(made);
    std::free(made);
}

}  // namespace

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return counted_or_null(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return counted_or_null(size); }
void operator delete(void* made) noexcept { uncounted(made); }
void operator delete[](void* made) noexcept { uncounted(made); }
void operator delete(void* made, std::size_t) noexcept { uncounted(made); }
void operator delete[](void* made, std::size_t) noexcept { uncounted(made); }

namespace {

using namespace countyplan;

constexpr std::size_t payload_at = 24;  // after magic, kind, version, flags and size

template <class Saving, class Loading>
Draft through(const Draft& draft) {
    std::stringstream bytes;
    {
        Saving saving(bytes);
        saving << boost::serialization::make_nvp("draft", draft);
    }
    Draft out;
    Loading loading(bytes);
    loading >> boost::serialization::make_nvp("draft", out);
    return out;
}

TEST(SerializeLaw, AnyBoostArchiveGivesTheDraftBack) {
    using namespace boost::archive;
    for (std::uint32_t seed = 0; seed < 20; ++seed) {
        const Draft draft = seed == 0 ? given::small_draft() : given::random_draft(seed);
        EXPECT_EQ((through<binary_oarchive, binary_iarchive>(draft)), draft);
        EXPECT_EQ((through<text_oarchive, text_iarchive>(draft)), draft);
        EXPECT_EQ((through<xml_oarchive, xml_iarchive>(draft)), draft);
    }
}

TEST(Serialize, RefusesValuesThatTheirTypesDoNotAllow) {
    // item 66, in a Boost archive, which checks nothing itself
    const auto damaged = [](const auto& value, const std::string& from, const std::string& to) {
        std::stringstream text;
        {
            boost::archive::text_oarchive saving(text);
            saving << value;
        }
        std::string bytes = text.str();
        EXPECT_NE(bytes.find(from), std::string::npos) << bytes;
        bytes.replace(bytes.find(from), from.size(), to);
        return bytes;
    };
    const auto load = [](const std::string& bytes, auto value) {
        std::stringstream text(bytes);
        boost::archive::text_iarchive loading(text);
        loading >> value;
        return value;
    };
    const Day day = given::day("9999-12-31");
    EXPECT_EQ(load(damaged(given::code("451024"), "451024", "451030"), Code()), given::code("451030"));
    EXPECT_THROW((void)load(damaged(given::code("451024"), "451024", "999999"), Code()), std::invalid_argument);
    EXPECT_THROW((void)load(damaged(day, "2932896", "2932897"), Day()), std::invalid_argument);
}

void repair(std::string& snapshot) {
    if (snapshot.size() < payload_at + 4) return;
    const std::uint64_t size = snapshot.size() - payload_at - 4;
    for (int i = 0; i < 8; ++i)
        snapshot[16 + static_cast<std::size_t>(i)] = static_cast<char>(size >> (8 * i));
    const std::uint32_t sum = crc_32c(std::string_view(snapshot).substr(0, snapshot.size() - 4));
    for (int i = 0; i < 4; ++i)
        snapshot[snapshot.size() - 4 + static_cast<std::size_t>(i)] = static_cast<char>(sum >> (8 * i));
}

TEST(SnapshotLaw, TwentyThousandDamagedOnesAreRefusedOrHarmless) {
    // items 64 to 68: flip, cut, overwrite; the checksum left as it was, or made right again
    const Draft draft = given::small_draft();
    const std::string whole = plan_snapshot(draft);
    std::mt19937 random(64);
    std::size_t refused = 0;
    std::size_t loaded = 0;
    std::size_t sound = 0;
    for (int trial = 0; trial < 20'000; ++trial) {
        std::string damaged = whole;
        switch (trial % 3) {
            case 0:
                damaged[random() % damaged.size()] ^= static_cast<char>(1U << random() % 8);
                break;
            case 1:
                damaged.resize(random() % damaged.size());
                break;
            default: {
                const std::size_t from = random() % damaged.size();
                const std::size_t size = std::min<std::size_t>(1 + random() % 16, damaged.size() - from);
                const bool is_block = random() % 2 == 0;
                for (std::size_t i = from; i < from + size; ++i)
                    damaged[i] = is_block ? '\xFF' : static_cast<char>(random());
            }
        }
        const bool is_repaired = trial % 2 == 1;
        if (is_repaired) repair(damaged);
        peak = allocated;
        const std::size_t before = allocated;
        try {
            const auto read = load_snapshot<Draft>(SnapshotKind::draft, damaged);
            if (!is_repaired) {
                ASSERT_EQ(read, draft) << trial;
            }
            ++loaded;
            sound += has_errors(check(read)) ? 0 : 1;
        } catch (const RefusedInput&) {
            ++refused;
        }
        ASSERT_LT(peak - before, std::size_t{64} << 20) << trial;
    }
    EXPECT_EQ(refused + loaded, 20'000U);
    EXPECT_GT(refused, 10'000U);
    EXPECT_GT(loaded, 500U);
    EXPECT_GT(loaded, sound);
    RecordProperty("refused", static_cast<int>(refused));
    RecordProperty("sound", static_cast<int>(sound));
}

std::string content_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path << "; run in the project's root";
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST(GoldenSnapshot, OfEveryVersionIsReadForEver) {
    // never regenerate these files; a new version adds its own
    struct Golden {
        std::string name;
        SnapshotVersion version;
        std::size_t quotas;
        std::size_t distances;
        bool younger_columns;
        std::size_t couplings = 0;
    };
    const Golden all[] = {{"golden_1", {1, 0}, 0, 0, false},
                          {"golden_2", {1, 1}, 2, 0, false},
                          {"golden_3", {1, 2}, 2, 2, false},
                          {"golden_4", {1, 3}, 2, 2, true},
                          {"golden_5", {1, 4}, 2, 2, true, 2}};
    for (const Golden& golden : all) {
        SCOPED_TRACE(golden.name);
        const std::string snapshot = content_of("tests/io/cases/" + golden.name + ".plan.snapshot");
        const std::string json = content_of("tests/io/cases/" + golden.name + ".plan.json");
        const Draft draft = load_snapshot<Draft>(SnapshotKind::draft, snapshot);
        const Reading read = read_draft_json(json, golden.name + ".plan.json");
        EXPECT_TRUE(read.findings.empty());
        EXPECT_EQ(draft, read.draft);
        EXPECT_EQ(plan_json(draft), json);
        EXPECT_EQ(draft.quotas.size(), golden.quotas);
        EXPECT_EQ(draft.distances.size(), golden.distances);
        EXPECT_EQ(draft.couplings.size(), golden.couplings);
        EXPECT_EQ(WrittenColumns<Link>(draft.links).has_younger(), golden.younger_columns);
        EXPECT_EQ(open_snapshot(SnapshotKind::draft, snapshot).version, golden.version);
    }
}

TEST(GoldenSnapshot, IsRefusedAtEveryShorterLength) {
    //
    const std::string snapshot = content_of("tests/io/cases/golden_1.plan.snapshot");
    for (std::size_t size = 0; size < snapshot.size(); ++size) {
        EXPECT_THROW((void)load_snapshot<Draft>(SnapshotKind::draft, std::string_view(snapshot).substr(0, size)),
                     RefusedInput)
            << size;
        std::string repaired = snapshot.substr(0, size);
        repair(repaired);
        EXPECT_THROW((void)load_snapshot<Draft>(SnapshotKind::draft, repaired), RefusedInput) << size;
    }
}

}  // namespace
