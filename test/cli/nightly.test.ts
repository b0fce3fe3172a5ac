import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.js";
import { readHistory } from "../../src/history/folder.js";
import { HistoryWriter } from "../../src/history/writer.js";
import type { HistoryEntry } from "../../src/model/history.js";
import { entry } from "../history/sample-nights.js";
import { fakeHost } from "./fake-host.js";
import { hook } from "./hook.js";
import {
  cleanUpAfterEach,
  eventually,
  fixture,
  recorded,
  scenario,
  scenarioFile,
  tempFolder,
  tool,
} from "./rig.js";

cleanUpAfterEach();
const words = ["nightly", "nightly.yaml", "--no-progress", "--no-why"];
const tonight = (): string => new Date().toISOString().slice(0, 10);

/** A folder with a suite in it, whose only scenario is for these targets. */
function suiteOf(targets: Readonly<Record<string, string>>, parts: object = {}): string {
  const cwd = tempFolder();
  scenarioFile(cwd, scenario("unused {port}"));
  const commands = Object.entries(targets).map(([name, command]) => [
    name,
    { command, commit: `of-${name}` },
  ]);
  const suite = { targets: Object.fromEntries(commands), scenarios: ["small.yaml"], ...parts };
  writeFileSync(join(cwd, "nightly.yaml"), JSON.stringify(suite));
  return cwd;
}

async function entriesIn(cwd: string): Promise<readonly HistoryEntry[]> {
  return (await readHistory(join(cwd, "reports/history"))).entries;
}

/** Nights of passes before tonight, as the history of a suite that runs for long. */
async function passes(cwd: string, target: string): Promise<void> {
  const folder = join(cwd, "reports/history");
  mkdirSync(folder, { recursive: true });
  const writer = new HistoryWriter(folder, () => "earlier.ndjson");
  for (let night = 1; night <= 5; night++) {
    const more = { target, scenario: "small", commit: `c${night}` };
    await writer.append(entry({ night, criteria: { fds: { verdict: "pass" } }, more }));
  }
  await writer.close();
}

describe("a night", () => {
  it("keeps an entry, a folder and the index; goes on past a server that does not start", {
    timeout: 90_000,
  }, async () => {
    const targets = {
      broken: fixture("exits-at-once.sh"),
      leaky: fixture("leaks-fd.mjs"),
      sound: fixture("echoes.mjs"),
    };
    const quarantine = [{ target: "leaky", reason: "known", until: "2999-12-31" }];
    const cwd = suiteOf(targets, { quarantine });
    const { code, stdout, stderr } = await tool(words, { cwd });
    expect(code).toBe(4);
    expect(stderr).toMatch(/^watertight: warning: broken\/small: /);
    const [broken, leaky, sound] = await entriesIn(cwd);
    expect(broken).toMatchObject({ target: "broken", verdict: "broke", commit: "of-broken", criteria: [] });
    expect(leaky).toMatchObject({ target: "leaky", verdict: "fail", quarantine: { reason: "known" } });
    expect(sound).toMatchObject({
      night: tonight(),
      target: "sound",
      scenario: "small",
      repeat: 1,
      verdict: "pass",
      landed: 60,
      findings: [],
    });
    expect(stdout).toMatch(/leaky\/small +quarantined .* q$/m);
    expect(existsSync(join(cwd, "reports/nightly", sound?.report ?? "none"))).toBe(true);
    expect(readFileSync(join(cwd, "reports/nightly/index.html"), "utf8")).toContain("<");
    expect((await tool(["history", "list"], { cwd })).stdout).toMatch(/3 +1 +1 +1 /);
  });

  it("and another one at once: both whole, nothing mixed", { timeout: 90_000 }, async () => {
    const cwd = suiteOf({ sound: fixture("echoes.mjs") });
    const [one, other] = await Promise.all([tool(words, { cwd }), tool(words, { cwd })]);
    expect([one.code, other.code]).toEqual([0, 0]);
    const entries = await entriesIn(cwd);
    expect(new Set(entries.map(({ report }) => report)).size).toBe(2);
    for (const { report = "none" } of entries)
      expect(existsSync(join(cwd, "reports/nightly", report))).toBe(true);
    expect(readdirSync(join(cwd, "reports/history"))).toHaveLength(2);
    expect(readdirSync(join(cwd, "reports/nightly")).toSorted()).toEqual(
      [tonight(), "index.html"].toSorted(),
    );
  });

  it("leaves out what its budget has no time for, says so", { timeout: 90_000 }, async () => {
    const cwd = suiteOf({ one: fixture("echoes.mjs"), two: fixture("echoes.mjs") }, { budget: "100ms" });
    const first = await tool(words, { cwd });
    expect(first.stdout).toContain("no time within 100 ms for: two/small; next time they come first");
    expect(first.code).toBe(0);
    expect((await entriesIn(cwd)).map(({ target }) => target)).toEqual(["one"]);
  });

  it("ended by Ctrl-C keeps what has run, and writes the index", { timeout: 90_000 }, async () => {
    const cwd = suiteOf({ one: fixture("echoes.mjs") }, { repeats: 5 });
    const { host, signal, stdout } = fakeHost({ cwd });
    const ended = main(words, host);
    const secondRuns = (): boolean => {
      const nights = join(cwd, "reports/nightly", tonight());
      if (!existsSync(nights)) return false;
      const [own = ""] = readdirSync(nights);
      return recorded(join(nights, own, "one-small-2"), '"phase":"batch","batch":2');
    };
    await eventually(secondRuns, "the second run");
    signal("SIGINT");
    expect(await ended).toBe(130);
    expect(stdout()).toContain("stopped before: one/small (2), one/small (3)");
    expect(await entriesIn(cwd)).toHaveLength(1);
    expect(existsSync(join(cwd, "reports/nightly/index.html"))).toBe(true);
  });

  it("whose history cannot be read is told before anything runs", { timeout: 90_000 }, async () => {
    const cwd = suiteOf({ sound: fixture("echoes.mjs") });
    writeFileSync(join(cwd, "taken"), "a file");
    const { code, stderr } = await tool([...words, "--history", "taken/history"], { cwd });
    expect(code).toBe(4);
    expect(stderr).toMatch(/^watertight: cannot read .*taken\/history/);
    expect(existsSync(join(cwd, "reports/nightly"))).toBe(false);
  });
});

describe("the webhook", () => {
  it("is told of a new leak, and not again while it stays; a quarantine that has ended is no quarantine", {
    timeout: 90_000,
  }, async () => {
    const { url, bodies } = await hook(() => 200);
    const quarantine = [{ target: "leaky", reason: "known", until: "2026-01-31" }];
    const cwd = suiteOf({ leaky: fixture("leaks-fd.mjs") }, { quarantine, webhook: { url: "${HOOK}" } });
    await passes(cwd, "leaky");
    const env = { CI: "true", HOOK: url };
    const { code, stderr } = await tool(words, { cwd, env });
    expect(code).toBe(1);
    expect(stderr).toContain(
      "the quarantine of leaky, any scenario has ended on 2026-01-31: a fail counts again",
    );
    expect(bodies).toHaveLength(1);
    const { text, changes } = JSON.parse(bodies[0] ?? "") as { text: string; changes: object[] };
    expect(changes).toMatchObject([
      {
        target: "leaky",
        scenario: "small",
        kind: "leak",
        criteria: ["fds"],
        afterCommit: "c5",
        upToCommit: "of-leaky",
      },
    ]);
    expect(text.split("\n").slice(0, 2)).toEqual([
      `watertight, nightly, ${tonight()}: 1 new leak`,
      `✗ leaky/small leaks fds since ${tonight()} (c5..of-leaky)`,
    ]);
    await tool(words, { cwd, env });
    expect(bodies).toHaveLength(1);
  });
});

describe("words that are wrong", () => {
  it.each([
    { text: "no suite", args: ["nightly", "none.yaml"], says: "there is no suite none.yaml" },
    { text: "no budget", args: [...words, "--budget", "soon"], says: "--budget soon is no time" },
    {
      text: "a scenario that is not there",
      args: ["nightly", "other.yaml"],
      says: "there is no scenario conect-churn",
    },
  ])("$text", async ({ args, says }) => {
    const cwd = suiteOf({ sound: fixture("echoes.mjs") });
    writeFileSync(join(cwd, "other.yaml"), "targets: {gateway: {}}\nscenarios: [conect-churn]\n");
    const { code, stdout, stderr } = await tool(args, { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(says);
  });
});
