// What came of the simulated watches, by shape.

const bars = { falseFail: 0.001, missed: 0.01 };

export function rowOf({ name, label }, outcomes) {
  const count = (has) => outcomes.filter(has).length;
  return {
    name,
    label,
    cases: outcomes.length,
    falseFails: count(({ wrong }) => wrong.length > 0),
    wrong: outcomes.flatMap(({ wrong, seed }) => (wrong.length > 0 ? [`${seed}: ${wrong.join(" ")}`] : [])),
    found: count(({ isFound }) => isFound),
    passed: count(({ isPass }) => isPass),
    missed: count(({ isMissed }) => isMissed),
    missedSeeds: outcomes.flatMap(({ isMissed, seed }) => (isMissed ? [seed] : [])),
    open: tally(outcomes.flatMap(({ open }) => open)),
    sees: medianOf(outcomes.map(({ detectable }) => 3600 * (detectable.fds ?? Number.NaN))),
  };
}

function tally(names) {
  const counts = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function medianOf(values) {
  const known = values.filter(Number.isFinite).toSorted((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? null;
}

const percent = (count, of) => (count === 0 ? "0" : ((100 * count) / of).toFixed(1));

/** In Markdown. */
export function tableOf(rows, { seeds, base }) {
  const healthy = rows.filter(({ label }) => label === "healthy");
  const leaks = rows.filter(({ label }) => label === "leak");
  const open = ({ open, cases }) =>
    ["tasks", "processes", "fds", "memory", "zombies", "ptys"]
      .map((id) => percent(open[id] ?? 0, cases))
      .join(" · ");
  return [
    `${seeds} seeds a shape, base seed ${base}; watches of 30 min, a look every 10 s.`,
    "",
    "| healthy | false fails, % | inconclusive, %: tasks · processes · fds · memory · zombies · PTYs | fds seen above, per hour |",
    "| --- | --- | --- | --- |",
    ...healthy.map(
      (row) =>
        `| ${row.name} | ${percent(row.falseFails, row.cases)} | ${open(row)} | ${row.sees?.toPrecision(3) ?? "–"} |`,
    ),
    "",
    "| leak | found, % | inconclusive, % | passed, % | passed above the rate it calls seen, % | other criteria failed, % |",
    "| --- | --- | --- | --- | --- | --- |",
    ...leaks.map(({ name, cases, found, passed, missed, falseFails }) => {
      const parts = [found, cases - found - passed, passed, missed, falseFails];
      return `| ${name} | ${parts.map((count) => percent(count, cases)).join(" | ")} |`;
    }),
  ].join("\n");
}

/** Bars that are missed by more than chance: a count above what its bar would bring once in a thousand times. */
export function barsMissed(rows) {
  const sum = (part) => rows.reduce((all, row) => all + part(row), 0);
  const leaks = rows.filter(({ label }) => label === "leak");
  const falseFails = sum(({ falseFails }) => falseFails);
  const missed = sum(({ missed }) => missed);
  const most = (expected) => expected + 3.1 * Math.sqrt(expected) + 1;
  const leakCases = leaks.reduce((all, { cases }) => all + cases, 0);
  return [
    ...(falseFails > most(bars.falseFail * sum(({ cases }) => cases)) ? [`false fails: ${falseFails}`] : []),
    ...(missed > most(bars.missed * leakCases) ? [`passed above the rate: ${missed}`] : []),
  ];
}
