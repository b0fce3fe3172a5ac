import type { ScenarioFile } from "./file.js";
import { quoted } from "./found.js";
import type { LoadedScenario } from "./loaded.js";
import type { Mistake } from "./mistake.js";

/** Below it a release that is only slow looks like a leak. */
const shortDrainMs = 1000;
/** Batches beyond one for each flow, without which the mix cannot be solved for who leaks. */
const spareBatches = 2;

const opening = new Set(["connect", "events", "tcp", "unix", "stdio"]);
const ending = new Set(["close", "drop"]);
const touching = new Set([...opening, "http", "exec", "spawn"]);

/** What can be run, and is most likely not what was meant. @param today YYYY-MM-DD */
export function warningsOf(file: ScenarioFile, scenario: LoadedScenario, today: string): readonly Mistake[] {
  return [
    ...unended(scenario),
    ...untouched(scenario),
    ...rareFlows(scenario),
    ...crowded(scenario),
    ...shortDrain(scenario),
    ...expired(file, today),
  ];
}

/** Whose name in the file it is; a variant belongs to its flow. */
function flowPath({ name, variant }: LoadedScenario["flows"][number]): readonly string[] {
  return ["flows", variant?.of ?? name];
}

function unended({ flows, stop }: LoadedScenario): Mistake[] {
  return flows.flatMap((flow) => {
    if (flow.name === stop.whileOpen?.flow) return [];
    const last = flow.steps.findLast(({ kind }) => opening.has(kind) || ending.has(kind));
    if (!last || ending.has(last.kind)) return [];
    const text = `flow ${quoted(flow.name)} opens a connection and does not say how it ends`;
    return [{ path: flowPath(flow), atKey: true, text, fix: "end it with `- close` or `- drop: reset`" }];
  });
}

function untouched({ flows, load, criteria }: LoadedScenario): Mistake[] {
  const running = flows.filter(({ weight }) => weight > 0);
  if (load.engine || running.some(({ steps }) => steps.some(({ kind }) => touching.has(kind)))) return [];
  const used = Object.entries(criteria).find(([, rule]) => !rule.dropped && rule.used === true);
  const path = used ? ["criteria", used[0], "used"] : ["flows"];
  const text = used
    ? `\`used\` can never hold for ${used[0]}: no flow reaches the target`
    : "no flow reaches the target, so that nothing is tried";
  return [{ path, atKey: true, text, fix: "give a flow a step such as `- connect` or `- http: /`" }];
}

function rareFlows({ flows, load }: LoadedScenario): Mistake[] {
  const total = flows.reduce((sum, { weight }) => sum + weight, 0);
  if (load.engine || load.operations === undefined) return [];
  return flows.flatMap((flow) => {
    const each = (flow.weight / total) * load.batch;
    if (flow.weight === 0 || each >= 1) return [];
    const text = `flow ${quoted(flow.name)} has less than one session in a batch of ${load.batch}: its leaks can hardly be told from chance`;
    return [
      { path: [...flowPath(flow), "weight"], text, fix: "give it more weight, or make the batches larger" },
    ];
  });
}

function crowded({ flows, load }: LoadedScenario): Mistake[] {
  const running = flows.filter(({ weight }) => weight > 0).length;
  if (load.engine || load.operations === undefined || running < 2) return [];
  const batches = Math.ceil(load.operations / load.batch);
  if (batches >= running + spareBatches) return [];
  const text = `${running} flows in ${batches} batches: which of them leaks cannot be told`;
  const most = Math.max(1, Math.floor(load.operations / (running + spareBatches)));
  return [{ path: ["load"], atKey: true, text, fix: `write \`batch: ${most}\`, or more operations` }];
}

function shortDrain({ drainMs, flows }: LoadedScenario): Mistake[] {
  const silent = flows.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === "drop" && step.how === "silence" ? [step.withinMs] : [])),
  );
  const longest = Math.max(0, ...silent);
  if (drainMs >= shortDrainMs && drainMs >= longest) return [];
  const why =
    drainMs < longest
      ? `a session that falls silent is given ${longest / 1000} s`
      : "that is shorter than most timeouts";
  const fix = `write \`drain: ${Math.ceil(Math.max(longest, 3000) / 1000)}s\`, or longer than the longest timeout of the target`;
  return [
    {
      path: ["drain"],
      atKey: true,
      text: `the drain is ${drainMs / 1000} s, and ${why}: a slow release will look like a leak`,
      fix,
    },
  ];
}

function expired({ allow = [] }: ScenarioFile, today: string): Mistake[] {
  return allow.flatMap(({ until }, index) => {
    if (until === undefined || until >= today) return [];
    const text = `this allowance ended on ${until}: it excuses nothing any more`;
    return [{ path: ["allow", index, "until"], text, fix: "take it out, or give it a later day" }];
  });
}
