import { RE2JS } from "re2js";
import { engineNames } from "../model/engine.js";
import { fewestBatches } from "../model/scenario.js";
import { messageOf } from "../model/problem.js";
import { checkCommand } from "./check-text.js";
import type { FileEngine, FileLoad, ScenarioFile } from "./file.js";
import { quoted } from "./found.js";
import type { Mistake, Path } from "./mistake.js";
import { engineOf, namedIn } from "./normalise-engine.js";
import { ms } from "./units.js";

/** Somebody else's load generator drives, not the flows. */
export function isEngine({ command, external }: FileEngine): boolean {
  return command !== undefined || external !== undefined;
}

/** What the fields of an engine do not show one by one. */
export function checkEngine({ load, flows }: Pick<ScenarioFile, "load" | "flows">): readonly Mistake[] {
  if (load.external !== undefined) return [...checkExternal(load), ...checkIdleFlows(flows)];
  if (load.command === undefined) return checkStrays(load);
  return [...checkStarted(load, load.command), ...checkIdleFlows(flows)];
}

function checkStrays(load: FileLoad): readonly Mistake[] {
  const stray = (["engine", "count", "within"] as const).find((key) => load[key] !== undefined);
  if (stray === undefined) return [];
  const text = `\`${stray}\` without a \`command\`: there is no engine to start`;
  const fix = "add for example `command: autocannon --json -a {operations} {url}`, or leave it out";
  return [{ path: ["load", stray], atKey: true, text, fix }];
}

function checkStarted(load: FileLoad, command: NonNullable<FileLoad["command"]>): readonly Mistake[] {
  const mistakes = [...checkCommand(command, ["load", "command"])];
  const { engine, count, ramp } = load;
  if (count && "output" in count) mistakes.push(...checkOutput(count.output, ["load", "count", "output"]));
  if (engine !== undefined && count !== undefined)
    mistakes.push(
      other(
        "engine",
        "both `engine` and `count` are given; one of them tells what was done",
        "keep one of them",
      ),
    );
  if (ramp !== undefined) mistakes.push(paced("ramp"));
  if (mistakes.length > 0 || engine !== undefined || count !== undefined) return mistakes;
  if (namedIn(command) !== undefined) return [];
  const text =
    "no engine that is known is named in the command, so nobody would tell how many operations it did";
  const fix = `add \`engine: ${engineNames.join(" | ")}\`, or \`count: {output: "(?P<landed>\\\\d+) done"}\``;
  return [{ path: ["load", "command"], text, fix }];
}

function checkOutput(pattern: string, path: Path): readonly Mistake[] {
  try {
    const groups = RE2JS.compile(pattern).namedGroups();
    if (Object.hasOwn(groups, "landed")) return [];
    const text = `${quoted(pattern)} has no group \`landed\``;
    return [{ path, text, fix: "write the number of operations as `(?P<landed>\\d+)`" }];
  } catch (error) {
    const text = `${quoted(pattern)} is not a regular expression: ${messageOf(error).replace(/^error parsing regexp: /, "")}`;
    return [{ path, text, fix: "see https://github.com/google/re2/wiki/Syntax" }];
  }
}

/** Of a load that is made elsewhere. */
const tellsTheEngine = [
  "command",
  "engine",
  "count",
  "within",
  "operations",
  "maxOperations",
  "batch",
  "concurrency",
  "ramp",
  "warmup",
] as const;

function checkExternal(load: FileLoad): readonly Mistake[] {
  const mistakes = toldIn(load, ["load"]);
  if (load.duration === undefined) {
    const text = "an engine that runs elsewhere does not say when it ends, so the load needs a `duration`";
    mistakes.push({ path: ["load", "external"], atKey: true, text, fix: "add `duration: 30m`" });
  }
  return mistakes.length > 0 ? mistakes : checkSlots(load);
}

/** What a quick run would tell an engine that is not told anything. */
export function checkTold(quick: FileLoad, { external }: FileLoad): readonly Mistake[] {
  return external === undefined ? [] : toldIn(quick, ["quick"]);
}

function toldIn(load: FileLoad, path: Path): Mistake[] {
  return tellsTheEngine
    .filter((key) => load[key] !== undefined)
    .map((key) => {
      const text = `\`${key}\` does not go with \`external\`: an engine that runs elsewhere is not told anything`;
      return { path: [...path, key], atKey: true, text, fix: `leave out \`${key}\`` };
    });
}

function checkSlots(load: FileLoad): readonly Mistake[] {
  const engine = engineOf(load);
  if (engine?.kind !== "external") return [];
  const slots = Math.floor(ms(load.duration ?? "0s") / engine.slotMs);
  if (slots >= fewestBatches) return [];
  const text = `${load.duration} with a look every ${engine.slotMs / 1000}s makes ${slots} looks; a trend needs at least ${fewestBatches}`;
  const fix = "write a longer `duration`, or a shorter `external: {every: 1s}`";
  return [{ path: ["load", "duration"], text, fix }];
}

function paced(key: string): Mistake {
  return other(
    key,
    `\`${key}\` does not go with \`command\`: the engine paces its own sessions`,
    `leave out \`${key}\``,
  );
}

function other(key: string, text: string, fix: string): Mistake {
  return { path: ["load", key], atKey: true, text, fix };
}

function checkIdleFlows(flows: ScenarioFile["flows"]): readonly Mistake[] {
  return Object.entries(flows)
    .filter(([, { weight }]) => weight > 0)
    .map(([name]) => ({
      path: ["flows", name],
      atKey: true,
      text: `an engine drives, so flow ${quoted(name)} would never run`,
      fix: "leave it out, or give it `weight: 0` and hold it open by `stop: {whileOpen: …}`",
    }));
}
