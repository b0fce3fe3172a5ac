import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../../src/model/reporting.js";
import { receiver } from "../../otlp/receiver.js";
import {
  cleanUpAfterEach,
  eventually,
  fixture,
  scenario,
  scenarioFile,
  spawnTool,
  tempFolder,
  tool,
} from "../rig.js";

cleanUpAfterEach();

function eventsIn(path: string): RunEvent[] {
  return readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as RunEvent);
}

interface Sample {
  readonly cwd: string;
  readonly ran: Awaited<ReturnType<typeof tool>>;
  readonly received: readonly string[];
}

let known: Promise<Sample> | undefined;

/** One run with every reporter, for all that only read what it wrote. */
function sample(): Promise<Sample> {
  known ??= record();
  return known;
}

async function record(): Promise<Sample> {
  const collector = await receiver();
  const cwd = tempFolder({ keep: true });
  scenarioFile(cwd, scenario(fixture("echoes.mjs")));
  const files = ["json=r.json", "ndjson=r.ndjson", "junit=r.xml", "markdown=r.md", "github=r.txt"];
  const others = ["sarif=r.sarif", "openmetrics=r.prom", `otlp=${collector.url}`];
  const words = [...files, ...others].flatMap((word) => ["--reporter", word]);
  const ran = await tool(["run", "small.yaml", "--out", "out", ...words], { cwd });
  await collector.close();
  return { cwd, ran, received: collector.received.map(({ url }) => url).toSorted() };
}

describe("watertight run with every reporter at once", () => {
  it("writes each of them, and all know the same verdict", async () => {
    const { cwd, ran, received } = await sample();
    const { code, stdout, stderr } = ran;
    expect({ code, last: stdout.trimEnd().split("\n").at(-1) }).toEqual({
      code: 0,
      last: "pass: files in out",
    });
    const read = (name: string): string => readFileSync(join(cwd, name), "utf8");
    expect(JSON.parse(read("r.json"))).toMatchObject({ verdict: "pass" });
    expect(read("r.xml")).toContain('tests="7" failures="0" errors="0"');
    expect(read("r.md")).toContain("## watertight: pass");
    expect(read("r.txt")).toBe("");
    expect(JSON.parse(read("r.sarif"))).toMatchObject({ runs: [{ results: [] }] });
    expect(read("r.prom")).toMatch(/^watertight_scenario_verdict\{.*verdict="pass"\} 1$/m);
    expect(received).toEqual(["/v1/metrics", "/v1/traces"]);
    const wrote = stderr.split("\n").filter((line) => line.includes(": wrote "));
    expect(wrote).toHaveLength(7);
    const events = eventsIn(join(cwd, "r.ndjson"));
    const phases = events.flatMap((event) => (event.type === "phase" ? [event.phase] : []));
    expect([...new Set(phases)]).toEqual([
      "start",
      "warm-up",
      "baseline",
      "batch",
      "settle",
      "drain",
      "stop",
    ]);
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["start", "progress", "look", "verdict", "end"]),
    );
    expect(events.at(-1)).toMatchObject({ type: "end", exitCode: 0 });
  });

  it("tells of the scenarios before one that could not be run", async () => {
    const cwd = tempFolder();
    scenarioFile(cwd, scenario(fixture("echoes.mjs")));
    scenarioFile(cwd, scenario(fixture("echoes.mjs")), "taken");
    mkdirSync(join(cwd, "out"));
    writeFileSync(join(cwd, "out", "taken"), "a file in the way");
    const words = ["--reporter", "junit=r.xml", "--reporter", "ndjson=r.ndjson", "--no-progress"];
    const { code, stderr } = await tool(["run", "small.yaml", "taken.yaml", "--out", "out", ...words], {
      cwd,
    });
    expect(code).toBe(2);
    expect(stderr).not.toContain("wrote");
    expect(readFileSync(join(cwd, "r.xml"), "utf8")).toContain('<testsuite name="small"');
    const ends = eventsIn(join(cwd, "r.ndjson")).filter(({ type }) => type === "verdict" || type === "end");
    expect(ends).toMatchObject([{ type: "verdict" }, { type: "end", exitCode: 2 }]);
  });

  it("is as live as a file: what happens is in it while it runs, and stays after kill -9", async () => {
    const cwd = tempFolder();
    scenarioFile(cwd, scenario(fixture("echoes.mjs")));
    const path = join(cwd, "r.ndjson");
    const { child, exited } = spawnTool(["run", "small.yaml", "--reporter", "ndjson=r.ndjson"], cwd);
    const lines = (): string => {
      try {
        return readFileSync(path, "utf8");
      } catch {
        return "";
      }
    };
    await eventually(() => lines().includes('"phase":"baseline"'), "an event");
    child.kill("SIGKILL");
    await exited;
    expect(eventsIn(path)[0]).toMatchObject({ type: "start", scenario: "small" });
  });
});

describe("a record", () => {
  it("can be told by every reporter; a reader that leaves early changes no exit code", async () => {
    const { cwd } = await sample();
    for (const command of ["judge", "report"]) {
      const { code, stdout } = await tool([command, "out", "--reporter", "ndjson"], { cwd });
      const types = stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).type);
      expect({ code, types }).toEqual({ code: 0, types: ["start", "verdict", "end"] });
    }
    const failed = await tool(["report", "out", "--reporter", "junit=/dev/full"], { cwd });
    expect({ code: failed.code, why: /ENOSPC/.test(failed.stderr) }).toEqual({ code: 4, why: true });
    const missing = await tool(["report", "nowhere", "--reporter", "ndjson=m.ndjson"], { cwd });
    expect(missing.code).toBe(2);
    expect(eventsIn(join(cwd, "m.ndjson"))).toMatchObject([{ type: "end", exitCode: 2 }]);
    const early = spawnTool(["judge", "out", "--reporter", "ndjson"], cwd);
    early.child.stdout?.destroy();
    expect((await early.exited).code).toBe(0);
  });
});
