import { dirname } from "node:path";
import { shippedDir } from "./paths.js";
import type { RunRequest } from "./run-request.js";

/** The command that repeats one scenario of a request, as it was run. */
export function repeatLine(
  request: Pick<RunRequest, "scenarios" | "quick" | "duration" | "plant" | "command" | "seed">,
): (scenario: string) => string {
  const { scenarios, quick, duration, plant, command, seed } = request;
  const options = [
    quick ? "--quick" : "",
    duration === undefined ? "" : `--duration ${duration}`,
    plant === undefined ? "" : `--plant ${plant}`,
    seed === defaultSeed ? "" : `--seed ${seed}`,
  ];
  const rest = command ? ["--", ...command.map(quoted)] : [];
  const paths = new Map(scenarios.map(({ name, path }) => [name, dirname(path) === shippedDir ? name : path]));
  return (name) =>
    ["npx watertight run", quoted(paths.get(name) ?? name), ...options, ...rest].filter((word) => word !== "").join(" ");
}

const defaultSeed = 1;

/** Safe to paste into a POSIX shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./{}-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
