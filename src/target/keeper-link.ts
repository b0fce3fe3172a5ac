import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { brokeProblem, messageOf } from "../model/problem.js";
import { readStat } from "../proc/stat.js";
import type { Member } from "./family.js";
import { formatKeeperLine, type KeeperLine } from "./keeper-line.js";
import { markerName } from "./start.js";

/** The tool's end of its keeper. */
export interface KeeperLink {
  readonly pid: number;
  tell(line: KeeperLine): void;
  /** Tells of a member. */
  introduce(member: Member): void;
  /** Tells of a process of the tool's own that must not outlive it. */
  watch(procRoot: string, pid: number): void;
  /** Says `done` and waits until the keeper has exited. */
  dismiss(): Promise<void>;
}

/** Starts the keeper and waits until it is up. Rejects with a Problem where it does not come up. */
export async function startKeeper(): Promise<KeeperLink> {
  const keeper = spawn(process.execPath, [keeperPath()], {
    detached: true,
    cwd: "/",
    env: keeperEnv(),
    stdio: ["pipe", "pipe", "ignore"],
  });
  if (keeper.pid === undefined) throw noKeeper(messageOf((await once(keeper, "error"))[0]));
  const exited = once(keeper, "exit");
  // Its first output, or the end of it: what cannot run closes its stdout with nothing said.
  if (!(await saysAnything(keeper.stdout)))
    throw noKeeper(`it ended at once (exit ${String((await exited)[0])})`);
  // A keeper that somebody killed takes no more lines; the run goes on without it.
  keeper.stdin.on("error", () => undefined);
  keeper.unref();
  const tell = (line: KeeperLine): void => void keeper.stdin.write(formatKeeperLine(line));
  const introduce = ({ pid, startTicks, sid }: Member): void =>
    tell({ type: "member", pid, startTicks, sid });
  return {
    pid: keeper.pid,
    tell,
    introduce,
    watch: (procRoot, pid) => {
      const stat = readStat(procRoot, pid);
      if (stat.ok) introduce(stat.value);
    },
    dismiss: async () => {
      keeper.ref();
      keeper.stdin.end(formatKeeperLine({ type: "done" }));
      await exited;
    },
  };
}

function saysAnything(stdout: Readable): Promise<boolean> {
  return new Promise((resolve) => {
    stdout.once("data", () => resolve(true));
    stdout.once("close", () => resolve(false));
  });
}

/** Without an inspector or preloads that are meant for the tool, and without the marker of a run around this one. */
function keeperEnv(): NodeJS.ProcessEnv {
  const meant = (name: string): boolean => !name.startsWith("NODE_") && name !== markerName;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => meant(name)));
}

/** Beside this file; for sources that run uncompiled, where the build puts it. */
function keeperPath(): string {
  const beside = fileURLToPath(new URL("keeper.js", import.meta.url));
  const built = fileURLToPath(new URL("../../dist/target/keeper.js", import.meta.url));
  const found = [beside, built].find((path) => existsSync(path));
  if (found === undefined) throw noKeeper(`${beside} is missing`);
  return found;
}

function noKeeper(why: string): Error {
  return brokeProblem({
    what: "cannot start the keeper, which ends the target should watertight be killed",
    why,
    fix: "reinstall watertight, or run npm run build in its sources",
  });
}
