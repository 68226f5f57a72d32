#include <countyplan/io/archive.hpp>

#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <limits>
#include <new>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <boost/archive/text_iarchive.hpp>
#include <boost/archive/text_oarchive.hpp>
#include <boost/archive/xml_oarchive.hpp>
#include <boost/serialization/optional.hpp>
#include <boost/serialization/split_free.hpp>
#include <boost/serialization/string.hpp>
#include <boost/serialization/vector.hpp>

#include <gtest/gtest.h>

namespace {

// what is allocated now, and the most since the last `start_counting`
std::size_t allocated = 0;
std::size_t peak = 0;

void start_counting() { peak = allocated; }

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

namespace given {

using namespace countyplan;

enum class Colour { red, green, blue };

struct Leaf {
    std::string name;
    Colour colour = Colour::red;
    std::int32_t small = 0;
    bool flag = false;
    double weight = 0.0;

    friend bool operator==(const Leaf&, const Leaf&) = default;
};

struct LeafTag;

struct Branch {
    std::int64_t number = 0;
    std::vector<Leaf> leaves;
    std::vector<std::vector<std::string>> names;
    std::vector<bool> bits;
    std::vector<std::uint16_t> shorts;
    std::array<std::int64_t, 2> both{};
    std::pair<std::int8_t, std::string> pair;
    ById<Id<LeafTag>, Leaf> by_id;
    Id<LeafTag> chosen;
    Id<LeafTag> none;

    friend bool operator==(const Branch&, const Branch&) = default;
};

template <class Archive>
void serialize(Archive& archive, Leaf& leaf, unsigned) {
    archive& boost::serialization::make_nvp("name", leaf.name);
    archive& boost::serialization::make_nvp("colour", leaf.colour);
    archive& boost::serialization::make_nvp("small", leaf.small);
    archive& boost::serialization::make_nvp("flag", leaf.flag);
    archive& boost::serialization::make_nvp("weight", leaf.weight);
}

template <class Archive>
void serialize(Archive& archive, Branch& branch, unsigned) {
    archive& branch.number& branch.leaves& branch.names& branch.bits& branch.shorts& branch.both& branch.pair& branch
        .by_id& branch.chosen& branch.none;
}

/// A class with an invariant, saved and loaded by different functions, as Boost's split_free does.
class Even {
  public:
    Even() = default;
    explicit Even(std::int64_t value) : value_(value) {}
    [[nodiscard]] std::int64_t value() const { return value_; }
    friend bool operator==(const Even&, const Even&) = default;

  private:
    std::int64_t value_ = 0;
};

template <class Archive>
void save(Archive& archive, const Even& even, unsigned) {
    const std::int64_t value = even.value();
    archive << value;
}

template <class Archive>
void load(Archive& archive, Even& even, unsigned) {
    std::int64_t value = 0;
    archive >> value;
    if (value % 2 != 0) archive.refuse(std::to_string(value));
    even = Even(value);
}

template <class Archive>
void serialize(Archive& archive, Even& even, unsigned version) {
    boost::serialization::split_free(archive, even, version);
}

Branch branch(unsigned seed) {
    std::mt19937 random(seed);
    Branch made;
    made.number = static_cast<std::int64_t>(random()) * -1'000'003;
    for (std::size_t i = random() % 12; i > 0; --i) {
        made.leaves.push_back({"县" + std::to_string(random()), static_cast<Colour>(random() % 3),
                               static_cast<std::int32_t>(random()), random() % 2 == 0,
                               static_cast<double>(random()) / 7.0});
    }
    for (std::size_t i = random() % 5; i > 0; --i) {
        made.names.emplace_back();
        for (std::size_t k = random() % 5; k > 0; --k)
            made.names.back().push_back(std::string(random() % 20, 'n'));
    }
    for (std::size_t i = random() % 30; i > 0; --i)
        made.bits.push_back(random() % 2 == 0);
    for (std::size_t i = random() % 30; i > 0; --i)
        made.shorts.push_back(static_cast<std::uint16_t>(random()));
    made.both = {-1, std::numeric_limits<std::int64_t>::min()};
    made.pair = {static_cast<std::int8_t>(-5), "pair"};
    made.by_id = ById<Id<LeafTag>, Leaf>(made.leaves);
    made.chosen = Id<LeafTag>(7);
    return made;
}

}  // namespace given

template <>
struct countyplan::Enumerators<given::Colour> {
    static constexpr MessageText words[] = {{"red", "红", "red"}, {"green", "绿", "green"}, {"blue", "蓝", "blue"}};
};

namespace {

using namespace countyplan;
using namespace std::string_literals;
using given::Branch;

constexpr SnapshotKind kind = SnapshotKind::draft;
constexpr std::size_t header_size = 24;

std::string refusal(const std::string& bytes, SnapshotKind wanted = kind) {
    try {
        (void)load_snapshot<Branch>(wanted, bytes);
    } catch (const RefusedInput& refused) {
        EXPECT_FALSE(text(refused.message(), Language::zh).empty());
        return std::string(refused.message().code());
    }
    return {};
}

void repair_checksum(std::string& bytes) {
    const std::uint32_t sum = crc_32c(std::string_view(bytes).substr(0, bytes.size() - 4));
    for (std::size_t i = 0; i < 4; ++i) {
        bytes[bytes.size() - 4 + i] = static_cast<char>(static_cast<unsigned char>(sum >> (8 * i)));
    }
}

void put_u64(std::string& bytes, std::size_t at, std::uint64_t value) {
    for (std::size_t i = 0; i < 8; ++i)
        bytes[at + i] = static_cast<char>(static_cast<unsigned char>(value >> (8 * i)));
}

/// The checksum and, where the length changed, the length in the header as a forger would set them.
void forge(std::string& bytes) {
    if (bytes.size() < header_size + 4) return;
    put_u64(bytes, 16, bytes.size() - header_size - 4);
    repair_checksum(bytes);
}

TEST(Checksum, AgreesWithThePublishedValues) {
    EXPECT_EQ(crc_32c(""), 0U);
    EXPECT_EQ(crc_32c("123456789"), 0xE3069283U);              // the check value of CRC-32C
    EXPECT_EQ(crc_32c(std::string(32, '\0')), 0x8A9136AAU);    // RFC 3720, B.4
    EXPECT_EQ(crc_32c(std::string(32, '\xFF')), 0x62A8AB43U);  // RFC 3720, B.4
    EXPECT_EQ(crc_32c("6789", crc_32c("12345")), 0xE3069283U);
}

TEST(SnapshotLaw, ValuesComeBackAndTheBytesAreAlwaysTheSame) {
    for (unsigned seed = 0; seed < 300; ++seed) {
        SCOPED_TRACE(seed);
        const Branch value = given::branch(seed);
        const std::string bytes = save_snapshot(kind, value);
        EXPECT_EQ(load_snapshot<Branch>(kind, bytes), value);
        EXPECT_EQ(save_snapshot(kind, load_snapshot<Branch>(kind, bytes)), bytes);
    }
}

TEST(Snapshot, IsLittleEndianAndAsDocumented) {
    SavingArchive archive;
    archive << std::int32_t{-2} << true << given::Colour::blue << std::string("ab") << 1.0 << std::uint16_t{0x0102};
    EXPECT_EQ(archive.bytes(), "\xFE\xFF\xFF\xFF\x01\x02\x02\0\0\0\0\0\0\0ab\0\0\0\0\0\0\xF0\x3F\x02\x01"s);
    EXPECT_EQ(seal(SnapshotKind::staffing, "xyz").substr(0, 27),
              "\x89"
              "CPLN\r\n\x1A\x01\0\x01\0\x04\0\0\0\x03\0\0\0\0\0\0\0xyz"s);
}

TEST(Snapshot, OneSerializeFunctionServesEveryBoostArchive) {
    const given::Leaf leaf{"马山县", given::Colour::green, -3, true, 0.5};
    std::stringstream stream;
    {
        boost::archive::text_oarchive out(stream);
        out << leaf;
    }
    given::Leaf loaded;
    boost::archive::text_iarchive in(stream);
    in >> loaded;
    EXPECT_EQ(loaded, leaf);
    EXPECT_EQ(load_snapshot<given::Leaf>(kind, save_snapshot(kind, leaf)), leaf);
    const std::optional<given::Even> even = given::Even(4);
    EXPECT_EQ(load_snapshot<std::optional<given::Even>>(kind, save_snapshot(kind, even)), even);
    EXPECT_THROW((void)load_snapshot<given::Even>(kind, save_snapshot(kind, given::Even(3))), RefusedInput);
}

TEST(SnapshotRefusal, Item64MagicKindVersionAndFlags) {
    const std::string good = save_snapshot(kind, given::branch(1));
    EXPECT_EQ(refusal(""), "empty_input");
    EXPECT_EQ(refusal(good, SnapshotKind::staffing), "wrong_archive_kind");
    std::string bytes = seal(kind, "x", {2, 0});
    EXPECT_EQ(refusal(bytes), "unsupported_version");
    EXPECT_EQ(refusal(seal(kind, "x", {0, 9})), "unsupported_version");
    EXPECT_EQ(refusal(seal(kind, "x", {1, 5})), "unsupported_version");
    try {
        (void)open_snapshot(kind, bytes);
        FAIL();
    } catch (const RefusedInput& refused) {
        EXPECT_EQ(text(refused.message(), Language::en), "snapshot version 2.0 cannot be read; this program reads 1.4");
    }
    bytes = good;
    bytes[14] = 1;
    repair_checksum(bytes);
    EXPECT_EQ(refusal(bytes), "unsupported_flags");
    bytes = good;
    bytes[9] = 7;
    repair_checksum(bytes);
    EXPECT_EQ(refusal(bytes), "wrong_archive_kind");
}

TEST(SnapshotRefusal, Item65EveryCutAndEveryFlippedBit) {
    const std::string good = save_snapshot(kind, given::branch(3));
    for (std::size_t size = 1; size < good.size(); ++size) {
        ASSERT_EQ(refusal(good.substr(0, size)), "corrupt_archive") << size;
    }
    for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
        std::string bytes = good;
        bytes[bit / 8] = static_cast<char>(static_cast<unsigned char>(bytes[bit / 8]) ^ (1U << (bit % 8)));
        ASSERT_EQ(refusal(bytes), "corrupt_archive") << bit;
    }
    EXPECT_EQ(refusal(good + "x"), "corrupt_archive");
}

TEST(SnapshotLaw, Item65And66TwentyThousandDamagedCopies) {
    std::size_t refused = 0;
    std::size_t forged_refused = 0;
    std::size_t forged_loaded = 0;
    std::vector<Branch> value;
    for (unsigned seed = 0; seed < 8; ++seed)
        value.push_back(given::branch(seed));
    const std::string good = save_snapshot(kind, value);
    start_counting();
    const std::size_t before = allocated;
    for (unsigned seed = 0; seed < 20'000; ++seed) {
        std::mt19937 random(seed);
        std::string bytes = good;
        switch (seed % 3) {
            case 0:
                for (std::size_t i = 1 + random() % 4; i > 0; --i) {
                    const std::size_t at = random() % bytes.size();
                    bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << (random() % 8)));
                }
                break;
            case 1:
                bytes.resize(random() % bytes.size());
                break;
            default: {
                const std::size_t at = random() % bytes.size();
                const std::size_t count = std::min<std::size_t>(1 + random() % 16, bytes.size() - at);
                const bool high = random() % 2 == 0;
                for (std::size_t i = 0; i < count; ++i)
                    bytes[at + i] = static_cast<char>(high ? 0xFF : random() % 256);
            }
        }
        try {
            ASSERT_EQ(load_snapshot<std::vector<Branch>>(kind, bytes), value) << seed;
        } catch (const RefusedInput&) {
            ++refused;
        }
        forge(bytes);
        try {
            const auto loaded = load_snapshot<std::vector<Branch>>(kind, bytes);
            ++forged_loaded;
            for (const Branch& branch : loaded) {
                for (const given::Leaf& leaf : branch.leaves) {
                    ASSERT_LT(static_cast<std::size_t>(leaf.colour), enumerator_count<given::Colour>);
                }
            }
        } catch (const RefusedInput&) {
            ++forged_refused;
        }
    }
    EXPECT_GT(refused, 19'800U);
    EXPECT_GT(forged_refused, 5'000U);
    EXPECT_GT(forged_loaded, 500U);
    EXPECT_LT(peak - before, std::size_t{64} << 20);
    RecordProperty("refused", static_cast<int>(refused));
    RecordProperty("forged_refused", static_cast<int>(forged_refused));
    RecordProperty("forged_loaded", static_cast<int>(forged_loaded));
    RecordProperty("peak_bytes", static_cast<int>(peak - before));
    EXPECT_LT(allocated, before + 1'000'000);  // nothing was leaked along the way
}

TEST(SnapshotRefusal, Item66And67CountBombsAtEveryPlace) {
    const std::string good = save_snapshot(kind, given::branch(5));
    const auto start = std::chrono::steady_clock::now();
    std::size_t tried = 0;
    for (std::size_t at = header_size; at + 12 <= good.size(); ++at) {
        for (const std::uint64_t count : {std::uint64_t{1} << 31, std::uint64_t{1} << 32,
                                          std::uint64_t{std::numeric_limits<std::int64_t>::max()}}) {
            std::string bytes = good;
            put_u64(bytes, at, count);
            repair_checksum(bytes);
            start_counting();
            const std::size_t before = allocated;
            const std::string code = refusal(bytes);
            EXPECT_TRUE(code.empty() || code == "corrupt_archive") << at << " " << code;
            ASSERT_LT(peak - before, 1'000'000U) << at;
            ++tried;
        }
    }
    const auto spent = std::chrono::steady_clock::now() - start;
    EXPECT_LT(spent / tried, std::chrono::milliseconds(10));
    for (const std::uint64_t count : {std::uint64_t{1} << 31, std::uint64_t{1} << 32, std::uint64_t{1} << 63,
                                      std::uint64_t{std::numeric_limits<std::int64_t>::max()}}) {
        std::string payload(100, '\0');
        put_u64(payload, 0, count);
        start_counting();
        const std::size_t before = allocated;
        EXPECT_THROW((void)load_snapshot<std::vector<std::int64_t>>(kind, seal(kind, payload)), RefusedInput);
        EXPECT_THROW((void)load_snapshot<std::vector<bool>>(kind, seal(kind, payload)), RefusedInput);
        EXPECT_THROW((void)load_snapshot<std::string>(kind, seal(kind, payload)), RefusedInput);
        EXPECT_THROW((void)load_snapshot<std::vector<Branch>>(kind, seal(kind, payload)), RefusedInput);
        EXPECT_LT(peak - before, 1'000'000U);
    }
}

TEST(SnapshotRefusal, Item66ValuesOutsideTheirTypes) {
    const auto code = [](auto wanted, const std::string& payload) {
        try {
            (void)load_snapshot<decltype(wanted)>(kind, seal(kind, payload));
        } catch (const RefusedInput& refused) {
            return text(refused.message(), Language::en);
        }
        return ""s;
    };
    EXPECT_EQ(code(bool{}, "\x02"), "the snapshot is damaged: a value is outside its range");
    EXPECT_EQ(code(given::Colour{}, "\x03"), "the snapshot is damaged: a value is outside its range");
    EXPECT_EQ(code(std::optional<int>{}, "\x02"), "the snapshot is damaged: a value is outside its range");
    EXPECT_EQ(code(std::string{}, "\x01\0\0\0\0\0\0\0\xFF"s),
              "the snapshot is damaged: a text is not valid UTF-8 or holds NUL");
    EXPECT_EQ(code(std::string{}, "\x01\0\0\0\0\0\0\0\0"s),
              "the snapshot is damaged: a text is not valid UTF-8 or holds NUL");
    EXPECT_EQ(code(std::int32_t{}, "\x01\0\0"s), "the snapshot is damaged: it ends too early");
    EXPECT_EQ(code(std::int32_t{}, "\x01\0\0\0\0"s), "the snapshot is damaged: something is left at its end");
    Limits limits;
    limits.text_bytes = 3;
    const std::string four = save_snapshot(kind, "abcd"s);
    EXPECT_EQ(load_snapshot<std::string>(kind, four), "abcd");
    EXPECT_THROW((void)load_snapshot<std::string>(kind, four, limits), RefusedInput);
    EXPECT_THROW((void)save_snapshot(kind, "abcd"s, limits), RefusedInput);
    EXPECT_THROW((void)save_snapshot(kind, "a\0b"s), RefusedInput);
}

TEST(SnapshotRefusal, Item68To70OtherFormatsAreNotSnapshots) {
    std::stringstream text_archive;
    std::stringstream xml_archive;
    {
        boost::archive::text_oarchive out(text_archive);
        const given::Leaf leaf;
        out << leaf;
        boost::archive::xml_oarchive xml(xml_archive);
        xml << boost::serialization::make_nvp("leaf", leaf);
    }
    const std::string entity_bomb =
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><x>&b;<y>";
    for (const auto& [bytes, looks] :
         std::vector<std::pair<std::string, std::string>>{{text_archive.str(), "a Boost archive"},
                                                          {xml_archive.str(), "XML (or a Boost XML archive)"},
                                                          {entity_bomb, "XML (or a Boost XML archive)"},
                                                          {"PK\x03\x04 zip"s, "a compressed file"},
                                                          {"\x1F\x8B\x08 gzip"s, "a compressed file"},
                                                          {"{\"version\":1}"s, "JSON"},
                                                          {"id,name\n1,a\n"s, "text"},
                                                          {"\x01\x02\x03\x04\x05\x06\x07\x08"s, "some other file"}}) {
        ASSERT_EQ(refusal(bytes), "not_a_snapshot") << looks;
        try {
            (void)open_snapshot(kind, bytes);
        } catch (const RefusedInput& refused) {
            EXPECT_NE(text(refused.message(), Language::en).find(looks), std::string::npos);
        }
    }
}

}  // namespace
