import { readlinkSync } from "node:fs";
import type { Reading } from "../model/reading.js";
import { attempt } from "./kernel-file.js";

/** `net:[4026531833]`: two processes with the same one share their tables of sockets (namespaces(7)). */
export function readNetNamespace(root: string, pid: number): Reading<string> {
  const path = `${root}/${pid}/ns/net`;
  return attempt(
    { path, pid },
    () => readlinkSync(path),
    (target) => target,
  );
}
