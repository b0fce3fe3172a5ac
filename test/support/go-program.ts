import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const isMissing = spawnSync("go", ["version"]).error !== undefined;

/** In CI a test may not be left out for want of Go. */
export const withoutGo = isMissing && process.env["CI"] !== "true";
/** For the name of a test, so that the reason is in the list of the skipped ones. */
export const goMissing = withoutGo ? " (go is not installed)" : "";

/** A program of test/fixtures, built into a folder of its own. */
export interface GoProgram {
  readonly path: string;
  readonly remove: () => void;
}

/** @throws Error with what the compiler says. */
export function buildGo(name: string): GoProgram {
  const folder = mkdtempSync(join(tmpdir(), "watertight-go-"));
  const path = join(folder, "program");
  const built = spawnSync("go", ["build", "-o", path, "."], {
    cwd: fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url)),
    env: { ...process.env, GOFLAGS: "-mod=mod", GOTOOLCHAIN: "local" },
    encoding: "utf8",
  });
  if (built.status !== 0)
    throw new Error(`go build of ${name}: ${built.stderr}${built.error?.message ?? ""}`);
  return { path, remove: () => rmSync(folder, { recursive: true }) };
}
