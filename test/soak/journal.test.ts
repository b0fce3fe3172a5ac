import { describe, expect, it } from "vitest";
import { brokeProblem } from "../../src/model/problem.js";
import type { RecordLine } from "../../src/model/record.js";
import { main, operationOf, rigOf } from "./fakes.js";

const note = (text: string): RecordLine => ({ type: "note", atMs: 1_000_000, text });

describe("the journal", () => {
  it("writes first, then tells the live view", () => {
    const { journal, lines, progress } = rigOf();
    journal.enter("batch", 1);
    journal.note("hello");
    expect(lines).toEqual([{ type: "phase", phase: "batch", batch: 1, atMs: 1_000_000 }, note("hello")]);
    expect(progress.map(({ phase, batch }) => [phase, batch])).toEqual([["batch", 1]]);
  });

  it("counts operations of the load, not of the warm-up, nor aborted ones", () => {
    const { journal, lines } = rigOf();
    for (const parts of [{ batch: 0 }, {}, { outcome: "failed" }, { outcome: "aborted" }] as const)
      journal.operation(operationOf(parts));
    expect(journal.operations).toBe(2);
    expect(lines).toHaveLength(4);
  });

  it("keeps what was held at a snapshot for the live view", () => {
    const { journal, progress } = rigOf();
    const fds = [{ fd: 9, target: "/dev/ptmx", inode: 1, ptsNumber: 3 }];
    const probes = [{ probe: "node", tasks: 12, gaps: [] }];
    const processes = [{ ...main, fds }];
    journal.snapshot({
      phase: "batch",
      batch: 1,
      operations: 5,
      atMs: 1,
      quiet: true,
      processes,
      probes,
      gaps: [],
    });
    journal.enter("batch", 2);
    expect(progress.at(-1)).toMatchObject({ tasks: 12, ptys: 1 });
  });

  it("takes a full disk without a throw, once, and writes no more", () => {
    const written: RecordLine[] = [];
    let full = false;
    const { journal } = rigOf({
      append: (line) => {
        if (full) throw brokeProblem({ what: "the disk is full" });
        written.push(line);
      },
    });
    journal.note("before");
    full = true;
    journal.note("lost");
    full = false;
    journal.note("after");
    expect(written).toEqual([note("before")]);
    expect(journal.unwritable.aborted).toBe(true);
    expect(journal.problem?.message).toBe("the disk is full");
  });
});
