import { brokeProblem, exitCodeOfError, usageProblem } from "../../model/problem.js";
import type { Watched, Watching } from "../../model/watching.js";
import { growthText, grownText, unreadableText, watchedText, watchingText } from "../../report/watch-text.js";
import { type AttachedTarget, attach } from "../../target/attach.js";
import { Controls } from "../../soak/controls.js";
import type { WatchOptions } from "../../soak/watch.js";
import { attachmentText } from "../../target/attachment.js";
import { introduce } from "../../target/introduce.js";
import type { Host } from "../host.js";
import { Interrupts } from "../interrupts.js";
import { LiveView } from "../live-view.js";
import { procRoot, requireLinux } from "../platform.js";
import { progressEvents } from "../progress-events.js";
import { StatusLine } from "./status-line.js";
import type { Reporting } from "../reporters/reporting.js";
import { wallClock } from "../wall-clock.js";
import { type AskedReporter, askedReporters } from "../reporters/asked.js";
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
  const live = new LiveView(host, words.progress);
  const onFirst = (): void => live.say("stopping: judging what there is; once more to leave at once");
  const interrupts = new Interrupts(host, onFirst, "the target goes on");
  const controls = new Controls();
  live.attend({ interrupts, controls });
  try {
    const watched = introduce(target, procRoot);
    live.say(watchedText(watched));
    return await watchIt({ words, request, asked, host, target, watched, live, controls, interrupts });
  } finally {
    live.clear();
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
  readonly live: LiveView;
  readonly controls: Controls;
  readonly interrupts: Interrupts;
}

async function watchIt(surroundings: Surroundings): Promise<number> {
  const { words, asked, host, interrupts, live } = surroundings;
  const { Reporting } = await import("../reporters/reporting.js");
  const { judgeWatch } = await import("./watch-judged.js");
  const reporting = await Reporting.open(asked, host, { isQuiet: !words.progress });
  try {
    const recordPath = await lookOn(surroundings, reporting);
    live.clear();
    return await judgeWatch(recordPath, { reporting, host, interrupted: interrupts.exitCode });
  } catch (error) {
    await reporting.abandon(exitCodeOfError(error));
    throw error;
  }
}

/** @returns the path of the record. */
async function lookOn(surroundings: Surroundings, reporting: Reporting): Promise<string> {
  const { words, request, host, target, watched, live, controls, interrupts } = surroundings;
  const port = portFor(request, watched);
  const unread = unreadableText(watched, process.getuid?.());
  if (unread !== undefined) live.say(unread);
  const { everySeconds, forMs, to, probes } = request;
  const { watchFolder } = await import("./watch-judged.js");
  const { watch } = await import("../../soak/watch.js");
  const { watchScenario } = await import("../../soak/watch-scenario.js");
  const { toolName } = await import("../tool-name.js");
  const named = attachmentText(to);
  const name = named.replace(":", "-");
  reporting.event({ type: "start", atMs: Date.now(), scenario: name });
  const title = `watch of ${named.replace(":", " ")}`;
  live.follow({ scenario: title, kind: "watch", expectedMs: forMs });
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
    controls,
    ...hooksOf(surroundings, title, reporting),
  });
  return recordPath;
}

/** What is shown and told of it while it goes on. */
function hooksOf(
  { live, host, words }: Surroundings,
  title: string,
  reporting: Reporting,
): Pick<WatchOptions, "onTick" | "onProgress" | "onNews"> {
  const tellProgress = progressEvents((event) => reporting.event(event));
  const line = new StatusLine(host, words.progress);
  return {
    onTick: (watching: Watching) => {
      if (!live.isDrawing) line.show(watchingText(watching));
    },
    onProgress: (progress) => {
      tellProgress(progress);
      if (live.isDrawing) live.show({ ...progress, scenario: title });
    },
    onNews: (news) => live.say("grows" in news ? growthText(news.grows) : grownText(news.ended)),
  };
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
