#include <countyplan/io/encoding.hpp>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <iconv.h>

#include <gtest/gtest.h>

namespace {

using namespace countyplan;
using namespace std::string_literals;

std::string first_code(const DecodedText& decoded) {
    return decoded.flaws.empty() ? "" : std::string(decoded.flaws.front().message.code());
}

/// UTF-8 to GB18030 by iconv itself, to have something to decode.
std::string gb18030(std::string text) {
    const iconv_t handle = iconv_open("GB18030", "UTF-8");
    std::string out(4 * text.size() + 16, '\0');
    char* in = text.data();
    char* to = out.data();
    std::size_t in_left = text.size();
    std::size_t out_left = out.size();
    EXPECT_EQ(iconv(handle, &in, &in_left, &to, &out_left), 0U);
    iconv_close(handle);
    out.resize(out.size() - out_left);
    return out;
}

const std::vector<std::string>& names() {
    static const std::vector<std::string> all{
        "马山县",       "融水苗族自治县", "三江侗族自治县", "龙胜各族自治县", "德保县", "那坡县",
        "凌云县",       "乐业县",         "田林县",         "隆林各族自治县", "昭平县", "凤山县",
        "东兰县",       "都安瑶族自治县", "大化瑶族自治县", "忻城县",         "南宁市", "柳州市",
        "百色市",       "河池市",         "深圳市福田区",   "广州市",         "湛江市", "教育局",
        "第一中学",     "物理教师",       "高级教师",       "联通",           "学校",   "职业技术学校",
        "广东省佛山市", "语文、数学"};
    return all;
}

TEST(EncodingRefusal, Item1NothingButWhiteSpaceIsEmptyInput) {
    for (const std::string& bytes : {""s, " \r\n\t\n"s, "\xEF\xBB\xBF"s, "\xEF\xBB\xBF \n"s, "\x84\x31\x95\x33"s}) {
        EXPECT_EQ(first_code(decode(bytes)), "empty_input");
    }
}

TEST(Encoding, Item2MarkAtTheStartIsDroppedAndOneInsideIsKeptWithAWarning) {
    const DecodedText plain = decode("\xEF\xBB\xBFid,name\n");
    EXPECT_TRUE(plain.flaws.empty());
    EXPECT_EQ(plain.text, "id,name\n");
    EXPECT_EQ(plain.skipped, 3U);

    const DecodedText inside = decode("\xEF\xBB\xBFid,\xEF\xBB\xBFname\n");
    EXPECT_TRUE(inside.ok());
    EXPECT_EQ(inside.text, "id,\xEF\xBB\xBFname\n");
    ASSERT_EQ(first_code(inside), "mark_inside");
    EXPECT_EQ(inside.flaws[0].offset, 6U);
    EXPECT_EQ(inside.flaws[0].position, (TextPosition{1, 4}));
}

TEST(EncodingLaw, Item3RealNamesInGB18030ReadAsTheirUTF8Copy) {
    for (unsigned seed = 0; seed < 500; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        std::string table = "id,name\n";
        const std::size_t rows = 1 + random() % 12;
        for (std::size_t r = 0; r < rows; ++r) {
            table += "x" + std::to_string(r) + "," + names()[random() % names().size()] + "县\n";
        }
        const DecodedText guessed = decode(gb18030(table));
        ASSERT_TRUE(guessed.ok());
        EXPECT_EQ(guessed.text, table);
        EXPECT_EQ(guessed.encoding, Encoding::gb18030);
        EXPECT_EQ(first_code(guessed), "encoding_guessed");
        const DecodedText forced = decode(gb18030(table), Encoding::gb18030);
        EXPECT_TRUE(forced.flaws.empty());
        EXPECT_EQ(forced.text, table);
        EXPECT_EQ(decode(table).text, table);
    }
}

TEST(EncodingLaw, Item3DamagedUTF8IsRefusedAndNeverReadAsGB18030) {
    std::size_t damaged = 0;
    for (unsigned seed = 0; seed < 500; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        std::string table = "id,name\n";
        for (std::size_t r = 0; r < 4; ++r) {
            table += "x" + std::to_string(r) + "," + names()[random() % names().size()] + "\n";
        }
        std::size_t at = random() % table.size();
        while (static_cast<unsigned char>(table[at]) < 0x80)
            at = (at + 1) % table.size();
        if (random() % 2 == 0) {
            table.erase(at, 1);
        } else {
            table[at] = static_cast<char>(0x80 + random() % 128);
        }
        if (!first_invalid_utf_8(table)) continue;
        ++damaged;
        const DecodedText decoded = decode(table);
        EXPECT_FALSE(decoded.ok());
        EXPECT_EQ(first_code(decoded), "invalid_utf_8");
        EXPECT_EQ(decoded.flaws[0].offset, *first_invalid_utf_8(table));
        EXPECT_TRUE(decoded.text.empty());
    }
    EXPECT_GT(damaged, 300U);
}

TEST(Encoding, Item3AMarkOrTheCallerDecides) {
    EXPECT_EQ(decode("\x84\x31\x95\x33"s + gb18030("学校,县")).text, "学校,县");
    EXPECT_TRUE(decode("\x84\x31\x95\x33"s + gb18030("学校,县")).flaws.empty());
    // D1 A7 D0 A3 is 学校 in GB18030 and four Cyrillic letters in UTF-8: only the caller can know
    EXPECT_EQ(decode("\xD1\xA7\xD0\xA3", Encoding::gb18030).text, "学校");
    EXPECT_EQ(decode("\xD1\xA7\xD0\xA3").text, "\xD1\xA7\xD0\xA3");
    EXPECT_EQ(first_code(decode(gb18030("马山县"), Encoding::utf_8)), "invalid_utf_8");
    EXPECT_EQ(first_code(decode("\xEF\xBB\xBF" + gb18030("马山县"))), "invalid_utf_8");
}

TEST(Encoding, Item4FourByteCharactersOfGB18030) {
    const std::string text = "㙍,㵲,䃥,𠮷\n";
    EXPECT_EQ(gb18030("㙍").size(), 4U);
    EXPECT_EQ(decode(gb18030(text), Encoding::gb18030).text, text);
    EXPECT_EQ(decode(gb18030("马山县" + text)).text, "马山县" + text);
}

TEST(EncodingRefusal, Item4HalfACharacterAtTheEnd) {
    const std::string whole = gb18030("马山县,龙胜");
    for (const std::string& half : {whole.substr(0, whole.size() - 1), whole + "\x84\x31\x95"}) {
        const DecodedText decoded = decode(half, Encoding::gb18030);
        ASSERT_EQ(first_code(decoded), "truncated_gb18030");
        EXPECT_EQ(decoded.flaws[0].offset, half.size() == whole.size() - 1 ? whole.size() - 2 : whole.size());
    }
    const DecodedText broken = decode(whole + "\xFF,"s, Encoding::gb18030);
    ASSERT_EQ(first_code(broken), "invalid_gb18030");
    EXPECT_EQ(broken.flaws[0].offset, whole.size());
}

TEST(EncodingRefusal, Item5UTF16AndUTF32AreRefusedByName) {
    const std::vector<std::pair<std::string, std::string>> marked{{"\xFF\xFEi\0d\0"s, "UTF-16 LE"},
                                                                  {"\xFE\xFF\0i\0d"s, "UTF-16 BE"},
                                                                  {"\xFF\xFE\0\0i\0\0\0"s, "UTF-32 LE"},
                                                                  {"\0\0\xFE\xFF\0\0\0i"s, "UTF-32 BE"}};
    for (const auto& [bytes, name] : marked) {
        const DecodedText decoded = decode(bytes);
        ASSERT_EQ(first_code(decoded), "unsupported_encoding");
        EXPECT_NE(text(decoded.flaws[0].message, Language::en).find(name), std::string::npos);
        EXPECT_NE(text(decoded.flaws[0].message, Language::zh).find(name), std::string::npos);
        EXPECT_FALSE(decoded.flaws[0].remedy.empty());
    }
}

TEST(EncodingRefusal, Item6InvalidUTF8IsRefusedWithItsOffset) {
    const std::vector<std::string> broken{"\xC0\x80",
                                          "\xC1\xBF",
                                          "\xE0\x80\x80",
                                          "\xE0\x9F\xBF",
                                          "\xF0\x80\x80\x80",
                                          "\xF0\x8F\xBF\xBF",
                                          "\xED\xA0\x80",
                                          "\xED\xBF\xBF",
                                          "\xF4\x90\x80\x80",
                                          "\xF5\x80\x80\x80",
                                          "\xFF",
                                          "\xFE",
                                          "\x80",
                                          "\xBF",
                                          "\xE5",
                                          "\xE5\x8D",
                                          "\xF0\x9F\x98",
                                          "\xC3",
                                          "\xE5\x28\xA1",
                                          "\xC3\x28"};
    for (std::size_t prefix = 0; prefix < 70; ++prefix) {  // every place relative to the fast path's blocks
        for (const std::string& bytes : broken) {
            const std::string text = std::string(prefix, 'a') + bytes;
            EXPECT_EQ(first_invalid_utf_8(text), prefix);
            EXPECT_EQ(first_invalid_utf_8("县" + text + std::string(40, 'b')), prefix + 3);
            const DecodedText decoded = decode(text, Encoding::utf_8);
            ASSERT_EQ(first_code(decoded), "invalid_utf_8");
            EXPECT_EQ(decoded.flaws[0].offset, prefix);
            EXPECT_EQ(decoded.flaws[0].position.line, 1U);
        }
    }
}

/// The definition in the Unicode Standard, table 3-7, one character at a time.
std::optional<std::size_t> slowly_invalid(const std::string& bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
        const unsigned lead = byte(at);
        const std::size_t size = lead < 0x80   ? 1
                                 : lead < 0xC0 ? 0
                                 : lead < 0xE0 ? 2
                                 : lead < 0xF0 ? 3
                                 : lead < 0xF8 ? 4
                                               : 0;
        if (size == 0 || at + size > bytes.size()) return at;
        std::uint32_t c = size == 1 ? lead : lead & (0x7FU >> size);
        for (std::size_t i = 1; i < size; ++i) {
            if (byte(at + i) >> 6 != 2) return at;
            c = c << 6 | (byte(at + i) & 0x3FU);
        }
        const std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
        if (c < least[size] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return at;
        at += size;
    }
    return std::nullopt;
}

TEST(EncodingLaw, ValidationAgreesWithTheDefinition) {
    const std::string pool[] = {"a",        "县",       "é",        "😀",        "\x80", "\xE0",
                                "\xED\x9F", "\xED\xA0", "\xF4\x8F", "\xF4\x90", "\xC2", "abcdefghij"};
    for (unsigned seed = 0; seed < 20'000; ++seed) {
        std::mt19937 random(seed);
        std::string bytes;
        const std::size_t parts = random() % 24;
        for (std::size_t i = 0; i < parts; ++i)
            bytes += pool[random() % (random() % 4 == 0 ? std::size(pool) : 4)];
        ASSERT_EQ(first_invalid_utf_8(bytes), slowly_invalid(bytes)) << seed;
    }
}

TEST(EncodingRefusal, Item7NULIsRefusedInBothEncodings) {
    const DecodedText decoded = decode("id,na\0me\n"s);
    ASSERT_EQ(first_code(decoded), "nul_in_text");
    EXPECT_EQ(decoded.flaws[0].offset, 5U);
    const DecodedText other = decode(gb18030("马山县") + "\0"s, Encoding::gb18030);
    ASSERT_EQ(first_code(other), "nul_in_text");
    EXPECT_EQ(other.flaws[0].position, (TextPosition{1, 4}));
}

TEST(Encoding, Item8ComposedAndDecomposedFormsStayDifferent) {
    EXPECT_NE(decode("\xC3\xA9").text, decode("e\xCC\x81").text);
    EXPECT_EQ(decode("１２３").text, "１２３");
}

}  // namespace
