import { reportOf } from "../../../src/cli/report-of.js";
import { account } from "../../../src/ledger/account.js";
import type { RunRecord } from "../../../src/model/record.js";
import type { Report, ReportedRun } from "../../../src/model/reporting.js";
import type { ScenarioResult } from "../../../src/model/verdict.js";
import { child, files, recordOf, server, zombie } from "../../judge/record-builder.js";
import { attributed } from "../finding-samples.js";

/** A server that keeps ten files of each batch, and a child that stays. */
export function leakyRecord(): RunRecord {
  const ticks = Array.from({ length: 12 }, (_, index) => ({
    atMs: 3000 + 100 * index,
    fds: 40 + 20 * index,
    processes: 1 + (index % 3),
    rssBytes: 8e7 + 1e5 * index,
    ownCpuMs: 100 + 5 * index,
    monotonicMs: 100 * index,
  }));
  return recordOf({
    processes: ({ batch }) => [
      server(files(0, 20 + 10 * batch, "/tmp/session.log")),
      ...(batch > 0 ? [child(7000 + batch), zombie(7100)] : []),
    ],
    ticks,
  });
}

export function cleanRecord(): RunRecord {
  return recordOf();
}

/** A report of records as the tool makes it, but for its version. */
export function reportFrom(...runs: readonly Made[]): Report {
  const judged = runs.map(({ record, result }) => ({
    record,
    result: result ?? account(record, undefined),
    path: "/project/reports/made-up/record.ndjson",
  }));
  const report = reportOf(judged, {
    cwd: "/project",
    exitCode: 1,
    proof: undefined,
    repeat: (name) => `npx watertight run ${name} --quick`,
  });
  return { ...report, tool: "watertight 1.2.3" };
}

interface Made {
  readonly record: RunRecord;
  /** In place of the judge's. */
  readonly result?: ScenarioResult;
}

/** All that a finding can have. */
export function leakyReport(): Report {
  const record = leakyRecord();
  const judged = account(record, undefined);
  const { findings, flows } = attributed();
  return reportFrom({ record, result: { ...judged, findings, flows } });
}

export function cleanReport(): Report {
  return reportFrom({ record: cleanRecord() });
}

/** Of a clean run, with the parts given in place of its own. */
export function runWith(result: Partial<ScenarioResult>, run: Partial<ReportedRun> = {}): ReportedRun {
  const [clean] = cleanReport().runs;
  if (!clean) throw new Error("no run");
  return { ...clean, ...run, result: { ...clean.result, ...result } };
}
