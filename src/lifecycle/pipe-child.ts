import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import type { Child, ChildCommand, ProcessExit } from "./child.js";
import { SpawnError } from "./errors.js";
import { OutputRelay } from "./output-relay.js";

/** Starts a process on pipes. @throws SpawnError */
export function startOnPipes(command: ChildCommand): Child {
  const child = spawnDetached(command);
  // Comes on the next turn when the start failed, and never for a process that runs.
  child.on("error", () => {});
  if (child.pid !== undefined) return childOn(child, child.pid);
  // Out of descriptors, there are not even streams, whatever the declaration says.
  for (const stream of child.stdio ?? []) stream?.destroy();
  throw refused(command.file);
}

function spawnDetached({ file, args, cwd, env }: ChildCommand): ChildProcessWithoutNullStreams {
  try {
    // Detached = setsid(2): it leads a session of its own, so that its group can be signalled as one.
    return spawn(file, args, { cwd, env, detached: true, stdio: "pipe" });
  } catch (error) {
    throw refused(file, error);
  }
}

function refused(file: string, cause?: unknown): SpawnError {
  const why =
    cause instanceof Error ? cause.message : "out of processes, descriptors or memory, or no interpreter";
  return new SpawnError(`cannot start ${file}: the system refused (${why})`, cause);
}

function childOn(child: ChildProcessWithoutNullStreams, pid: number): Child {
  const { stdin } = child;
  // EPIPE: the process has closed its input, which is its own affair.
  stdin.on("error", () => {});
  const relays = [relayOf(child.stdout), relayOf(child.stderr)] as const;
  return {
    pid,
    output: relays[0].output,
    errors: relays[1].output,
    exited: new Promise<ProcessExit>((resolve) => {
      child.once("exit", (code, signal) => resolve({ code, signal }));
    }),
    write: (data) => stdin.writable && stdin.write(data),
    endInput: () => void stdin.end(),
    // Node itself destroys the input on exit.
    drain: async () => void (await Promise.all(relays.map((relay) => relay.drain()))),
    close: () => {
      stdin.destroy();
      for (const relay of relays) relay.end();
    },
  };
}

function relayOf(pipe: Readable): OutputRelay {
  const relay = new OutputRelay({
    pause: () => pipe.pause(),
    resume: () => pipe.resume(),
    close: () => pipe.destroy(),
  });
  pipe.on("data", (chunk: Buffer) => relay.push(chunk));
  for (const event of ["end", "error", "close"]) pipe.on(event, () => relay.end());
  return relay;
}
