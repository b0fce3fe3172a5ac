import type { OriginGroup, StackFrame } from "../model/origin.js";

/** A frame of a binary, which knows no lines. */
export interface BinaryFrame extends StackFrame {
  /** Offset in the binary, as addr2line takes it. */
  readonly address: number;
}

/** Things that were made by one call stack. */
export interface BinaryGroup extends OriginGroup {
  readonly stack: readonly BinaryFrame[];
}

type Stack = BinaryFrame[];
/** Stacks by fd, of all threads that share one table; or by pid, of children. */
type Table = Map<number, Stack>;

/** Longer lines are no call that opens something. */
const mostLine = 16 * 1024;
const mostFrames = 64;
/** Beyond this many, what is known of the oldest processes is forgotten. */
const mostProcesses = 10_000;
/** A child of a process that has more fds starts without what is known of them. */
const mostInherited = 4096;

/**
 * Reads the output of `strace -f -k`: which call made each open file descriptor and each process. It comes in pieces,
 * and what is kept of it is bounded by what can be open. A number that is used anew overwrites what was known of it.
 */
export class StraceText {
  #rest = "";
  #skipping = false;
  readonly #tables = new Map<number, Table>();
  readonly #children: Table = new Map();
  /** Of threads that wait in a call: its words so far. */
  readonly #unfinished = new Map<number, string>();
  readonly #stacks = new Map<string, Stack>();
  #reading: { readonly stack: Stack; readonly done: (stack: Stack) => void } | undefined;

  push(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      if (!this.#skipping) this.#line(line);
      this.#skipping = false;
    }
    if (this.#rest.length <= mostLine) return;
    this.#rest = "";
    this.#skipping = true;
  }

  /** Of the processes that are there. Call it when all was pushed that there is. */
  groups(isThere: (pid: number) => boolean): BinaryGroup[] {
    this.#endStack();
    const alive = [...this.#children].filter(([pid]) => isThere(pid));
    // Threads come after the process that began them, and have its table.
    const tables = new Map([...this.#tables].toReversed().map(([pid, table]) => [table, pid]));
    const fds = [...tables].filter(([, pid]) => isThere(pid));
    return [
      ...fds.flatMap(([table, pid]) => grouped("fd", table).map((group) => ({ ...group, pid }))),
      ...grouped("process", new Map(alive)),
    ];
  }

  #line(line: string): void {
    if (line.startsWith(" > ")) {
      const frame = frameOf(line);
      const stack = this.#reading?.stack;
      if (frame && stack && stack.length < mostFrames) stack.push(frame);
      return;
    }
    this.#endStack();
    const [, tid = "", said = ""] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    if (tid !== "") this.#said(Number(tid), said);
  }

  #endStack(): void {
    const reading = this.#reading;
    this.#reading = undefined;
    if (!reading) return;
    const key = reading.stack.map(({ file, address }) => `${file} ${address}`).join("\n");
    const known = this.#stacks.get(key) ?? reading.stack;
    if (this.#stacks.size < mostProcesses) this.#stacks.set(key, known);
    reading.done(known);
  }

  #said(tid: number, said: string): void {
    const [, begun] = /^(.*?) <unfinished \.\.\.>$/.exec(said) ?? [];
    if (begun !== undefined) {
      this.#unfinished.set(tid, begun);
      return;
    }
    const resumed = /^<\.\.\. \S+ resumed>(.*)$/.exec(said)?.[1];
    const call = resumed === undefined ? said : (this.#unfinished.get(tid) ?? "") + resumed;
    this.#unfinished.delete(tid);
    const made = madeBy(call);
    if (made) this.#reading = { stack: [], done: (stack) => this.#made(tid, made, stack) };
  }

  #made(tid: number, made: Made, stack: Stack): void {
    const table = tableIn(this.#tables, tid);
    for (const fd of made.fds) table.set(fd, stack);
    const { child } = made;
    if (child === undefined) return;
    if (!made.sharesFds) this.#children.set(child, stack);
    this.#tables.delete(child);
    this.#tables.set(child, made.sharesFds ? table : inherited(table));
    forgetOldest(this.#tables);
    forgetOldest(this.#children);
  }
}

interface Made {
  readonly fds: readonly number[];
  readonly child?: number;
  /** A thread, or one that is as good as that. */
  readonly sharesFds: boolean;
}

/** What a call that has ended well made: `openat(AT_FDCWD, ""..., O_RDONLY) = 3`. */
function madeBy(call: string): Made | undefined {
  const name = /^\w+/.exec(call)?.[0] ?? "";
  const result = /\)\s+= (\d+)(?: |$)/.exec(call)?.[1];
  if (result === undefined || (name === "fcntl" && !call.includes("F_DUPFD"))) return undefined;
  if (/^(clone3?|v?fork)$/.test(name))
    return { fds: [], child: Number(result), sharesFds: call.includes("CLONE_FILES") };
  const isPair = /^(pipe2?|socketpair)$/.test(name);
  return { fds: isPair ? pairIn(call) : [Number(result)], sharesFds: false };
}

function pairIn(call: string): number[] {
  const [, one, other] = /\[(\d+), (\d+)\]/.exec(call) ?? [];
  return one === undefined ? [] : [Number(one), Number(other)];
}

/** ` > /usr/lib/libc.so.6(__open64+0x51) [0xf8011]` */
function frameOf(line: string): BinaryFrame | undefined {
  const [, place, address] = /^ > (.+) \[0x([\da-f]+)\]$/.exec(line) ?? [];
  if (place === undefined || address === undefined) return undefined;
  const [, file, name] = /^(.+?)\((?:(.+)\+0x[\da-f]+)?\)$/.exec(place) ?? [];
  const known = { file: file ?? place, address: Number.parseInt(address, 16) };
  return name === undefined ? known : { name, ...known };
}

function grouped(kind: "fd" | "process", table: Table): BinaryGroup[] {
  const ids = new Map<Stack, number[]>();
  for (const [id, stack] of table) {
    const known = ids.get(stack);
    if (known) known.push(id);
    else ids.set(stack, [id]);
  }
  return [...ids].map(([stack, ids]) => ({ kind, count: ids.length, ids, stack }));
}

function tableIn(tables: Map<number, Table>, pid: number): Table {
  const known = tables.get(pid);
  if (known) return known;
  const table: Table = new Map();
  tables.set(pid, table);
  return table;
}

function inherited(table: Table): Table {
  return table.size > mostInherited ? new Map() : new Map(table);
}

function forgetOldest(map: Map<number, unknown>): void {
  const [oldest] = map.keys();
  if (map.size > mostProcesses && oldest !== undefined) map.delete(oldest);
}
