/**
 * What every page shares: colours that hold a contrast of 4.5 : 1 on both grounds (WCAG 2.2, 1.4.3), fonts, and the
 * looks of plain elements. Verdicts: `fail`, `warn` (inconclusive, unchecked, broke), `pass`, `off` (does not count).
 */
const colours = {
  light: `--ground:#fff;--raised:#f5f6f8;--ink:#1a1e23;--muted:#555e68;--line:#d5dae0;--link:#0b57c4;
--fail:#b3261e;--fail-soft:#fdeceb;--warn:#805200;--warn-soft:#fdf3dc;--pass:#17744a;--pass-soft:#e6f4ec;--off:#5b6470;--off-soft:#eceef1`,
  dark: `--ground:#101317;--raised:#191d23;--ink:#e7eaee;--muted:#a5aeb9;--line:#333a43;--link:#86bbff;
--fail:#ff9184;--fail-soft:#3a1a17;--warn:#eabb57;--warn-soft:#33270d;--pass:#66cf97;--pass-soft:#11301f;--off:#a5aeb9;--off-soft:#252b33`,
};

/** Goes first into a page, as a style sheet of its own. */
export const tokens: string = `:root{color-scheme:light dark;${colours.light}}
@media (prefers-color-scheme:dark){:root{${colours.dark}}}
@media print{:root{color-scheme:light;${colours.light}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;overflow-wrap:anywhere}
main,body>header,body>footer{max-width:72rem;margin-inline:auto;padding-inline:1rem}
h1,h2,h3{line-height:1.25;text-wrap:balance}
h1{font-size:1.5rem;margin:1.5rem 0 .5rem}
h2{font-size:1.2rem;margin:2rem 0 .5rem}
h3{font-size:1rem;margin:0}
p{margin:.5rem 0}
a{color:var(--link)}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
code,pre,kbd,samp{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.875em}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{text-align:start;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line)}
th{font-weight:600}
summary{cursor:pointer}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;inset-inline-start:1rem;top:-4rem;padding:.25rem .5rem;background:var(--ground)}
.skip:focus{top:.5rem}
.muted{color:var(--muted)}
@media print{a{color:inherit}}`;
