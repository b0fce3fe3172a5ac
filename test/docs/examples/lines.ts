import { ProcessManager, readLines } from "watertight/lifecycle";

const manager = new ProcessManager();
// Writes two lines, one of them too long, and then holds stderr open without a word.
const agent = manager.start({
  command: "sh",
  args: ["-c", "echo short >&2; echo much too long >&2; sleep 1000"],
});

if (agent.errors) {
  const reader = readLines(agent.errors, {
    maxLineBytes: 8,
    idleMs: 1000,
    signal: AbortSignal.timeout(60_000),
    onTruncated: () => console.log("the next line is cut"),
    onLine: (line) => console.log(line),
  });
  console.log("ended:", await reader.done);
}
await manager.shutdown();
