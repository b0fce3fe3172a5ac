import type { Paint } from "../paint.js";
import { fitted } from "./parts.js";
import type { LiveState } from "./state.js";

interface Key {
  readonly key: string;
  readonly short: string;
  readonly long: string;
  readonly rank: number;
}

/** What the keys do, as far as they do something now. */
export function keysLine(state: LiveState, room: number, paint: Paint): string {
  const parts = keysOf(state).map(({ key, short, rank }) => ({ text: `${key} ${short}`, rank }));
  return paint.faint(fitted(parts, room));
}

/** What `?` shows. */
export function helpLines(state: LiveState, room: number): string[] {
  const keys = keysOf(state);
  const width = keys.reduce((most, { key }) => Math.max(most, key.length), 0);
  return keys.map(({ key, long }) => fitted([{ text: `${key.padEnd(width)}  ${long}`, rank: 0 }], room));
}

function keysOf(state: LiveState): Key[] {
  const { isPausable, stopping, help } = state;
  const going = isPausable ? [stop, pauseOf(state), look] : [stop, look];
  const all = [...(stopping ? [leave] : [...going, interrupt]), suspend, helpOf(state)];
  return help ? all : all.filter((key) => key !== interrupt && key !== suspend);
}

const stop: Key = {
  key: "q",
  short: "stop and judge",
  long: "stop and judge; the verdict is the exit code",
  rank: 1,
};
const look: Key = { key: "s", short: "look now", long: "look now, and say what is held", rank: 4 };
const interrupt: Key = {
  key: "Ctrl-C",
  short: "stop",
  long: "stop and judge; exit code 130; twice: leave at once",
  rank: 5,
};
const leave: Key = { key: "Ctrl-C", short: "leave at once", long: "leave at once", rank: 0 };
const suspend: Key = { key: "Ctrl-Z", short: "suspend", long: "pause and suspend; fg goes on", rank: 6 };

function pauseOf({ pausing }: LiveState): Key {
  return !pausing
    ? { key: "space", short: "pause", long: "pause: begin no operation until space again", rank: 2 }
    : { key: "space", short: "go on", long: "go on", rank: 2 };
}

function helpOf({ help }: LiveState): Key {
  return { key: "?", short: help ? "close" : "help", long: "close this help", rank: 3 };
}
