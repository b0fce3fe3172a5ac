import { once } from "node:events";
import { ProcessManager } from "watertight/lifecycle";

const manager = new ProcessManager({ maxProcesses: 8 });

// A shell that ignores SIGINT, and a child of its own.
const agent = manager.start({
  command: "sh",
  args: ["-c", "trap '' INT; sleep 1000 & echo ready; wait"],
});
agent.onCleanup(() => console.log("cleaned up"));
await once(agent.output, "data");

// SIGINT, after 200 ms SIGKILL, then the confirmation that shell and child are gone.
await agent.terminate(200);
console.log("ended by", (await agent.exited).signal);

await agent.cleanedUp;
console.log("still running:", manager.running);
