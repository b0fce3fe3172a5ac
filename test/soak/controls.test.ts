import { describe, expect, it } from "vitest";
import { Controls } from "../../src/soak/controls.js";
import { HoldBack } from "../../src/soak/hold-back.js";
import { aside } from "../../src/soak/controlled.js";
import { OneAtATime } from "../../src/soak/one-at-a-time.js";
import { landsAll, noMarks, type Rig, rigOf, scenarioOf, targetOf } from "./fakes.js";

function controlled(said: string[], name: string) {
  return {
    onPause: () => said.push(`${name} pauses`),
    onResume: () => said.push(`${name} resumes`),
    onSuspend: () => said.push(`${name} stands still`),
    busy: () => 2,
    look: async () => undefined,
  };
}

describe("controls", () => {
  it("reach the run under way, and a pause outlasts it", async () => {
    const said: string[] = [];
    const controls = new Controls();
    expect([controls.busy, await controls.look()]).toEqual([0, undefined]);
    const release = controls.attend(controlled(said, "a"));
    controls.pause();
    expect(controls.busy).toBe(2);
    release();
    controls.attend(controlled(said, "b"));
    controls.suspend();
    controls.resume();
    expect(said).toEqual(["a pauses", "b pauses", "b stands still", "b resumes"]);
  });
});

/** A run that is paused for a minute before the third batch and before the tail. */
function pausedRig(load: object): Rig {
  let holdBack: HoldBack | undefined;
  const pause = ({ clock }: Rig): void => {
    holdBack?.pause();
    void holdBack?.wait(new AbortController().signal);
    void clock.sleep(60_000);
    holdBack?.resume();
  };
  return rigOf({
    scenario: scenarioOf({ load }),
    holdBack: ({ clock, journal }) => (holdBack = new HoldBack({ clock, journal })),
    play: (batch, rig) => {
      if (batch.number === 3) pause(rig);
      return landsAll(batch, rig);
    },
  });
}

describe("a run that is paused", () => {
  it("loads for as long as it was to, the pause not counted", async () => {
    const timed = { duration: "30s", batch: 5, warmup: 0 };
    const [paused, plain] = [pausedRig(timed), rigOf({ scenario: scenarioOf({ load: timed }) })];
    await paused.run();
    await plain.run();
    expect(paused.batches.length).toBe(plain.batches.length);
  });

  it("has a line of it in its record, and the live view is told", async () => {
    const rig = pausedRig({ operations: 30, batch: 5, warmup: 0 });
    await rig.run();
    const { lines, progress } = rig;
    const pauses = lines.filter(({ type }) => type === "pause");
    expect(pauses).toMatchObject([{ forMs: 60_000, operations: 10, suspended: false }]);
    expect(progress.filter(({ pausedMs }) => pausedMs !== undefined)).toHaveLength(1);
  });

  it("foresees its end by the pace of the load alone", async () => {
    const rates = async (rig: Rig): Promise<unknown[]> => {
      await rig.run();
      return rig.progress
        .filter(({ phase }) => phase === "settle")
        .map(({ perSecond, etaMs }) => [perSecond, etaMs]);
    };
    const load = { operations: 30, batch: 5, warmup: 0 };
    expect(await rates(pausedRig(load))).toEqual(await rates(rigOf({ scenario: scenarioOf({ load }) })));
  });
});

describe("a look by hand", () => {
  it("stands beside the others in the record, and is told to nobody but who asked", async () => {
    const { journal, fate, clock, lines, progress } = rigOf();
    journal.enter("batch", 2);
    const looker = { target: targetOf(), probes: [], marks: noMarks, clock, signal: fate.dead };
    const seen = progress.length;
    const snapshot = await aside(looker, { journal, fate, looking: new OneAtATime() });
    expect(lines.at(-1)).toEqual({ type: "aside", ...snapshot });
    expect(snapshot).toMatchObject({ phase: "batch", batch: 2, quiet: false });
    expect(progress).toHaveLength(seen);
  });

  it("finds nothing once the target is dead", async () => {
    const { journal, fate, clock, lines } = rigOf();
    fate.died("gone");
    const looker = { target: targetOf(), probes: [], marks: noMarks, clock, signal: fate.dead };
    expect(await aside(looker, { journal, fate, looking: new OneAtATime() })).toBeUndefined();
    expect(lines).toEqual([]);
  });
});
