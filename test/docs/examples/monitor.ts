import { closeSync, openSync } from "node:fs";
import { ProcessLimitError, ProcessManager, ResourceMonitor } from "watertight/lifecycle";

const { fds = 0 } = new ResourceMonitor().sample();
const monitor = new ResourceMonitor({
  thresholds: { fds: 2 * fds },
  onThreshold: ({ resource, change }) => console.log(`${resource}: ${change}`),
  limits: { processes: 1 },
});

// A server samples by itself: monitor.start(30_000), and await monitor.stop() at the end.
const files = Array.from({ length: 2 * fds }, () => openSync("/dev/null", "r"));
monitor.sample();
for (const file of files) closeSync(file);
monitor.sample();

const manager = new ProcessManager({ monitor });
manager.start({ command: "sleep", args: ["1000"] });
try {
  manager.start({ command: "sleep", args: ["1000"] });
} catch (error) {
  console.log(error instanceof ProcessLimitError ? error.message : error);
}
await manager.shutdown();
console.log("room for one more:", monitor.admit("process").ok);
