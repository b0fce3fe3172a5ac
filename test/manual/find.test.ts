import { describe, expect, it } from "vitest";
import { findPage, knownWords } from "../../src/manual/find.js";
import { pages } from "../../src/manual/pages.js";
import { pageKinds } from "../../src/model/manual.js";
import { exitCodes } from "../../src/model/problem.js";
import { criterionIds, type Shape } from "../../src/model/verdict.js";

/** What somebody copies from a report, and the page that they get. */
const asked: readonly (readonly [string, string])[] = [
  ["fds", "fds"],
  ["FD", "fds"],
  ["file descriptor /dev/ptmx", "PTY master /dev/ptmx"],
  ["Leak, ptys, fds: PTY master /dev/ptmx", "PTY master /dev/ptmx"],
  ["file descriptor socket tcp CLOSE_WAIT", "CLOSE_WAIT"],
  ["close-wait", "CLOSE_WAIT"],
  ["file descriptor socket tcp ESTABLISHED", "ESTABLISHED"],
  ["file descriptor /srv/app.log (deleted)", "file descriptor"],
  ["file descriptors of node worker.js", "file descriptors of"],
  ["process sleep 1000", "orphan"],
  ["zombie [sleep]", "zombie (finding)"],
  ["PTY slave /dev/pts/N", "PTY slave /dev/pts/N"],
  ["goroutine main.(*Hub).run", "goroutine"],
  ["3", "3"],
  ["exit 3", "3"],
  ["143", "130"],
  ["Warm_Up", "warm-up"],
  ["INCONCLUSIVE", "inconclusive"],
  ["12 of 1000 operations failed: EMFILE (12)", "operations failed"],
  ["soft RLIMIT_NOFILE", "RLIMIT_NOFILE"],
  ["anything above 1 per 28 operations would have been seen", "detectable"],
  ["not read: /proc/N/fd: permission denied (3 times)", "not read"],
  ["the target itself", "the target itself"],
];

/** The compiler says when one is missing. */
const shapes: Readonly<Record<Shape, true>> = {
  clean: true,
  flat: true,
  "filling pool": true,
  "one-off step": true,
  "warm-up": true,
  sawtooth: true,
  "slow release": true,
  "baseline drift": true,
  "steady leak": true,
  "rare leak": true,
  "late leak": true,
  "leak on a pool": true,
  "leak in bursts": true,
  "leak over time": true,
  "leak behind restarts": true,
  unclear: true,
};

describe("the manual", () => {
  it.each(asked)("%s", (query, word) => {
    expect(findPage(query)?.word).toBe(word);
  });

  it("knows nothing of other words, nor of none", () => {
    for (const query of ["", "   ", "bicycle", "x".repeat(100_000)]) expect(findPage(query)).toBeUndefined();
  });

  it("has a page for each criterion, verdict, shape and exit code", () => {
    const verdicts = ["pass", "fail", "inconclusive", "unchecked", "dropped", "broke"];
    for (const id of criterionIds) expect(findPage(id)?.kind).toBe("criterion");
    for (const id of verdicts) expect(findPage(id)?.kind).toBe("verdict");
    for (const id of Object.keys(shapes)) expect(findPage(id)?.kind).toBe("shape");
    for (const code of Object.values(exitCodes)) expect(findPage(`${code}`)?.kind).toBe("exit code");
  });

  it("leads from each word to one page only", () => {
    const lower = knownWords().map((word) => word.toLowerCase());
    expect(lower.filter((word, index) => lower.indexOf(word) !== index)).toEqual([]);
  });

  it.each(pages.map((page) => [page.word, page] as const))("%s is whole", (word, page) => {
    expect(pageKinds).toContain(page.kind);
    expect(findPage(word)).toBe(page);
    for (const other of page.also ?? []) expect(findPage(other)).toBe(page);
    for (const other of page.see ?? []) expect(pages.map((each) => each.word)).toContain(other);
    for (const sentence of [page.short, ...page.text, ...(page.steps ?? [])])
      expect(sentence).toMatch(/[.:`]$/);
  });
});
