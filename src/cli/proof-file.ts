import { readFile, rm } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { exitCodes, messageOf, Problem } from "../model/problem.js";
import { isObject } from "../model/misfit.js";
import type { Proof, Sight } from "../model/selftest.js";
import { criterionIds } from "../model/verdict.js";
import { makeFolder } from "../soak/make-folder.js";
import type { Host } from "./host.js";
import { writeWhole } from "./write-whole.js";

type Env = Host["env"];

/** Grows when a reader of an older one would be misled. */
const fileVersion = 1;

/**
 * Keeps a proof for later reports; a self-test that failed takes an older one back. What else it came to changes nothing.
 * @returns what the user must know: the proof is worth having even where it cannot be kept.
 */
export async function keepProof(
  proof: Proof,
  { exitCode, env }: { readonly exitCode: number; readonly env: Env },
): Promise<string[]> {
  const path = pathOf(env);
  try {
    if (exitCode === exitCodes.fail && path !== undefined) await rm(path, { force: true });
    if (exitCode !== exitCodes.pass) return [];
    if (path === undefined)
      return ["not kept for later reports: neither XDG_STATE_HOME nor HOME names a folder"];
    makeFolder(dirname(path));
    await writeWhole(path, `${JSON.stringify({ version: fileVersion, ...proof }, undefined, 2)}\n`);
    return [];
  } catch (error) {
    const why = error instanceof Problem ? error.why : messageOf(error);
    return [`not kept for later reports: ${why}`];
  }
}

/** What was proven of this version on this machine; undefined when nothing was, or what was kept cannot be read. */
export async function readProof(env: Env, here: Pick<Proof, "tool" | "kernel">): Promise<Proof | undefined> {
  const path = pathOf(env);
  if (path === undefined) return undefined;
  try {
    const proof: unknown = JSON.parse(await readFile(path, "utf8"));
    return isProof(proof) && proof.tool === here.tool && proof.kernel === here.kernel ? proof : undefined;
  } catch {
    return undefined;
  }
}

/** The XDG Base Directory Specification; a relative path is to be ignored. */
function pathOf({ XDG_STATE_HOME, HOME }: Env): string | undefined {
  const home = isFolder(HOME) ? join(HOME, ".local", "state") : undefined;
  const folder = isFolder(XDG_STATE_HOME) ? XDG_STATE_HOME : home;
  return folder === undefined ? undefined : join(folder, "watertight", "selftest.json");
}

function isFolder(path: string | undefined): path is string {
  return path !== undefined && isAbsolute(path);
}

function isProof(value: unknown): value is Proof {
  if (!isObject(value) || value["version"] !== fileVersion) return false;
  const texts = [value["tool"], value["kernel"], value["node"], value["provenAt"]];
  const { sights } = value;
  return (
    texts.every((text) => typeof text === "string") &&
    !Number.isNaN(Date.parse(String(value["provenAt"]))) &&
    Array.isArray(sights) &&
    sights.every(isSight)
  );
}

function isSight(value: unknown): value is Sight {
  if (!isObject(value)) return false;
  const { criterion, unit, detectable, caught } = value;
  return (
    criterionIds.some((id) => id === criterion) &&
    (unit === "count" || unit === "bytes") &&
    [detectable, caught].every((rate) => typeof rate === "number" && rate > 0)
  );
}
