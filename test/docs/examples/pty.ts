import { ProcessManager, readLines, ResourceMonitor, SpawnError } from "watertight/lifecycle";

const manager = new ProcessManager();
const monitor = new ResourceMonitor();

const shell = manager.start({ command: "sh", args: ["-c", "test -t 0 && echo in a terminal"], pty: true });
const reader = readLines(shell.output, { maxLineBytes: 4096, onLine: (line) => console.log(line) });
await reader.done;
await shell.cleanedUp;

try {
  manager.start({ command: "no-such-agent", pty: true, onCleanup: () => console.log("cleaned up") });
} catch (error) {
  console.log("not started:", error instanceof SpawnError ? error.code : error);
}
console.log("PTYs held:", monitor.sample().ptys);
