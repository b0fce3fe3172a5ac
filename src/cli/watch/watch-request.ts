import { type Problem, usageProblem } from "../../model/problem.js";
import { fewestBatches, type Probes } from "../../model/scenario.js";
import { formatDuration, parseDuration } from "../../model/units.js";
import { type Attachment, parseAttachment } from "../../target/attachment.js";

/** As commander leaves them. */
export interface WatchWords {
  readonly pid?: string;
  readonly port?: string;
  readonly for: string;
  readonly every?: string;
  readonly out?: string;
  readonly reporter?: readonly string[];
  readonly prometheus?: string;
  /** `true` = the option without a value. */
  readonly go?: string | true;
  readonly allowSignals?: boolean;
  readonly progress: boolean;
}

export interface WatchRequest {
  readonly to: Attachment;
  readonly forMs: number;
  readonly everySeconds: number;
  readonly probes: Probes;
}

const longestEverySeconds = 10;
/** A short watch has smaller slots, so that there is something to judge; a long one larger ones, which tell as much. */
const fewestSlots = 12;
const usualSlots = 400;
/** The record of more would be too large to be judged. */
const mostSlots = 10_000;

/** @throws Problem (exit 2) for anything that cannot be watched as asked. */
export function parseWatchRequest(words: WatchWords): WatchRequest {
  const forMs = requireDuration("--for", words.for);
  const everySeconds = words.every === undefined ? everyFor(forMs) : requireSeconds(words.every);
  const slots = Math.floor(forMs / (everySeconds * 1000));
  if (slots < fewestBatches) throw tooShort(words, everySeconds);
  if (slots > mostSlots) throw tooMany(slots);
  return { to: requireTarget(words), forMs, everySeconds, probes: probesOf(words) };
}

function everyFor(forMs: number): number {
  const seconds = forMs / 1000;
  const most = Math.max(longestEverySeconds, Math.ceil(seconds / usualSlots));
  return Math.max(1, Math.min(most, Math.floor(seconds / fewestSlots)));
}

function requireTarget({ pid, port }: WatchWords): Attachment {
  if ((pid === undefined) === (port === undefined)) {
    throw usageProblem({
      what: pid === undefined ? "nothing is named to watch" : "--pid and --port name two things to watch",
      fix: "name one: watertight watch --port 8080, or watertight watch --pid 4127",
    });
  }
  const to = parseAttachment(pid === undefined ? `port:${port}` : `pid:${pid}`);
  if (to) return to;
  throw usageProblem({
    what: pid === undefined ? `--port ${port} is no TCP port` : `--pid ${pid} is no process id`,
    fix: "write a whole number: watertight watch --port 8080, or watertight watch --pid 4127",
  });
}

function requireDuration(option: string, text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined && ms > 0) return ms;
  throw usageProblem({
    what: `${option} ${text} is no time to watch`,
    fix: `write a number with s, m or h: ${option} 10m`,
  });
}

function requireSeconds(text: string): number {
  const ms = requireDuration("--every", text);
  if (ms >= 1000 && ms % 1000 === 0) return ms / 1000;
  throw usageProblem({ what: `--every ${text} is no whole number of seconds`, fix: "write --every 10s" });
}

/** Nothing is asked of a server that was not said. */
function probesOf({ allowSignals, prometheus, go }: WatchWords): Probes {
  requirePlace("--prometheus", prometheus);
  requirePlace("--go", go);
  return {
    node: allowSignals ? "auto" : "off",
    prometheus,
    go: go === undefined ? "off" : go === true ? "auto" : go,
    threads: "auto",
  };
}

function requirePlace(option: string, place: string | true | undefined): void {
  if (typeof place !== "string" || /^(\/|https?:\/\/.)/.test(place)) return;
  const path = option === "--go" ? "/debug/pprof/" : "/metrics";
  throw usageProblem({
    what: `${option} ${place} is neither a path nor an address`,
    fix: `write ${option} ${path}, or ${option} http://127.0.0.1:9100${path}`,
  });
}

function tooShort(words: WatchWords, everySeconds: number): Problem {
  const every = formatDuration(everySeconds * 1000);
  return usageProblem({
    what: `--for ${words.for} is too short`,
    why: `with a look every ${every}, ${fewestBatches} looks take ${formatDuration(fewestBatches * everySeconds * 1000)}: fewer show no trend`,
    fix: "watch for longer: --for 10m",
  });
}

function tooMany(slots: number): Problem {
  return usageProblem({
    what: `${slots} looks would be too much to judge`,
    why: `a record holds everything that is held at each look; ${mostSlots} is the most`,
    fix: "look less often: leave out --every, or write --every 1m",
  });
}
