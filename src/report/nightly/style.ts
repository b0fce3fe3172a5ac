/** After the tokens of all pages. */
export const style: string = `.lead{font-size:1.2rem;line-height:1.4;margin:.25rem 0 1rem;max-width:48rem}
.row{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:.5rem 2rem;padding:1rem;margin:.75rem 0;border:1px solid var(--line);border-inline-start:4px solid var(--line);border-radius:6px;background:var(--raised);scroll-margin-top:1rem}
.row.new,.row.still{border-inline-start-color:var(--fail)}
.row.fixed,.row.ok{border-inline-start-color:var(--pass)}
.row.unclear{border-inline-start-color:var(--warn)}
.row:target{outline:2px solid var(--link)}
.row p{margin:.25rem 0}
.row .what ul{margin:.25rem 0;padding-inline-start:1.1rem}
.state,.changes strong{display:inline-block;padding:0 .5rem;border-radius:4px;font-weight:600;background:var(--off-soft);color:var(--off)}
.new .state,.still .state,.changes .leak{background:var(--fail-soft);color:var(--fail)}
.fixed .state,.ok .state,.changes .fix{background:var(--pass-soft);color:var(--pass)}
.unclear .state{background:var(--warn-soft);color:var(--warn)}
.new .state{background:var(--fail);color:var(--ground)}
.strip{display:block;max-width:100%}
.strip a:hover path,.strip g:hover path{opacity:.6}
.ends{display:flex;justify-content:space-between;font-size:.8rem;color:var(--muted);max-width:720px}
path.p{fill:var(--pass)}path.f{fill:var(--fail)}path.u{fill:var(--warn)}path.b{fill:var(--warn);fill-rule:evenodd}path.q,path.g{fill:var(--off)}
td.f{color:var(--fail);font-weight:600}td.u,td.b{color:var(--warn)}td.p{color:var(--pass)}td.q,td.g{color:var(--off)}
.rates{list-style:none;margin:.5rem 0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(6.5rem,1fr));gap:.5rem 1rem;font-size:.85rem}
.rates li{min-width:0;display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 .5rem}
.rates b{font-weight:600;font-variant-numeric:tabular-nums}
.leaks b,.leaks span{color:var(--fail);font-weight:600}
.spark{display:block;width:100%;height:30px;color:var(--muted)}
.leaks .spark{color:var(--fail)}
.spark path{vector-effect:non-scaling-stroke;fill:none}
.spark .l{stroke:currentColor;stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round}
.spark .i{fill:currentColor;fill-opacity:.22;stroke:none}
.spark .z{stroke:var(--line);stroke-width:1}
.wide{overflow-x:auto}
details table{font-size:.875rem;margin:.5rem 0;width:100%}
details th[scope=row]{font-weight:400;white-space:nowrap}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;margin:.5rem 0;padding:0;font-size:.875rem;color:var(--muted)}
.key{vertical-align:-.2em;margin-inline-end:.35rem}
.changes{list-style:none;margin:0;padding:0}
.changes li{display:grid;grid-template-columns:6.5rem 4.5rem minmax(0,1fr);gap:0 .75rem;padding:.4rem 0;border-bottom:1px solid var(--line)}
.changes strong{justify-self:start;align-self:start}
footer{margin-block:2rem;font-size:.875rem;color:var(--muted)}
@media (max-width:56rem){.row{grid-template-columns:minmax(0,1fr)}}
@media (max-width:30rem){.row{padding:.75rem}.rates{grid-template-columns:repeat(3,minmax(0,1fr))}.changes li{grid-template-columns:auto 1fr}.changes li>span{grid-column:1/-1}}
@media print{.row{break-inside:avoid}details{display:none}.state,.key,.strip,.spark{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
@media (forced-colors:active){.state,.changes strong{border:1px solid}.strip path{fill:CanvasText}path.f{fill:Mark}}`;
