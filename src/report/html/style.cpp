#include "report/html/style.hpp"

#include <fmt/format.h>

#include <span>
#include <string_view>

#include "base/base64.hpp"
#include "base/crypto.hpp"
#include "report/html/palette.hpp"

namespace emltrace::report {
namespace {

constexpr std::string_view kPage = R"(
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:76rem;padding:1rem;display:flex;flex-direction:column;
font:1rem/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;
color:var(--text);background:var(--page)}
body,dd,td,th,p,h2,code{overflow-wrap:anywhere}
h1{order:-3;font-size:.875rem;font-weight:600;margin:0 0 .75rem;color:var(--dim)}
h2{font-size:1rem;font-weight:600;margin:0 0 .5rem}
h3{font-size:1.125rem;margin:2rem 0 .75rem;padding-bottom:.25rem;border-bottom:1px solid var(--rule)}
h4{font-size:.9375rem;margin:1.25rem 0 .5rem}
p{margin:.25rem 0}
a{color:var(--note)}
code,.raw{font-family:ui-monospace,"Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;
font-size:.875em}
dd,td,th,p,code,h2{unicode-bidi:isolate}
)";

constexpr std::string_view kWords = R"(
.strong{font-weight:600}.dim{color:var(--dim)}.good{color:var(--good)}.note{color:var(--note)}
.warn{color:var(--warn)}.bad{color:var(--bad);font-weight:600}
.value{-webkit-user-select:all;user-select:all}
.badge{display:inline-block;padding:0 .5rem;border-radius:.25rem;font-weight:600;white-space:nowrap;
color:var(--text);background:var(--dim-tint)}
.badge.dim{color:var(--dim)}
.badge.good{color:var(--good);background:var(--good-tint)}
.badge.note{color:var(--note);background:var(--note-tint)}
.badge.warn{color:var(--warn);background:var(--warn-tint)}
.badge.bad{color:var(--bad);background:var(--bad-tint)}
dl{margin:0}dd{margin:0}
dd,td p,.finding p,h2{max-height:24rem;overflow:auto}
.row{display:grid;grid-template-columns:7.5rem minmax(0,1fr);gap:0 1rem;padding:.125rem 0}
dt{color:var(--dim)}dt .strong{color:var(--text)}
dt span+span{margin-left:.5rem}
)";

constexpr std::string_view kIndex = R"(
.tally{order:-2;margin:0 0 .5rem;font-weight:600}
.entry{order:-1;display:grid;grid-template-columns:6.5rem minmax(0,3fr) minmax(0,3fr) minmax(0,2fr);
gap:0 1rem;padding:.375rem 0;border-top:1px solid var(--rule);color:var(--text);text-decoration:none}
.entry:hover .name{text-decoration:underline}
.entry .name{color:var(--note)}
.entry span{overflow-wrap:anywhere;overflow:hidden;unicode-bidi:isolate}
.entry .badge{justify-self:start}
article~article{border-top:.25rem solid var(--rule)}
article{padding:1.5rem 0 3rem}
footer{color:var(--dim);font-size:.875rem;border-top:1px solid var(--rule);padding-top:.5rem}
)";

constexpr std::string_view kAnswer = R"(
.answer{background:var(--panel);border-left:.375rem solid var(--dim);border-radius:.25rem;
padding:1rem 1.25rem}
.answer.good{border-color:var(--good)}.answer.note{border-color:var(--note)}
.answer.warn{border-color:var(--warn)}.answer.bad{border-color:var(--bad)}
.answer,.answer.bad{color:var(--text);font-weight:400}
.summary{font-size:1.25rem;line-height:1.4;margin:0 0 .75rem}
.summary .badge{margin-right:.25rem}
)";

constexpr std::string_view kRoute = R"(
figure{margin:0 0 1rem}
figcaption{font-size:.875rem;color:var(--dim)}
svg{display:block;width:100%;font-size:.8125rem;fill:var(--text)}
svg .grid{stroke:var(--rule)}
svg .border{stroke:var(--good);stroke-width:2}
svg .faint{fill:var(--dim)}
svg .own{fill:var(--good)}svg .corroborated{fill:var(--note)}svg .unverified{fill:var(--warn)}
svg .disproved{fill:none;stroke:var(--bad);stroke-width:1.5;stroke-dasharray:4 3}
svg .word-own{fill:var(--good)}svg .word-corroborated{fill:var(--note)}
svg .word-unverified{fill:var(--warn)}svg .word-disproved{fill:var(--bad)}
table{border-collapse:collapse;width:100%;table-layout:fixed}
th,td{text-align:left;vertical-align:top;padding:.5rem .5rem;border-top:1px solid var(--rule);
}
thead th{border-top:0;font-size:.875rem;font-weight:600;color:var(--dim)}
.hops .c-hop{width:3rem}.hops .c-standing{width:9rem}.hops .c-time{width:12.5rem}
.hops .c-delay{width:8rem}
.hops .c-delay,.hops .delay{text-align:right}
.hops .time,.hops .delay{font-variant-numeric:tabular-nums}
.hops dl{font-size:.9375rem}
.hops .row{grid-template-columns:5rem minmax(0,1fr)}
tr.border td,tr.border th{border-top:2px solid var(--good)}
tr:target>*,.finding:target,.line:target{background:var(--note-tint)}
)";

constexpr std::string_view kChecks = R"(
.checks td+td,.checks th+th{border-left:1px solid var(--rule);padding-left:1rem}
.checks .row{grid-template-columns:minmax(0,1fr);padding-bottom:.375rem}
.checks .c-now{width:56%}
.checks .badge{margin-right:.5rem}
.checks .row.more{grid-template-columns:6rem minmax(0,1fr);font-size:.9375rem;margin-left:1rem}
)";

constexpr std::string_view kFindings = R"(
.finding{padding:.625rem .75rem;border-left:.1875rem solid var(--rule);margin:.5rem 0}
.finding.bad{border-color:var(--bad)}.finding.warn{border-color:var(--warn)}
.finding.note{border-color:var(--note)}
.finding,.finding.bad{color:var(--text);font-weight:400}
.finding .code{font-weight:600;color:var(--text)}
details{margin:.25rem 0}
.folds{display:flex;flex-wrap:wrap;gap:0 1.5rem}.folds details[open]{flex-basis:100%}
summary{cursor:pointer;color:var(--dim);font-size:.9375rem}
details dl{padding:.25rem 0 .25rem 1rem;font-size:.9375rem}
)";

constexpr std::string_view kRaw = R"(
.raw{background:var(--panel);padding:.5rem 0;border-radius:.25rem;line-height:1.45}
.line{display:grid;grid-template-columns:3.5rem minmax(0,1fr) auto;gap:0 .75rem;padding:0 .75rem 0 0;
border-left:.1875rem solid transparent}
.line.bad{border-color:var(--bad)}.line.warn{border-color:var(--warn)}
.line.note{border-color:var(--note)}.line.dim{border-color:var(--dim)}
.line,.line.bad{color:var(--text);font-weight:400}
.line .number{text-align:right;color:var(--dim);text-decoration:none;-webkit-user-select:none;
user-select:none}
.line code{font-size:1em;white-space:pre-wrap;max-height:12rem;overflow:auto}
.pins{max-width:18rem;text-align:right;-webkit-user-select:none;user-select:none}
.pins a{margin-left:.5rem}
mark,mark[class]{color:var(--text);background:var(--dim-tint);font-weight:600}
mark.note[class]{background:var(--note-tint)}mark.warn[class]{background:var(--warn-tint)}
mark.bad[class]{background:var(--bad-tint)}
)";

constexpr std::string_view kNarrow = R"(
@media(max-width:64rem){
.hops,.hops tbody{display:block}.hops thead{display:none}
.hops tr{display:flex;flex-wrap:wrap;gap:0 .75rem;padding:.5rem 0;border-top:1px solid var(--rule)}
.hops th,.hops td{border:0;padding:.125rem 0}
.hops .hand{order:1;flex-basis:100%;min-width:0}
.hops tr.border{border-top:2px solid var(--good)}.hops tr.border th,.hops tr.border td{border:0}
}
@media screen and (max-width:48rem){
body{padding:.75rem}
.answer{padding:.75rem}.summary{font-size:1.125rem}
.row,.hops .row{grid-template-columns:5.5rem minmax(0,1fr);gap:0 .5rem}
.entry{grid-template-columns:minmax(0,1fr)}
.checks,.checks tbody,.checks tr,.checks td{display:block}.checks thead{display:none}
.checks tr{border-top:1px solid var(--rule);padding:.5rem 0}
.checks td{border:0;padding:.125rem 0}
.checks td+td{border-left:0;padding-left:0;margin-top:.5rem}
.checks td::before{content:attr(data-label);display:block;font-size:.875rem;font-weight:600;
color:var(--dim)}
.line{grid-template-columns:2.25rem minmax(0,1fr);gap:0 .5rem}
.pins{grid-column:2;max-width:none;text-align:left}.pins a{margin:0 .75rem 0 0}
})";

constexpr std::string_view kPaper = R"(
@media print{
html{font-size:8.5pt}
body{display:block;max-width:none;padding:0}
.finding{margin:.25rem 0;padding:.25rem .75rem}h3{margin:1.25rem 0 .5rem}
article~article{break-before:page;border:0}
h3,h4,thead{break-after:avoid}
tr,.finding,.row,figure{break-inside:avoid}
a{color:inherit;text-decoration:none}
details::details-content{content-visibility:visible;block-size:auto}
summary{list-style:none}
.folds{display:block}
dd,td p,.finding p,h2,.line code{max-height:none;overflow:visible}
.answer,.raw,.badge,mark{print-color-adjust:exact;-webkit-print-color-adjust:exact}
})";

template <std::size_t N>
void declare(std::string& out, const std::array<Color, N>& colors,
             std::string_view Color::* scheme) {
  for (const Color& color : colors) out += fmt::format("--{}:{};", color.name, color.*scheme);
}

std::string scheme(std::string_view Color::* which) {
  std::string out = ":root{";
  declare(out, kInks, which);
  declare(out, kGrounds, which);
  declare(out, kRules, which);
  return out + "}";
}

std::string make_sheet() {
  std::string out = scheme(&Color::light);
  // Paper is white whatever the screen is.
  out += "\n@media screen and (prefers-color-scheme:dark){" + scheme(&Color::dark) + "}";
  for (const auto part :
       {kPage, kWords, kIndex, kAnswer, kRoute, kChecks, kFindings, kRaw, kNarrow, kPaper})
    out += part;
  return out;
}

}  // namespace

const std::string& style_sheet() {
  static const std::string sheet = make_sheet();
  return sheet;
}

std::string security_policy() {
  return fmt::format(
      "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
      base64_encode(crypto::digest(crypto::Hash::sha256, style_sheet())));
}

}  // namespace emltrace::report
