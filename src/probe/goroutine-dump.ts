import type { StackFrame } from "../model/origin.js";
import { frameOfDump } from "./go-frame.js";
import { type GoroutineGroup, type Goroutines, maxGroups } from "./goroutines.js";

/** `goroutine 7 [chan receive, 5 minutes, locked to thread]:`; what is between the number and the bracket varies. */
const header = /^goroutine (\d+) .*?\[(.*)\]:$/;
const parent = / in goroutine (\d+)$/;
const waited = /, (\d+) minutes/;
/** Where a stack was too deep to be told in full. */
const elision = /^\.\.\./;
/** Follows, with the stack of whoever started it, under GODEBUG=tracebackancestors=1. */
const ancestry = /^\[originating from goroutine \d+\]/;

/** Where Go stops, whatever is left to tell (runtime/pprof, writeGoroutineStacks). */
export const dumpLimitBytes: number = 64 * 1024 ** 2;

interface Counting {
  readonly group: GoroutineGroup;
  /** Who it is that writes the profile for us, or what stands by it. */
  readonly role: "writer" | "reader" | "other";
  count: number;
  blockedMinutes: number;
}

interface Stack {
  readonly calls: string[];
  readonly places: string[];
}

interface Block extends Stack {
  readonly id: string;
  readonly status: string;
  /** The stack in which it was started, where that is told. */
  ancestor?: Stack;
}

/**
 * Counts the goroutines of `/debug/pprof/goroutine?debug=2` line by line, in the form of an unrecovered panic; only
 * one of each stack is kept. Not counted are those that answer the request itself: the one that writes, that of its
 * connection where a time-out handler stands between, and the reader in the background of that connection.
 * Sources: runtime/traceback.go (goroutineheader, printcreatedby), net/http/server.go (startBackgroundRead).
 */
export class GoroutineDump {
  readonly #kept = new Map<string, Counting>();
  /** Of the goroutines that answer us. */
  readonly #own = new Set<string>();
  #foreign = 0;
  #ungrouped = 0;
  #unclaimed = true;
  #lines = 0;
  #block: Block | undefined;

  /** @throws Error with the number and the start of the first line that is no goroutine where one should be. */
  line(text: string): void {
    this.#lines++;
    if (text === "") this.#close();
    else if (this.#block) extend(this.#block, text);
    else this.#block = this.#open(text);
  }

  /** Of a text that broke off, the last goroutine is not counted: half of a stack is another stack. */
  end(isCut: boolean): Goroutines {
    if (!isCut) this.#close();
    if (this.#kept.size === 0) throw new Error("no goroutine in it");
    const groups = [...this.#kept.values()].flatMap(({ group, count, blockedMinutes }) =>
      count === 0 ? [] : [{ ...group, count, blockedMinutes: blockedMinutes || undefined }],
    );
    return { total: this.#foreign, groups, ungrouped: this.#ungrouped };
  }

  #open(text: string): Block {
    const [, id, status = ""] = header.exec(text) ?? [];
    if (id !== undefined) return { id, status, calls: [], places: [] };
    throw new Error(`line ${this.#lines} is no goroutine: ${JSON.stringify(text.slice(0, 60))}`);
  }

  #close(): void {
    const block = this.#block;
    this.#block = undefined;
    if (!block) return;
    const counting = this.#countingOf(block);
    if (this.#isOurs(block, counting?.role)) return;
    this.#foreign++;
    if (!counting) {
      this.#ungrouped++;
      return;
    }
    counting.count++;
    counting.blockedMinutes = Math.max(counting.blockedMinutes, Number(waited.exec(block.status)?.[1] ?? 0));
  }

  #countingOf(block: Block): Counting | undefined {
    // The places alone tell stacks apart; the calls hold addresses that are always different.
    const key = [...block.places, "", ...(block.ancestor?.places ?? [])].join("\n");
    const known = this.#kept.get(key);
    if (known || this.#kept.size >= maxGroups) return known;
    const group = groupOf(block);
    const counting = { group, role: roleOf(group), count: 0, blockedMinutes: 0 };
    this.#kept.set(key, counting);
    return counting;
  }

  #isOurs(block: Block, role: Counting["role"] | undefined): boolean {
    if (role === "writer") this.#own.add(block.id).add(waiterFor(block) ?? block.id);
    if (this.#own.has(block.id)) return true;
    return role === "reader" && this.#own.size > 0 && this.#isOurReader(creatorId(block));
  }

  #isOurReader(creator: string | undefined): boolean {
    if (creator !== undefined) return this.#own.has(creator);
    // Before Go 1.21 no creator is told: one of them is ours.
    const isFirst = this.#unclaimed;
    this.#unclaimed = false;
    return isFirst;
  }
}

function creatorId({ calls }: Block): string | undefined {
  return parent.exec(calls.at(-1) ?? "")?.[1];
}

/** The goroutine of the connection, where a time-out handler runs the one that writes. */
function waiterFor(block: Block): string | undefined {
  const isApart = block.calls.at(-1)?.startsWith("created by net/http.(*timeoutHandler)") === true;
  return isApart ? creatorId(block) : undefined;
}

function extend(block: Block, text: string): void {
  if (ancestry.test(text)) block.ancestor = { calls: [], places: [] };
  else add(block.ancestor ?? block, text);
}

function add({ calls, places }: Stack, text: string): void {
  if (!text.startsWith("\t")) {
    if (!elision.test(text)) calls.push(text);
  } else if (places.length < calls.length) {
    places.push(text.slice(1));
  }
}

function framesOf({ calls, places }: Stack): StackFrame[] {
  return places.map((place, index) => frameOfDump(calls[index] ?? "", place));
}

function groupOf(block: Block): GoroutineGroup {
  const { status, calls, ancestor } = block;
  const frames = framesOf(block);
  const made = calls.findIndex((call) => call.startsWith("created by "));
  const createdBy = made < 0 || frames[made] === undefined ? undefined : creatorOf(frames[made]);
  const state = status.split(",")[0]?.replace(/ labels:.*$/, "");
  const startedIn = ancestor && framesOf(ancestor).filter(({ name = "" }) => !name.startsWith("created by "));
  return { count: 0, frames: made < 0 ? frames : frames.slice(0, made), createdBy, startedIn, state };
}

function creatorOf({ name = "", ...place }: StackFrame): StackFrame {
  return { name: name.slice("created by ".length).replace(parent, ""), ...place };
}

function roleOf({ frames, createdBy }: GoroutineGroup): Counting["role"] {
  if (frames.some(isWriter)) return "writer";
  return createdBy?.name === "net/http.(*connReader).startBackgroundRead" ? "reader" : "other";
}

/** True for a frame that writes a profile of goroutines. */
export function isWriter({ name = "" }: StackFrame): boolean {
  return name.startsWith("runtime/pprof.writeGoroutine");
}
