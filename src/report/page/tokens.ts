/**
 * What every page shares: colours that hold a contrast of 4.5 : 1 on both grounds (WCAG 2.2, 1.4.3), fonts, and the
 * looks of plain elements. Each verdict has one for its text and one for the ground of it.
 */
const colours = {
  light: `--paper:#fff;--sunk:#f5f7f9;--ink:#1a1f26;--quiet:#56606d;--edge:#d5dbe2;--link:#0b57b0;
--fail:#b3261e;--fail-sunk:#fdf0ef;--pass:#06693f;--pass-sunk:#eaf7f0;
--inconclusive:#7f5300;--inconclusive-sunk:#fdf5e2;--unchecked:#56606d;--unchecked-sunk:#e9ecf0`,
  dark: `--paper:#101418;--sunk:#1d242b;--ink:#e6eaee;--quiet:#a0abb7;--edge:#333d47;--link:#82b7ff;
--fail:#ff8e85;--fail-sunk:#2a1716;--pass:#63d297;--pass-sunk:#12251b;
--inconclusive:#edbd5e;--inconclusive-sunk:#272012;--unchecked:#a0abb7;--unchecked-sunk:#2c353e`,
};

/** Goes first into a page, as a style sheet of its own. */
export const tokens: string = `:root{color-scheme:light dark;${colours.light}}
@media (prefers-color-scheme:dark){:root{${colours.dark}}}
@media print{:root{color-scheme:light;${colours.light}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;overflow-wrap:anywhere}
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
th,td{text-align:start;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--edge)}
th{font-weight:600}
summary{cursor:pointer}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;inset-inline-start:1rem;top:-4rem;padding:.25rem .5rem;background:var(--paper)}
.skip:focus{top:.5rem}
.quiet{color:var(--quiet)}
@media print{a{color:inherit}}`;
