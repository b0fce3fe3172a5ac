import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Scenario } from "../model/scenario.js";

/** Bytes of a path of a Unix socket: 108 with the NUL at its end (unix(7)). */
const longestPath = 107;

/** What the placeholder `{socket}` stands for in one run. */
export interface SocketRoom {
  readonly values: Readonly<Record<string, string>>;
  /** Removes the folder with whatever the target left in it. */
  readonly remove: () => void;
}

/** A folder of the run's own for the target's socket, where the scenario asks for one. */
export function socketRoom({ target, flows }: Pick<Scenario, "target" | "flows">): SocketRoom {
  if (!JSON.stringify([target, flows]).includes("{socket}")) return { values: {}, remove: () => undefined };
  const folder = mkdtempSync(join(shortTmp(), "watertight-"));
  return {
    values: { socket: join(folder, "socket") },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Folders that the keeper removes should the tool be killed. */
export function foldersIn(values: Readonly<Record<string, string>>): string[] {
  const { socket } = values;
  return socket === undefined ? [] : [dirname(socket)];
}

/** TMPDIR may be deep in somebody's home. */
function shortTmp(): string {
  const usual = tmpdir();
  const path = join(usual, "watertight-XXXXXX", "socket");
  return Buffer.byteLength(path) > longestPath ? "/tmp" : usual;
}
