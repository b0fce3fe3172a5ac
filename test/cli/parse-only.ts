import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { buildProgram } from "../../src/cli/program.js";
import type { PlanOptions } from "../../src/cli/plan.js";
import { parseRunRequest, type RunOptions } from "../../src/cli/run-request.js";
import { parseSelftestRequest, type SelftestOptions } from "../../src/cli/selftest/selftest-request.js";
import { fakeHost } from "./fake-host.js";

const farEnough = "far enough";
/** What `plan` has no options for. */
const runDefaults: Pick<RunOptions, "seed" | "progress"> = { seed: "1", progress: true };

/**
 * Parses the words as the tool does, and checks what `run` and `selftest` are asked for, but does nothing.
 * Throws what the user would be told.
 */
export async function parseOnly(words: readonly string[]): Promise<void> {
  const split = words.indexOf("--");
  const command = split === -1 ? undefined : words.slice(split + 1);
  const { host, stderr } = fakeHost();
  const program = buildProgram({ host, command, finish: () => undefined });
  program.hook("preAction", async (_program, action) => {
    // A file of the reader's own is not here.
    const names = action.args.filter((name) => !name.endsWith(".yaml") || existsSync(resolve(name)));
    if (action.name() === "run")
      await parseRunRequest({ names, options: action.opts<RunOptions>(), command, host });
    if (action.name() === "plan") {
      const { reporter: _, ...size } = action.opts<PlanOptions>();
      await parseRunRequest({ names, options: { ...runDefaults, ...size }, command, host });
    }
    if (action.name() === "selftest")
      await parseSelftestRequest(action.opts<SelftestOptions>(), { host, cpus: 2 });
    throw new Error(farEnough);
  });
  try {
    await program.parseAsync(split === -1 ? words : words.slice(0, split), { from: "user" });
  } catch (error) {
    if (error instanceof Error && error.message === farEnough) return;
    throw new Error(stderr() || String(error), { cause: error });
  }
  throw new Error(`these words do nothing: ${words.join(" ")}`);
}
