// Rows → a table for the terminal, and the one that docs/explanation/judge.md shows.
import { pooled } from "./bars.js";

const columns = [
  ["shape", (row) => row.shape],
  ["n", (row) => row.batches],
  ["cases", (row) => row.cases],
  ["false fail", (row) => (row.label === "stable" ? share(row.falseFails, row.cases) : "")],
  ["miss@det", (row) => (row.label === "leak" ? share(row.missedAtDetectable, row.cases) : "")],
  ["miss", (row) => (row.label === "leak" ? share(row.missed, row.cases) : "")],
  ["incon", (row) => share(row.undecided, row.cases)],
  ["clear", (row) => share(row.clearUndecided, row.clear)],
  ["covers", (row) => covers(row)],
  ["below", (row) => share(row.below, row.bounded)],
  ["above", (row) => share(row.above, row.bounded)],
  ["±half", (row) => short(row.halfWidth)],
  ["detect", (row) => short(row.detectable)],
  ["det/true", (row) => short(row.detectableOfTruth)],
  ["called", (row) => mostCalled(row.called)],
];

/** `clear` is the share of inconclusives among cases that are not at the edge of what can be seen. */
export function textTable(rows) {
  const cells = [columns.map(([head]) => head), ...[...rows, ...pooled(rows)].map(cellsOf)];
  const widths = columns.map((_, i) => Math.max(...cells.map((row) => String(row[i]).length)));
  const last = columns.length - 1;
  return cells
    .map((row) =>
      row
        .map((cell, i) =>
          i === 0 || i === last ? String(cell).padEnd(widths[i]) : String(cell).padStart(widths[i]),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function cellsOf(row) {
  return columns.map(([, cell]) => cell(row));
}

/** One line per shape: wrong, inconclusive and coverage at each number of batches. */
export function markdownTable(rows, { baseSeed, seeds }) {
  const sizes = [...new Set(rows.map(({ batches }) => batches))];
  const all = [...rows, ...pooled(rows)];
  const names = [...new Set(all.map(({ shape }) => shape))];
  const head = ["shape", "false fails or misses, %", "inconclusive, %", "covered, %"];
  const lines = names.map((name) => {
    const of = sizes.map((batches) => all.find((row) => row.shape === name && row.batches === batches));
    const each = (cell) => of.map((row) => (row === undefined ? "–" : cell(row))).join(" · ");
    return [
      name.replaceAll("_", "\\_"),
      each((row) => share(row.falseFails + row.missedAtDetectable, row.cases)),
      each((row) => share(row.undecided, row.cases)),
      each((row) => covers(row)),
    ];
  });
  return [
    `${seeds} seeds a shape, base seed ${baseSeed}; each cell at ${sizes.join(" · ")} batches.`,
    "",
    ...[head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`),
  ].join("\n");
}

const [open, close] = ["<!-- calibration -->", "<!-- /calibration -->"];

/** The page with the table between its two markers. */
export function withTable(page, table) {
  const [from, to] = [page.indexOf(open), page.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`the page lacks ${open} … ${close}`);
  return `${page.slice(0, from + open.length)}\n${table}\n${page.slice(to)}`;
}

function covers({ bounded, below, above, exact }) {
  if (bounded === 0) return "–";
  const missed = below + above;
  return exact && missed === 0 ? "exact" : (100 * (1 - missed / bounded)).toFixed(1);
}

function share(hits, cases) {
  if (cases === 0) return "–";
  const percent = (100 * hits) / cases;
  return hits === 0 ? "0" : percent.toFixed(percent < 1 ? 2 : 1);
}

function short(value) {
  if (value === undefined || value === null) return "";
  if (!Number.isFinite(value)) return "∞";
  if (Math.abs(value) >= 1e6) return `${(value / 1e6).toPrecision(3)}M`;
  return Math.abs(value) >= 1000 ? `${(value / 1000).toPrecision(3)}k` : String(Number(value.toPrecision(2)));
}

/** The names the judge gave, the commonest first. */
function mostCalled(called = {}) {
  const sorted = Object.entries(called).sort(([, a], [, b]) => b - a);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  return sorted
    .slice(0, 3)
    .map(([word, count]) => `${word} ${Math.round((100 * count) / total)}`)
    .join(", ");
}
