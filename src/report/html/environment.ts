import type { RunLine, SystemFacts } from "../../model/record.js";
import type { ReportedRun } from "../../model/reporting.js";
import type { Proof } from "../../model/selftest.js";
import { formatBytes, formatDuration, formatNumber } from "../../model/units.js";
import { instrumentOf } from "../instrument.js";
import { sightText } from "../trial-text.js";
import { factList } from "./finding-card.js";
import { html, type Markup, type Part } from "./markup.js";
import { theirs } from "./theirs.js";

type Fact = readonly [name: string, text: Part];

/** What measured, what that cost, and where: all that somebody needs to doubt a verdict, or to see it again. */
export function environment(run: ReportedRun, proof: Proof | undefined): Markup {
  return html`<div class="pair"><div><h4>The instrument and its cost</h4>${factList(instrumentFacts(run, proof))}</div>
<div><h4>Where and how it ran</h4>${factList([...runFacts(run.record.run), ...systemFacts(run.record.run.system)])}</div></div>`;
}

function instrumentFacts({ record, result }: ReportedRun, proof: Proof | undefined): Fact[] {
  const { tool, peakRssBytes, cpuMs, overMs, ticks, snapshots, follow, probes, costs, proven } = instrumentOf(
    [record],
    proof,
  );
  const load = result.watched ? "" : ", the load it drives included";
  const share = cpuMs === null || overMs === null ? undefined : formatNumber((100 * cpuMs) / overMs);
  return [
    ["Tool", theirs(tool ?? "unknown")],
    ["Its memory", peakRssBytes === null ? "not recorded" : `at most ${formatBytes(peakRssBytes)}`],
    [
      "Its processor time",
      cpuMs === null || share === undefined
        ? "not recorded"
        : `${formatDuration(cpuMs)}, ${share}% of one core${load}`,
    ],
    ["Looks", `${ticks.toLocaleString("en")} under load, ${snapshots.toLocaleString("en")} snapshots`],
    ["Descendants followed by", theirs(follow.join(", ") || "nothing: the target was never ready")],
    ["Looked inside by", theirs(probes.join(", ") || "no probe")],
    ...Object.entries(costs).map(([probe, cost]) => [`A look by ${probe} costs`, theirs(cost)] as const),
    ...(proven === null
      ? []
      : [[`Proven ${proven.provenAt.slice(0, 10)}`, proven.sights.map(sightText).join(", ")] as const]),
  ];
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
