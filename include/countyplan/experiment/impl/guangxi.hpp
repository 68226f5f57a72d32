// The real part of the Guangxi example: counties, senders, pairings. Sources: examples/guangxi/README.md.
#pragma once

#include <cstdint>
#include <string_view>

#include <countyplan/plan/sender.hpp>

namespace countyplan::detail {

/// Coordinates in hundredths of a degree on Baidu's grid; 0 where none is known.
struct KeyCounty {
    std::uint32_t code;
    std::string_view name_zh;
    std::string_view name_en;
    std::string_view prefecture;
    std::int32_t lat;
    std::int32_t lng;
};

inline constexpr KeyCounty guangxi_counties[] = {
    {450124, "马山县", "Mashan County", "南宁市", 2371, 10818},
    {450225, "融水苗族自治县", "Rongshui Miao Autonomous County", "柳州市", 2507, 10926},
    {450226, "三江侗族自治县", "Sanjiang Dong Autonomous County", "柳州市", 2579, 10961},
    {451024, "德保县", "Debao County", "百色市", 2333, 10662},
    {451026, "那坡县", "Napo County", "百色市", 2339, 10584},
    {451027, "凌云县", "Lingyun County", "百色市", 2435, 10657},
    {451028, "乐业县", "Leye County", "百色市", 2478, 10656},
    {451029, "田林县", "Tianlin County", "百色市", 2430, 10623},
    {451031, "隆林各族自治县", "Longlin Various Nationalities Autonomous County", "百色市", 2478, 10535},
    {451081, "靖西市", "Jingxi City", "百色市", 2314, 10642},
    {451121, "昭平县", "Zhaoping County", "贺州市", 2418, 11082},
    {451223, "凤山县", "Fengshan County", "河池市", 2455, 10705},
    {451224, "东兰县", "Donglan County", "河池市", 2452, 10738},
    {451225, "罗城仫佬族自治县", "Luocheng Mulao Autonomous County", "河池市", 2478, 10891},
    {451226, "环江毛南族自治县", "Huanjiang Maonan Autonomous County", "河池市", 2480, 10834},
    {451227, "巴马瑶族自治县", "Bama Yao Autonomous County", "河池市", 2415, 10727},
    {451228, "都安瑶族自治县", "Du'an Yao Autonomous County", "河池市", 2394, 10811},
    {451229, "大化瑶族自治县", "Dahua Yao Autonomous County", "河池市", 2374, 10800},
    {451321, "忻城县", "Xincheng County", "来宾市", 2407, 10867},
    {451425, "天等县", "Tiandeng County", "崇左市", 2309, 10715},
};

/// Counties whose vocational school is named in a source as assisted.
inline constexpr std::uint32_t guangxi_known_vocational[] = {451081, 451321};

/// `weight` says how much of what falls to its city a sender carries itself; 0: it employs nobody.
struct KnownSender {
    std::string_view id;
    std::string_view name_zh;
    std::string_view name_en;
    SenderKind kind;
    std::string_view parent;
    std::string_view letters;  ///< how the ids of its experts begin
    std::int32_t lat;
    std::int32_t lng;
    std::int64_t weight;
    bool eastern;
};

inline constexpr KnownSender guangxi_senders[] = {
    {"440000", "广东省", "Guangdong", SenderKind::province, "", "GD", 0, 0, 0, true},
    {"440300", "深圳市", "Shenzhen", SenderKind::city, "440000", "SZ", 2255, 11406, 4, true},
    {"440303", "罗湖区", "Luohu", SenderKind::district, "440300", "SZ", 2255, 11414, 2, true},
    {"440304", "福田区", "Futian", SenderKind::district, "440300", "SZ", 2253, 11406, 2, true},
    {"440305", "南山区", "Nanshan", SenderKind::district, "440300", "SZ", 2254, 11394, 2, true},
    {"440306", "宝安区", "Bao'an", SenderKind::district, "440300", "SZ", 2256, 11389, 2, true},
    {"440307", "龙岗区", "Longgang", SenderKind::district, "440300", "SZ", 2273, 11425, 2, true},
    {"440308", "盐田区", "Yantian", SenderKind::district, "440300", "SZ", 2256, 11424, 2, true},
    {"440309", "龙华区", "Longhua", SenderKind::district, "440300", "SZ", 2276, 11405, 2, true},
    {"SZ-DAPENG", "大鹏新区", "Dapeng New District", SenderKind::district, "440300", "SZ", 0, 0, 2, true},
    {"440700", "江门市", "Jiangmen", SenderKind::city, "440000", "JM", 2258, 11309, 2, true},
    {"440703", "蓬江区", "Pengjiang", SenderKind::district, "440700", "JM", 2260, 11308, 2, true},
    {"440800", "湛江市", "Zhanjiang", SenderKind::city, "440000", "ZJ", 2128, 11037, 2, true},
    {"440881", "廉江市", "Lianjiang", SenderKind::district, "440800", "ZJ", 2162, 11029, 1, true},
    {"440883", "吴川市", "Wuchuan", SenderKind::district, "440800", "ZJ", 2145, 11079, 2, true},
    {"440900", "茂名市", "Maoming", SenderKind::city, "440000", "MM", 2167, 11093, 2, true},
    {"440981", "高州市", "Gaozhou", SenderKind::district, "440900", "MM", 2192, 11086, 1, true},
    {"440982", "化州市", "Huazhou", SenderKind::district, "440900", "MM", 2167, 11065, 1, true},
    {"440983", "信宜市", "Xinyi", SenderKind::district, "440900", "MM", 2236, 11095, 1, true},
    {"441200", "肇庆市", "Zhaoqing", SenderKind::city, "440000", "ZQ", 2305, 11247, 2, true},
    {"441203", "鼎湖区", "Dinghu", SenderKind::district, "441200", "ZQ", 2316, 11257, 2, true},
    // Five schools of Lianjiang stand behind one of Rongshui: the number is sourced, these names are not.
    {"440881-R1", "廉江市后方学校一(示例)", "Lianjiang rear school 1 (example)", SenderKind::school, "440881", "ZJ", 0,
     0, 1, true},
    {"440881-R2", "廉江市后方学校二(示例)", "Lianjiang rear school 2 (example)", SenderKind::school, "440881", "ZJ", 0,
     0, 1, true},
    {"440881-R3", "廉江市后方学校三(示例)", "Lianjiang rear school 3 (example)", SenderKind::school, "440881", "ZJ", 0,
     0, 1, true},
    {"440881-R4", "廉江市后方学校四(示例)", "Lianjiang rear school 4 (example)", SenderKind::school, "440881", "ZJ", 0,
     0, 1, true},
    {"440881-R5", "廉江市后方学校五(示例)", "Lianjiang rear school 5 (example)", SenderKind::school, "440881", "ZJ", 0,
     0, 1, true},
    {"JS-HAIAN", "海安市", "Hai'an", SenderKind::district, "", "HA", 0, 0, 0, true},
    {"450000", "广西壮族自治区", "Guangxi", SenderKind::province, "", "GX", 0, 0, 6, false},
    {"450100", "南宁市", "Nanning", SenderKind::city, "450000", "NN", 0, 0, 2, false},
    {"450200", "柳州市", "Liuzhou", SenderKind::city, "450000", "LZ", 0, 0, 2, false},
    {"451000", "百色市", "Baise", SenderKind::city, "450000", "BS", 0, 0, 2, false},
    {"451100", "贺州市", "Hezhou", SenderKind::city, "450000", "HZ", 0, 0, 2, false},
    {"451200", "河池市", "Hechi", SenderKind::city, "450000", "HC", 0, 0, 2, false},
    {"451300", "来宾市", "Laibin", SenderKind::city, "450000", "LB", 0, 0, 2, false},
    {"451400", "崇左市", "Chongzuo", SenderKind::city, "450000", "CZ", 0, 0, 2, false},
};

/// `required` is the project's invention; who stands behind whom is not.
struct KnownPairing {
    std::string_view sender;
    std::uint32_t county;
    PairingKind kind;
    bool required;
};

inline constexpr KnownPairing guangxi_pairings[] = {
    {"440300", 450124, PairingKind::city, false},   {"440300", 451024, PairingKind::city, false},
    {"440300", 451026, PairingKind::city, false},   {"440300", 451027, PairingKind::city, false},
    {"440300", 451028, PairingKind::city, false},   {"440300", 451029, PairingKind::city, false},
    {"440300", 451031, PairingKind::city, false},   {"440300", 451081, PairingKind::city, false},
    {"440300", 451223, PairingKind::city, false},   {"440300", 451224, PairingKind::city, false},
    {"440300", 451225, PairingKind::city, false},   {"440300", 451226, PairingKind::city, false},
    {"440300", 451227, PairingKind::city, false},   {"440300", 451228, PairingKind::city, false},
    {"440300", 451229, PairingKind::city, false},   {"440700", 451425, PairingKind::city, true},
    {"440800", 450225, PairingKind::city, true},    {"440800", 450226, PairingKind::city, true},
    {"440900", 451321, PairingKind::city, true},    {"441200", 451121, PairingKind::city, true},
    {"440303", 451031, PairingKind::county, false}, {"440304", 450124, PairingKind::county, false},
    {"440304", 451225, PairingKind::county, false}, {"440304", 451226, PairingKind::county, false},
    {"440305", 451024, PairingKind::county, true},  {"440306", 451228, PairingKind::county, true},
    {"440306", 451229, PairingKind::county, true},  {"440307", 451026, PairingKind::county, true},
    {"440307", 451081, PairingKind::county, true},  {"440308", 451027, PairingKind::county, false},
    {"440308", 451028, PairingKind::county, false}, {"440309", 451223, PairingKind::county, false},
    {"440309", 451224, PairingKind::county, false}, {"SZ-DAPENG", 451227, PairingKind::county, false},
    {"440703", 451425, PairingKind::county, true},  {"440881", 450225, PairingKind::county, true},
    {"440883", 450226, PairingKind::county, true},  {"440981", 451321, PairingKind::county, true},
    {"440982", 451321, PairingKind::county, true},  {"440983", 451321, PairingKind::county, true},
    {"441203", 451121, PairingKind::county, true},  {"JS-HAIAN", 451224, PairingKind::outside, false},
    {"450100", 450124, PairingKind::city, false},   {"450200", 450225, PairingKind::city, false},
    {"450200", 450226, PairingKind::city, false},   {"451000", 451024, PairingKind::city, false},
    {"451000", 451026, PairingKind::city, false},   {"451000", 451027, PairingKind::city, false},
    {"451000", 451028, PairingKind::city, false},   {"451000", 451029, PairingKind::city, false},
    {"451000", 451031, PairingKind::city, false},   {"451000", 451081, PairingKind::city, false},
    {"451100", 451121, PairingKind::city, false},   {"451200", 451223, PairingKind::city, false},
    {"451200", 451224, PairingKind::city, false},   {"451200", 451225, PairingKind::city, false},
    {"451200", 451226, PairingKind::city, false},   {"451200", 451227, PairingKind::city, false},
    {"451200", 451228, PairingKind::city, false},   {"451200", 451229, PairingKind::city, false},
    {"451300", 451321, PairingKind::city, false},   {"451400", 451425, PairingKind::city, false},
};

/// Rear schools behind the ordinary high school of a county.
struct KnownRear {
    std::string_view sender;
    std::uint32_t county;
};

inline constexpr KnownRear guangxi_rears[] = {
    {"440881-R1", 450225}, {"440881-R2", 450225}, {"440881-R3", 450225}, {"440881-R4", 450225}, {"440881-R5", 450225}};

}  // namespace countyplan::detail
