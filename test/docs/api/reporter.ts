import {
  type Report,
  type ReportedRun,
  report,
  type Reporter,
  type ReporterContext,
  type ReporterFactory,
  type RunEvent,
} from "watertight";

/** One line for each run: `watertight run --reporter ./one-line.js` takes it from the module's default export. */
const oneLine: ReporterFactory = ({ write }: ReporterContext): Reporter => ({
  // As things happen. Of a record only its start and its verdict are left to tell.
  onEvent: (event: RunEvent) => {
    if (event.type === "verdict") write(`${event.scenario} is judged\n`);
  },
  onEnd: ({ runs, exitCode }: Report) => {
    for (const run of runs) write(`${lineOf(run)}\n`);
    write(`exit code ${exitCode}\n`);
  },
});

function lineOf({ result, series }: ReportedRun): string {
  return `${result.name}: ${result.verdict}, ${series.fds?.points.length} points of fds`;
}

console.log(await report("visits", { reporter: oneLine }));
