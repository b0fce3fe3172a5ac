import { describe, expect, it } from "vitest";
import { Interrupts } from "../../../src/cli/interrupts.js";
import { LiveView } from "../../../src/cli/live-view.js";
import type { Progress } from "../../../src/model/progress.js";
import { Controls } from "../../../src/soak/controls.js";
import { progress } from "../../report/live/samples.js";
import { ShownTerminal } from "../../support/terminal.js";
import { type FakeHost, fakeHost, type Surroundings } from "../fake-host.js";

const terminal: Surroundings = { isTTY: true, columns: 80, rows: 24, keys: true, env: {} };
const at: Progress = { ...progress, scenario: "small" };

interface Rig extends FakeHost {
  readonly live: LiveView;
  readonly interrupts: Interrupts;
  readonly controls: Controls;
}

function begun(surroundings: Surroundings = terminal, enabled = true): Rig {
  const fake = fakeHost(surroundings);
  const live = new LiveView(fake.host, enabled);
  const interrupts = new Interrupts(fake.host, () => live.say("stopping"));
  const controls = new Controls();
  live.attend({ interrupts, controls });
  live.begin({ scenario: "small", isPausable: true });
  return { ...fake, live, interrupts, controls };
}

async function shownBy({ stderr }: FakeHost): Promise<ShownTerminal> {
  const shown = new ShownTerminal({ columns: 80, rows: 24 });
  await shown.write(stderr());
  return shown;
}

describe("the live view", () => {
  it("draws several lines at a terminal, and reads keys", async () => {
    const rig = begun();
    const { live, stdin } = rig;
    live.show(at);
    const lines = (await shownBy(rig)).lines();
    expect(lines[0]).toContain("small");
    expect(lines.at(-1)).toContain("q stop and judge");
    expect(stdin).toMatchObject({ isRaw: true, isReading: true });
    live.clear();
    expect(stdin).toMatchObject({ isRaw: false, isReading: false });
  });

  it("says a line above what is redrawn, and leaves nothing but that", async () => {
    const rig = begun();
    rig.live.say("small: pass");
    const lines = (await shownBy(rig)).lines();
    expect(lines[0]).toBe("small: pass");
    expect(lines[1]).toContain("gone");
    rig.live.clear();
    expect((await shownBy(rig)).lines()).toEqual(["small: pass"]);
  });

  it.each<[string, Surroundings]>([
    ["without a terminal", { ...terminal, isTTY: false }],
    ["in CI", { ...terminal, env: { CI: "true" } }],
    ["with TERM=dumb", { ...terminal, env: { TERM: "dumb" } }],
  ])("writes plain lines and touches no key %s", (_, surroundings) => {
    const { live, stderr, stdin } = begun(surroundings);
    live.show(at);
    live.say("small: pass");
    live.clear();
    expect(stderr()).toBe("small: started\nsmall: pass\n");
    expect(stdin).toMatchObject({ isRaw: false, isReading: false });
  });

  it("writes nothing with --no-progress but what has to be said", () => {
    const { live, stderr, stdin } = begun(terminal, false);
    live.show(at);
    live.ended("small: pass");
    live.say("stopping");
    live.clear();
    expect(stderr()).toBe("stopping\n");
    expect(stdin.isRaw).toBe(false);
  });

  it("reads no keys where stdin is no terminal, and names none", () => {
    const { live, stderr, stdin } = begun({ ...terminal, keys: false });
    expect(stdin.isReading).toBe(false);
    expect(stderr()).not.toContain("q stop");
    live.clear();
  });

  it.each([
    [120, 40],
    [60, 24],
    [40, 24],
    [25, 24],
    [15, 24],
  ])("redraws without torn lines when the terminal becomes %d by %d", async (columns, rows) => {
    const { live, stderr, resize } = begun();
    const shown = new ShownTerminal({ columns: 80, rows: 24 });
    live.say("said before");
    live.show(at);
    const before = stderr();
    await shown.write(before);
    shown.resize({ columns, rows });
    resize({ columns, rows });
    await shown.write(stderr().slice(before.length));
    const lines = shown.lines();
    expect(lines[0]).toBe("said before");
    expect(lines.filter((line) => line.startsWith("small"))).toHaveLength(1);
    live.clear();
  });

  it.each<[string, (rig: Rig) => void]>([
    ["its end", ({ live }) => live.clear()],
    ["a crash", ({ crash }) => crash(new Error("bug"))],
    ["process.exit", ({ host }) => host.exit(3)],
    ["a second SIGTERM", ({ signal }) => [signal("SIGTERM"), signal("SIGTERM")]],
    ["a second Ctrl-C", ({ type }) => type("\u0003\u0003")],
  ])("gives the terminal back at %s", async (_, end) => {
    const rig = begun();
    end(rig);
    expect(rig.stdin.isRaw).toBe(false);
    const shown = await shownBy(rig);
    expect(shown.isCursorShown).toBe(true);
    expect(shown.lines().join("\n")).not.toContain("q stop");
  });

  it("says its last word where the view was", async () => {
    const rig = begun();
    for (const name of ["SIGTERM", "SIGTERM"] as const) rig.signal(name);
    const lines = (await shownBy(rig)).lines();
    expect(lines).toEqual(["stopping", "watertight: stopped at once; the target is being killed"]);
  });

  it("leaves no handlers behind", () => {
    const { live, interrupts, handlers } = begun();
    live.clear();
    interrupts.release();
    expect(handlers()).toBe(0);
  });
});

describe("the keys", () => {
  it("stop without an interrupt's exit code on q, and leave at once on Ctrl-C after it", () => {
    const { live, type, interrupts, exits, stderr } = begun();
    type("q");
    expect(interrupts.asked.aborted).toBe(true);
    expect(interrupts.exitCode).toBeUndefined();
    expect(stderr()).toContain("stopping: no more load");
    type("q");
    expect(exits).toEqual([]);
    type("\u0003");
    expect(exits).toEqual([130]);
    live.clear();
  });

  it("stop with 130 on Ctrl-C, though a raw terminal sends no signal", () => {
    const { live, type, interrupts } = begun();
    type("\u0003");
    expect(interrupts.exitCode).toBe(130);
    live.clear();
  });

  it("pause and go on with space", () => {
    const { live, type, controls } = begun();
    type(" ");
    expect(controls.isPaused).toBe(true);
    type(" ");
    expect(controls.isPaused).toBe(false);
    live.clear();
  });

  it("say that a load from elsewhere cannot be paused", () => {
    const { live, type, controls, stderr } = begun();
    live.begin({ scenario: "other", isPausable: false });
    type(" ");
    expect(controls.isPaused).toBe(false);
    expect(stderr()).toContain("it cannot be paused");
    live.clear();
  });

  it("do nothing for arrows and letters that mean nothing", () => {
    const { live, type, interrupts, controls } = begun();
    type("\u001b[Aq");
    type("xyz");
    expect([interrupts.asked.aborted, controls.isPaused]).toEqual([false, false]);
    live.clear();
  });

  it("show a look as a table above the view", async () => {
    const { live, type, controls, stderr } = begun();
    const processes = [
      {
        pid: 9,
        startTicks: 1,
        ppid: 1,
        pgid: 9,
        sid: 9,
        state: "S",
        name: "srv",
        command: "srv \u001b[2J",
        threads: 3,
        fdCount: 7,
      },
    ];
    const moment = { phase: "batch", batch: 4, operations: 80, atMs: 1, quiet: false } as const;
    controls.attend({
      onPause: () => undefined,
      onResume: () => undefined,
      onSuspend: () => undefined,
      busy: () => 0,
      look: async () => ({ ...moment, processes, probes: [], gaps: [] }),
    });
    live.show({ ...at, look: { phase: "baseline", held: { ...at, fds: 5 } } });
    type("s");
    await new Promise((resolve) => setImmediate(resolve));
    expect(stderr()).toMatch(/looked: batch 4, 80 operations\n.*\nfds +7 +5 +\+2\n/);
    expect(stderr()).toContain("pid 9, 7 fds, 3 threads: srv \\x1b[2J");
    live.clear();
  });

  it("pause, give the terminal back and stop the job on Ctrl-Z, and go on afterwards", async () => {
    const rig = begun();
    const { live, type, controls, kills, stdin, signal } = rig;
    const said: string[] = [];
    controls.attend({
      onPause: () => said.push("pause"),
      onResume: () => said.push("resume"),
      onSuspend: () => said.push(`suspend, raw ${stdin.isRaw}`),
      busy: () => (said.push("busy") > 3 ? 0 : 1),
      look: async () => undefined,
    });
    type("\u001a");
    while (kills.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(kills).toEqual([[0, "SIGTSTP"]]);
    expect(stdin.isRaw).toBe(false);
    expect((await shownBy(rig)).isCursorShown).toBe(true);
    signal("SIGCONT");
    while (!stdin.isRaw) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(said).toEqual(["pause", "busy", "busy", "busy", "suspend, raw true", "resume"]);
    live.clear();
  });
});
