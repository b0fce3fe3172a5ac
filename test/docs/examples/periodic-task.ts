import { setTimeout as sleep } from "node:timers/promises";
import { PeriodicTask } from "watertight/lifecycle";

let runs = 0;
const indexing = new PeriodicTask({
  intervalMs: 10,
  task: async (signal) => {
    // A walk through a folder, say. It takes longer than the interval, and is never run twice at a time.
    for (let step = 0; step < 5 && !signal.aborted; step++) await sleep(10);
    runs += 1;
  },
  onError: (error) => console.error("indexing failed:", error),
});
indexing.start();
const isEnough = () => runs >= 3;
while (!isEnough()) await sleep(10);

await indexing.stop(); // waits for the run under way
const stoppedAt = runs;
await sleep(50);
console.log("runs after the stop:", runs - stoppedAt);
