import type { RunLine, SystemFacts } from "../../model/record.js";
import type { ReportedRun } from "../../model/reporting.js";
import type { Proof } from "../../model/selftest.js";
import { formatBytes } from "../../model/units.js";
import { instrumentOf } from "../instrument.js";
import { factList } from "./finding-card.js";
import { instrumentFacts } from "./instrument-facts.js";
import { html, type Markup, type Part } from "./markup.js";
import { theirs } from "./theirs.js";

type Fact = readonly [name: string, text: Part];

/** What measured, what that cost, and where: all that somebody needs to doubt a verdict, or to see it again. */
export function environment(run: ReportedRun, proof: Proof | undefined): Markup {
  return html`<div class="pair"><div><h4>The instrument and its cost</h4>${factList(instrumentFacts(instrumentOf([run.record], proof), run.result.watched !== undefined))}</div>
<div><h4>Where and how it ran</h4>${factList([...runFacts(run.record.run), ...systemFacts(run.record.run.system)])}</div></div>`;
}

function runFacts(run: RunLine): Fact[] {
  const { scenario, command, cwd, seed, attached, startedAtMs } = run;
  const how = [...(run.quick ? ["small size"] : []), ...(run.traced === true ? ["second pass"] : [])].join(
    ", ",
  );
  return [
    ["Scenario", html`${theirs(scenario.name)}, ${theirs(scenario.path)}`],
    ["Started", new Date(startedAtMs).toISOString().slice(0, 19).replace("T", " ").concat(" UTC")],
    ...(attached === undefined
      ? [["Command", theirs(command.join(" "))] as const]
      : [["Attached to", theirs(attached)] as const]),
    ...(cwd === undefined ? [] : [["Folder", theirs(cwd)] as const]),
    ...(seed === undefined ? [] : [["Seed", seed] as const]),
    ...(run.plant === undefined ? [] : [["Planted leak", theirs(run.plant)] as const]),
    ...(how === "" ? [] : [["Manner", how] as const]),
  ];
}

function systemFacts(system: SystemFacts): Fact[] {
  const { kernel, node, cpus, memoryBytes, pidMax, ptyMax, cgroupPidsMax, cgroupMemoryMax } = system;
  const limits = [
    ["pids", pidMax],
    ["PTYs", ptyMax],
    ["pids of the cgroup", cgroupPidsMax],
  ] as const;
  return [
    [
      "System",
      html`Linux ${theirs(kernel)}, Node ${theirs(node)}, ${cpus} cores, ${formatBytes(memoryBytes)}`,
    ],
    [
      "Limits",
      limits
        .map(([name, limit]) => `${name} ${limit ?? "not known"}`)
        .filter((text) => !text.startsWith("pids of the cgroup not"))
        .join(", "),
    ],
    ...(cgroupMemoryMax === undefined
      ? []
      : [["Memory of the cgroup", formatBytes(cgroupMemoryMax)] as const]),
  ];
}
