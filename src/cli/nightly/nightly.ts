import { randomBytes } from "node:crypto";
import { release } from "node:os";
import { join } from "node:path";
import { readHistory } from "../../history/folder.js";
import { trendOf } from "../../history/trend.js";
import type { HistoryEntry, TrendRow } from "../../model/history.js";
import { messageOf } from "../../model/problem.js";
import { fits, inTurn, type Due } from "../../suite/due.js";
import { expired } from "../../suite/quarantine.js";
import { HistoryAppender } from "./history-appender.js";
import type { Host } from "../host.js";
import { Interrupts } from "../interrupts.js";
import { LiveView } from "../live-view.js";
import { removeOldNights, writeIndex } from "./nightly-index.js";
import { type NightlyRequest, type NightlyWords, parseNightlyRequest } from "./nightly-request.js";
import { nameOf, type Night, runDue } from "./nightly-run.js";
import { exitCodeOfNight, renderNightly } from "./nightly-told.js";
import { expectedMs, lastRunMs } from "./nightly-times.js";
import { tellNews } from "./nightly-news.js";
import { requireLinux } from "../platform.js";
import { tell, warning } from "../problems.js";
import { readProof } from "../proof-file.js";
import { shortPath } from "../short-path.js";
import { toolName } from "../tool-name.js";

/** `watertight nightly`: each target through each scenario, an entry of the history for each, then the index. */
export async function nightlyCommand(file: string, words: NightlyWords, host: Host): Promise<number> {
  requireLinux(host, "nightly");
  const request = await parseNightlyRequest(file, words, host);
  const before = await readHistory(request.history);
  const live = new LiveView(host, request.progress);
  const onFirst = (): void =>
    live.say("stopping: what has run is kept, the index is written; once more to leave at once");
  const interrupts = new Interrupts(host, onFirst);
  live.attend({ interrupts });
  try {
    for (const note of before.notes) host.stderr.write(warning({ what: note }));
    const night = await nightOf(request, { host, live, interrupts });
    warnOfExpired(night);
    return await runNight(night, before.entries);
  } finally {
    live.clear();
    interrupts.release();
  }
}

async function nightOf(
  request: NightlyRequest,
  { host, live, interrupts }: Pick<Night, "host" | "live" | "interrupts">,
): Promise<Night> {
  const proof = await readProof(host.env, { tool: toolName(), kernel: release() });
  const stamp = new Date().toISOString();
  const night = stamp.slice(0, 10);
  // Of this nightly alone, though another one begins in the same second.
  const own = `${stamp.slice(11, 19).replaceAll(":", "-")}-${randomBytes(2).toString("hex")}`;
  return { request, host, live, interrupts, proof, night, folder: join(request.out, night, own) };
}

function warnOfExpired({ request, host, night }: Night): void {
  for (const { target = "any target", scenario = "any scenario", until } of expired(
    request.suite.quarantine,
    night,
  )) {
    const what = `the quarantine of ${target}, ${scenario} has ended on ${until}: a fail counts again`;
    host.stderr.write(
      warning({ what, fix: "mend the leak, or give the quarantine another day and say why" }),
    );
  }
}

async function runNight(night: Night, before: readonly HistoryEntry[]): Promise<number> {
  const { request, host, live, interrupts } = night;
  const appender = new HistoryAppender(request.history);
  const ran: HistoryEntry[] = [];
  const left = await runAll(night, { before, ran, appender });
  const problem = await appender.flush();
  await appender.close();
  live.clear();
  const after = await readHistory(request.history);
  const rows = trendOf([...after.entries, ...appender.waiting]);
  const index = await pagesOf(rows, night);
  const codes = { interrupted: interrupts.exitCode, isLost: problem !== undefined || index === undefined };
  const exitCode = exitCodeOfNight(ran, codes);
  host.stdout.write(renderNightly({ night, ran, left, rows, index, exitCode }));
  if (problem) tell(host, problem);
  await tellNews({ night, before, ran });
  return exitCode;
}

interface Running {
  readonly before: readonly HistoryEntry[];
  /** Filled as they end. */
  readonly ran: HistoryEntry[];
  readonly appender: HistoryAppender;
}

/** @returns what there was no time for. */
async function runAll(night: Night, { before, ran, appender }: Running): Promise<Due[]> {
  const { request, live, interrupts } = night;
  const startedAt = performance.now();
  const left: Due[] = [];
  const times = { before, request };
  for (const due of inTurn(request.suite.pairs, request.suite.repeats, (pair) => lastRunMs(pair, times))) {
    const usedMs = performance.now() - startedAt;
    const nextMs = expectedMs(due, { before: [...before, ...ran], request });
    const hasTime = fits({ budgetMs: request.budgetMs, usedMs, nextMs, isFirst: ran.length === 0 });
    if (interrupts.asked.aborted || !hasTime) {
      left.push(due);
      continue;
    }
    const entry = await runDue(due, night);
    if (!entry) {
      left.push(due);
      continue;
    }
    ran.push(entry);
    const problem = await appender.append(entry);
    if (problem)
      live.say(warning({ what: `${nameOf(due, request)}: ${problem.message}`, why: problem.why }).trimEnd());
  }
  return left;
}

/** @returns where the index is; undefined: it could not be written, which is told. */
async function pagesOf(rows: readonly TrendRow[], { request, host }: Night): Promise<string | undefined> {
  const { out, suite } = request;
  try {
    if (suite.keepNights !== undefined) await removeOldNights(out, suite.keepNights);
    return shortPath(await writeIndex(rows, out, suite.name), host.cwd());
  } catch (error) {
    const what = `the index of ${shortPath(out, host.cwd())} is not written`;
    host.stderr.write(warning({ what, why: messageOf(error), fix: "the history is not touched" }));
    return undefined;
  }
}
