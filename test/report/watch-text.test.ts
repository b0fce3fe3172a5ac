import { describe, expect, it } from "vitest";
import type { Watched } from "../../src/model/watching.js";
import {
  growthText,
  grownText,
  unreadableText,
  watchedText,
  watchingText,
} from "../../src/report/watch-text.js";

const watched: Watched = {
  pid: 4127,
  command: "node server.js",
  uid: 1000,
  ageMs: 3_600_000,
  processes: 3,
  fds: 124,
  softFdLimit: 1024,
  ports: [8080, 8081],
  unreadable: { processes: 0, uids: [] },
};

describe("the first line", () => {
  it("names whom, whose, since when, how much and where", () => {
    expect(watchedText(watched)).toBe(
      "watching pid 4127 (node server.js): uid 1000, up 60 min, 3 processes, 124 fds (limit 1024 each), listens on 8080, 8081",
    );
  });

  it("leaves out what is not known, and gives a terminal nothing to act on", () => {
    const bare = {
      ...watched,
      command: "a\u001b[2Jb",
      uid: undefined,
      ageMs: undefined,
      fds: undefined,
      ports: [],
    };
    expect(watchedText(bare)).toBe("watching pid 4127 (a\\x1b[2Jb): 3 processes, fds not readable");
  });
});

it("whoever could read more is named", () => {
  expect(unreadableText(watched, 1000)).toBeUndefined();
  expect(unreadableText({ ...watched, unreadable: { processes: 2, uids: [0] } }, 1000)).toBe(
    "cannot read the fds of 2 of 3 processes (of uid 0, you are uid 1000): what they hold stays unchecked; run as root or as uid 0",
  );
});

it("a line tells how it goes", () => {
  const at = {
    elapsedMs: 50_300,
    forMs: 600_000,
    processes: 3,
    fds: 130,
    ptys: 0,
    rssBytes: 2 ** 20,
    cpuPercent: 2.5,
  };
  expect(watchingText(at)).toBe("50 s of 10 min  fds 130  procs 3  ptys 0  rss 1 MiB  cpu 2.5%");
});

it("growth is told with its pace and what it is made of", () => {
  const fds = {
    what: "fds",
    unit: "count",
    from: 124,
    to: 310,
    overMs: 120_000,
    kinds: [{ label: "/dev/null", more: 186 }],
  } as const;
  expect(growthText(fds)).toBe("fds grow: 124 → 310 in 2 min, 1.55/s: /dev/null (186)");
  expect(grownText(fds)).toBe("fds no longer grow: 310");
  const memory = { ...fds, what: "memory", unit: "bytes", from: 0, to: 120 * 2 ** 20, kinds: [] } as const;
  expect(growthText(memory)).toBe("memory grows: 0 B → 120 MiB in 2 min, 1 MiB/s");
});
