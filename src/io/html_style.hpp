// How does a page look? The digest lets the page's policy allow this style sheet and no other.
#pragma once

#include <string_view>

namespace countyplan::detail {

inline constexpr std::string_view html_style =
    R"css(:root{color-scheme:light dark;--line:#c9ced6;--soft:#f3f5f8;--good:#0b6b3a;--watch:#8a5a00;--bad:#b3261e;--muted:#6b7280;--link:#0b57d0}
@media(prefers-color-scheme:dark){:root{--line:#3d4450;--soft:#1e232b;--good:#5fd39a;--watch:#f0b429;--bad:#ff8a80;--muted:#9aa3b2;--link:#8ab4f8}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:78rem;padding:1rem 1.25rem 3rem;font:15px/1.55 system-ui,"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif}
h1{font-size:1.6rem;margin:.5rem 0 .25rem}
h2{font-size:1.2rem;margin:2rem 0 .5rem;border-bottom:2px solid var(--line);padding-bottom:.25rem}
.name{margin:0;color:var(--muted)}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:1rem 0}
a{color:var(--link)}
dl{display:flex;flex-wrap:wrap;gap:.5rem;margin:1rem 0}
dl div{background:var(--soft);border-radius:.4rem;padding:.5rem .75rem}
dt{font-size:.8rem;color:var(--muted)}
dd{margin:0;font-size:1.15rem;font-variant-numeric:tabular-nums}
.origin dd{font-size:.8rem;overflow-wrap:anywhere}
.scroll{overflow:auto;max-height:75vh;border:1px solid var(--line);border-radius:.4rem;margin:.75rem 0}
table{border-collapse:separate;border-spacing:0;width:100%;font-size:.87rem}
caption{text-align:start;padding:.4rem .6rem;color:var(--muted)}
th,td{padding:.3rem .6rem;border-bottom:1px solid var(--line);text-align:start;vertical-align:top}
thead th{position:sticky;top:0;background:var(--soft);white-space:nowrap}
td:first-child{white-space:nowrap}
tbody tr:hover{background:var(--soft)}
.number{text-align:end;font-variant-numeric:tabular-nums}
.good{color:var(--good)}
.watch{color:var(--watch)}
.bad{color:var(--bad);font-weight:600}
.muted{color:var(--muted)}
@media print{body{max-width:none;font-size:11px}nav{display:none}.scroll{max-height:none;overflow:visible}thead th{position:static}tr{break-inside:avoid}}
)css";

/// SHA-256 of `html_style`, base64; a test computes it anew.
inline constexpr std::string_view html_style_digest = "3L0dtwjflRAU/RjmihxiGhmsaZpHJucQBY5THk101oo=";

}  // namespace countyplan::detail
