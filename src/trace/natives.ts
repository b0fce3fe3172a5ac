import type { Place, Places } from "./places.js";
import { replace } from "./replace.js";

/** What native code made, by pid and by fd. */
export interface Natives {
  readonly pids: ReadonlyMap<number, Place>;
  readonly fds: ReadonlyMap<number, Place>;
}

/** Names of native functions that start a process or open a terminal, as in node-pty's `fork` and `open`. */
const makers = /fork|spawn|exec|open/i;
const fdNames = ["fd", "master", "slave"];
const most = 10_000;

/** Native modules make processes and PTYs past Node: what their functions return tells of it. */
export function noteNatives(places: Places): Natives {
  const pids = new Map<number, Place>();
  const fds = new Map<number, Place>();
  const note = (result: object, place: Place): void => {
    put(pids, Reflect.get(result, "pid"), place);
    for (const name of fdNames) put(fds, Reflect.get(result, name), place);
  };
  replace(process, "dlopen", (call) => (self, args) => {
    const loaded = call(self, args);
    const exports: unknown = isObject(args[0]) ? Reflect.get(args[0], "exports") : undefined;
    if (isObject(exports)) wrapMakers(exports, (result) => note(result, places.here()));
    return loaded;
  });
  return { pids, fds };
}

function wrapMakers(exports: object, note: (result: object) => void): void {
  for (const name of Object.keys(exports).filter((key) => makers.test(key))) {
    replace(exports, name, (call) => (self, args) => {
      const result = call(self, args);
      if (isObject(result)) note(result);
      return result;
    });
  }
}

/** The last ones, so that a number used again tells of its last use. */
function put(places: Map<number, Place>, number: unknown, place: Place): void {
  if (typeof number !== "number" || number < 0) return;
  places.delete(number);
  places.set(number, place);
  const [oldest] = places.keys();
  if (places.size > most && oldest !== undefined) places.delete(oldest);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
