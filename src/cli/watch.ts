import { brokeProblem, exitCodeOfError, usageProblem } from "../model/problem.js";
import type { Watched, Watching } from "../model/watching.js";
import { growthText, grownText, unreadableText, watchedText, watchingText } from "../report/watch-text.js";
import { type AttachedTarget, attach } from "../target/attach.js";
import { attachmentText } from "../target/attachment.js";
import { introduce } from "../target/introduce.js";
import type { Host } from "./host.js";
import { Interrupts } from "./interrupts.js";
import { procRoot, requireLinux } from "./platform.js";
import { StatusLine } from "./status-line.js";
import type { Reporting } from "./reporters/reporting.js";
import { wallClock } from "./wall-clock.js";
import { type AskedReporter, askedReporters } from "./reporters/asked.js";
import { parseWatchRequest, type WatchRequest, type WatchWords } from "./watch-request.js";

/** `watertight watch`: looks on, and says at the end what grew. The rest is loaded once the first line is out. */
export async function watchCommand(words: WatchWords, host: Host): Promise<number> {
  requireLinux(host, "watch");
  const request = parseWatchRequest(words);
  const asked = askedReporters(words.reporter ?? [], host.cwd(), host.env);
  if (words.out === "") throw usageProblem({ what: "--out has no folder", fix: "name one: --out DIR" });
  const target = await attach({
    to: request.to,
    clock: wallClock,
    procRoot,
    self: process.pid,
    helpers: false,
  });
  const line = new StatusLine(host, words.progress);
  const onFirst = (): void => line.say("stopping: judging what there is; once more to leave at once");
  const interrupts = new Interrupts(host, onFirst, "the target goes on");
  try {
    const watched = introduce(target, procRoot);
    line.say(watchedText(watched));
    return await watchIt({ words, request, asked, host, target, watched, line, interrupts });
  } finally {
    line.clear();
    interrupts.release();
    await target.stop({ signal: "SIGTERM", withinMs: 0 });
  }
}

interface Surroundings {
  readonly words: WatchWords;
  readonly request: WatchRequest;
  readonly asked: readonly AskedReporter[];
  readonly host: Host;
  readonly target: AttachedTarget;
  readonly watched: Watched;
  readonly line: StatusLine;
  readonly interrupts: Interrupts;
}

async function watchIt(surroundings: Surroundings): Promise<number> {
  const { words, asked, host, interrupts, line } = surroundings;
  const { Reporting } = await import("./reporters/reporting.js");
  const { judgeWatch } = await import("./watch-judged.js");
  const reporting = await Reporting.open(asked, host, { isQuiet: !words.progress });
  try {
    const recordPath = await lookOn(surroundings, reporting);
    line.clear();
    return await judgeWatch(recordPath, { reporting, host, interrupted: interrupts.exitCode });
  } catch (error) {
    await reporting.abandon(exitCodeOfError(error));
    throw error;
  }
}

/** @returns the path of the record. */
async function lookOn(surroundings: Surroundings, reporting: Reporting): Promise<string> {
  const { words, request, host, target, watched, line, interrupts } = surroundings;
  const port = portFor(request, watched);
  const unread = unreadableText(watched, process.getuid?.());
  if (unread !== undefined) line.say(unread);
  const { everySeconds, forMs, to, probes } = request;
  const { watchFolder } = await import("./watch-judged.js");
  const { watch } = await import("../soak/watch.js");
  const { watchScenario } = await import("../soak/watch-scenario.js");
  const { toolName } = await import("./tool-name.js");
  const named = attachmentText(to);
  const name = named.replace(":", "-");
  reporting.event({ type: "start", atMs: Date.now(), scenario: name });
  const { recordPath } = await watch({
    target,
    named,
    scenario: watchScenario({ name, forMs, everySeconds, probes }),
    forMs,
    everyMs: everySeconds * 1000,
    port,
    notes: unread === undefined ? [] : [unread],
    tool: toolName(),
    outDir: watchFolder(words.out, { name, cwd: host.cwd() }),
    clock: wallClock,
    procRoot,
    stop: interrupts.asked,
    onTick: (watching: Watching) => line.show(watchingText(watching)),
    onNews: (news) => line.say("grows" in news ? growthText(news.grows) : grownText(news.ended)),
  });
  return recordPath;
}

/** What paths of probes are relative to. */
function portFor({ to, probes: { prometheus, go } }: WatchRequest, { ports }: Watched): number {
  if (to.kind === "port") return to.port;
  const isPath = [prometheus, go].some((place) => place?.startsWith("/"));
  const [first = 0, ...others] = ports;
  if (!isPath || (first !== 0 && others.length === 0)) return first;
  if (first === 0) {
    throw brokeProblem({
      what: "there is no port for the path of a probe",
      why: "the process listens on no TCP port that can be seen",
      fix: "write the whole address: --prometheus http://127.0.0.1:9100/metrics",
    });
  }
  throw usageProblem({
    what: `the process listens on several ports: ${ports.join(", ")}`,
    why: "the path of a probe is relative to one of them",
    fix: `write the whole address: --prometheus http://127.0.0.1:${first}/metrics`,
  });
}
