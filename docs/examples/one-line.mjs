/**
 * One line for each scenario.
 * @type {import("watertight").ReporterFactory}
 */
const oneLine = ({ write }) => ({
  onEvent: (event) => {
    if (event.type === "start") write(`${event.scenario} …\n`);
  },
  onEnd: ({ runs }) => {
    for (const { result } of runs) {
      const leaks = result.findings.map(({ criterion, resource }) => `${criterion} (${resource})`);
      write(`${result.name}: ${result.verdict} ${leaks.join(", ")}\n`);
    }
  },
});

export default oneLine;
