/** After the tokens of all pages. */
export const style: string = `.lead{font-size:1.2rem;line-height:1.4;margin:.25rem 0 1rem;max-width:48rem}
.row{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:.5rem 2rem;padding:1rem;margin:.75rem 0;border:1px solid var(--edge);border-inline-start:4px solid var(--edge);border-radius:6px;background:var(--sunk);scroll-margin-top:1rem}
.row.new,.row.still{border-inline-start-color:var(--fail)}
.row.fixed,.row.ok{border-inline-start-color:var(--pass)}
.row.unclear{border-inline-start-color:var(--inconclusive)}
.row:target{outline:2px solid var(--link)}
.row p{margin:.25rem 0}
.row .what ul{margin:.25rem 0;padding-inline-start:1.1rem}
.state,.changes strong{display:inline-block;padding:0 .5rem;border-radius:4px;font-weight:600;background:var(--unchecked-sunk);color:var(--unchecked)}
.new .state,.still .state,.changes .leak{background:var(--fail-sunk);color:var(--fail)}
.fixed .state,.ok .state,.changes .fix{background:var(--pass-sunk);color:var(--pass)}
.unclear .state{background:var(--inconclusive-sunk);color:var(--inconclusive)}
.new .state{background:var(--fail);color:var(--paper)}
.strip{display:block;max-width:100%}
.strip a:hover path,.strip g:hover path{opacity:.6}
.seen{display:inline-block;max-width:100%}
.ends{display:flex;justify-content:space-between;font-size:.8rem;line-height:1.3;color:var(--quiet)}
path.p{fill:var(--pass)}path.f{fill:var(--fail)}path.u{fill:var(--inconclusive)}path.b{fill:var(--inconclusive);fill-rule:evenodd}path.q,path.g{fill:var(--unchecked)}
td.f{color:var(--fail);font-weight:600}td.u,td.b{color:var(--inconclusive)}td.p{color:var(--pass)}td.q,td.g{color:var(--unchecked)}
.rates{list-style:none;margin:.5rem 0;padding:0;display:grid;grid-template-columns:repeat(6,minmax(0,1fr));gap:.5rem 1rem;font-size:.85rem;line-height:1.3}
.rates li{min-width:0}
.rates span,.rates b{display:block;white-space:nowrap}
.rates span{color:var(--quiet)}
.rates b{font-weight:600;font-variant-numeric:tabular-nums}
.rates .leaks b,.rates .leaks span{color:var(--fail);font-weight:600}
.spark{display:block;width:100%;height:30px;color:var(--quiet)}
.leaks .spark{color:var(--fail)}
.spark path{vector-effect:non-scaling-stroke;fill:none}
.spark .l{stroke:currentColor;stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round}
.spark .i{fill:currentColor;fill-opacity:.22;stroke:none}
.spark .d{stroke:currentColor;stroke-width:4;stroke-linecap:round}
.spark .z{stroke:var(--edge);stroke-width:1}
details table{overflow-wrap:break-word;font-size:.875rem;margin:.5rem 0;width:100%}
details th[scope=row]{font-weight:400}
details td:last-child{min-width:5rem;width:100%;overflow-wrap:anywhere}
.what>p code,details td:nth-child(3){white-space:nowrap}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:.5rem 0;padding:0;font-size:.875rem;color:var(--quiet)}
.key{vertical-align:-.2em;margin-inline-end:.35rem}
.changes{list-style:none;margin:0;padding:0}
.changes li{display:grid;grid-template-columns:6.5rem 4.5rem minmax(0,1fr);gap:0 .75rem;padding:.4rem 0;border-bottom:1px solid var(--edge)}
.changes strong{justify-self:start;align-self:start}
footer{margin-block:2rem;font-size:.875rem;color:var(--quiet)}
@media (max-width:56rem){.row{grid-template-columns:minmax(0,1fr)}}
@media (max-width:30rem){.row{padding:.75rem}.rates{grid-template-columns:repeat(3,minmax(0,1fr))}.changes li{grid-template-columns:auto 1fr}.changes li>span{grid-column:1/-1}}
@media print{.row{break-inside:avoid}details{display:none}.state,.key,.strip,.spark{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
@media (forced-colors:active){.state,.changes strong{border:1px solid}.strip path{fill:CanvasText}path.f{fill:Mark}}`;
