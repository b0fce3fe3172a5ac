import { dirname, resolve } from "node:path";
import type { RunRecord } from "../model/record.js";
import type { Scenario } from "../model/scenario.js";
import { attachmentText, parseAttachment } from "../target/attachment.js";
import { shippedDir } from "./paths.js";
import type { RunRequest } from "./run-request.js";

const defaultSeed = 1;

type Repeatable = Pick<RunRequest, "scenarios" | "quick" | "duration" | "plant" | "command" | "seed"> &
  Partial<Pick<RunRequest, "attach" | "allowSignals">>;

/** The command that repeats one scenario of a request, as it was run. */
export function repeatLine(request: Repeatable): (scenario: string) => string {
  const { scenarios, quick, duration, plant, command, seed, attach, allowSignals } = request;
  const options = [
    ...(quick ? ["--quick"] : []),
    ...(duration === undefined ? [] : ["--duration", duration]),
    ...(plant === undefined ? [] : ["--plant", plant]),
    ...(seed === defaultSeed ? [] : ["--seed", String(seed)]),
    ...(attach ? ["--attach", attachmentText(attach)] : []),
    ...(allowSignals ? ["--allow-signals"] : []),
    ...(command ? ["--", ...command] : []),
  ];
  const words = new Map(scenarios.map((scenario) => [scenario.name, wordOf(scenario)]));
  return (name) => line([words.get(name) ?? name, ...options]);
}

/** The same from a record, which knows no options but these. */
export function repeatOfRecord({ run }: RunRecord): () => string {
  const { attached, watched } = run;
  if (watched?.unit === "seconds" && attached !== undefined) return () => watchLine(run.scenario, attached);
  const options = [
    ...(run.quick ? ["--quick"] : []),
    ...(run.plant === undefined ? [] : ["--plant", run.plant]),
    ...(attached === undefined ? [] : ["--attach", attached]),
  ];
  return () => line([wordOf(run.scenario), ...options]);
}

function watchLine({ load: { durationMs = 0, batch } }: Scenario, attached: string): string {
  const to = parseAttachment(attached);
  const named = to?.kind === "port" ? ["--port", String(to.port)] : ["--pid", String(to?.pid ?? "N")];
  const words = [...named, "--for", `${durationMs / 1000}s`, "--every", `${batch}s`];
  return ["npx watertight watch", ...words].join(" ");
}

/** A shipped scenario is known by its name, any other by its path. */
function wordOf({ name, path }: Pick<Scenario, "name" | "path">): string {
  return dirname(resolve(path)) === shippedDir ? name : path;
}

function line(words: readonly string[]): string {
  return ["npx watertight run", ...words.map(quoted)].join(" ");
}

/** Safe to paste into a POSIX shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./{}-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
