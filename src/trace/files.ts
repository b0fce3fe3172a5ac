import fs, { type Stats } from "node:fs";
import { Noted } from "./noted.js";
import type { Place, Places } from "./places.js";
import { replace } from "./replace.js";

interface OpenFile {
  readonly place: Place;
  /** Device and inode: tells that the number has been taken by something else since. */
  readonly identity: string;
}

export interface Files {
  /** Numbers are small, so the table is as large as the most fds ever open at once. */
  readonly numbers: ReadonlyMap<number, OpenFile>;
  /** What `fs.promises.open` gives; its `fd` is -1 once it is closed. */
  readonly handles: Noted<object>;
}

const { fstatSync } = fs;

/** Notes where files are opened: `fs.open`, `fs.openSync`, `fs.promises.open`, file streams. */
export function noteFiles(places: Places): Files {
  const numbers = new Map<number, OpenFile>();
  const constructed = noteStreams(places);
  const note = (fd: unknown, place: Place): void => {
    const identity = typeof fd === "number" ? identityOf(fd) : undefined;
    if (typeof fd === "number" && identity !== undefined) numbers.set(fd, { place, identity });
  };
  const here = (): Place => places.here(constructed.running ?? places.asker());
  replace(fs, "openSync", (call) => (self, args) => {
    const fd = call(self, args);
    note(fd, here());
    return fd;
  });
  replace(fs, "open", (call) => (self, args) => {
    const place = here();
    return call(
      self,
      withLast(args, (fd) => note(fd, place)),
    );
  });
  for (const name of ["close", "closeSync"]) {
    replace(fs, name, (call) => (self, args) => {
      if (typeof args[0] === "number") numbers.delete(args[0]);
      return call(self, args);
    });
  }
  return { numbers, handles: noteHandles(places) };
}

/** Node makes the handle in a callback without any context, so that the call is where its place can be seen. */
function noteHandles(places: Places): Noted<object> {
  const handles = new Noted<object>((handle) => Reflect.get(handle, "fd") === -1);
  let count = 0;
  const note = (handle: unknown, place: Place): unknown => {
    if (typeof handle === "object" && handle !== null)
      handles.add(count++, handle, { type: "FileHandle", place });
    return handle;
  };
  replace(fs.promises, "open", (call) => (self, args) => {
    const place = places.here();
    const opened = call(self, args);
    return opened instanceof Promise ? opened.then((handle: unknown) => note(handle, place)) : opened;
  });
  return handles;
}

/** The file's device and inode; undefined = the fd is not open. */
export function identityOf(fd: number): string | undefined {
  try {
    const { dev, ino, rdev }: Stats = fstatSync(fd);
    return `${dev}:${ino}:${rdev}`;
  } catch {
    return undefined;
  }
}

/** A file stream opens its file a tick after it was made: the place of the making is kept until then. */
function noteStreams(places: Places): { running: Place | undefined } {
  const made = new WeakMap<object, Place>();
  const constructed: { running: Place | undefined } = { running: undefined };
  for (const name of ["createReadStream", "createWriteStream"]) {
    replace(fs, name, (call) => (self, args) => {
      const stream = call(self, args);
      if (typeof stream === "object" && stream !== null) made.set(stream, places.here());
      return stream;
    });
  }
  for (const { prototype } of [fs.ReadStream, fs.WriteStream]) {
    replace(prototype, "_construct", (call) => (self, args) => {
      constructed.running = typeof self === "object" && self !== null ? made.get(self) : undefined;
      try {
        return call(self, args);
      } finally {
        constructed.running = undefined;
      }
    });
  }
  return constructed;
}

/** The arguments with a callback at their end that first tells its result. */
function withLast(args: readonly unknown[], tell: (result: unknown) => void): unknown[] {
  const last = args.at(-1);
  if (typeof last !== "function") return [...args];
  const told = function (this: unknown, error: unknown, ...results: unknown[]): unknown {
    if (!error) tell(results[0]);
    return Reflect.apply(last, this, [error, ...results]);
  };
  return [...args.slice(0, -1), told];
}
