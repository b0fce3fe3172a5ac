// Re-enacts "5. Scanner Buffer Leak", stderr handling: the scanner waits on a pipe that does not close, with its
// 64 KiB buffer.
import { execFileSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Plant, PlantDefinition, Soil } from "./plant.js";

export const scanner: PlantDefinition = {
  description: "a reader of stderr that never ends and keeps its buffer, per agent on pipes",
  defaultRate: 1,
  grow,
};

const bufferBytes = 64 * 1024;

function grow(soil: Soil): Plant {
  const endless = openEndlessPipe();
  const scanners: Socket[] = [];
  return {
    onRunStart(session, run) {
      if (run.pty || !soil.leaks()) return;
      scanners.push(scan(endless));
      soil.report(session, `a scanner of the stderr of pid=${run.pid}`);
    },
    uproot() {
      for (const stream of scanners.splice(0)) stream.destroy();
      closeSync(endless);
    },
  };
}

function scan(pipe: number): Socket {
  const stream = new Socket({ fd: openForBoth(`/proc/self/fd/${pipe}`), readable: true, writable: false });
  const buffer = Buffer.alloc(bufferBytes, "\n");
  stream.on("data", (chunk) => void chunk.copy(buffer));
  stream.pause();
  return stream;
}

/** A pipe whose writer is the gateway itself, so that it never closes; its name is taken away at once. */
function openEndlessPipe(): number {
  const folder = mkdtempSync(join(tmpdir(), "watertight-scanner-"));
  try {
    const path = join(folder, "stderr");
    execFileSync("/bin/sh", ["-c", 'mkfifo "$0"', path]);
    return openForBoth(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Opening a FIFO for reading and writing never blocks on Linux (fifo(7)). */
function openForBoth(path: string): number {
  return openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
}
