import { executionAsyncResource } from "node:async_hooks";
import { captureCalls, framesOf, keyOf, type TracedFrame } from "./stack.js";

/** Where something was made: the number of its stack, then those of what asked for it, nearest first. */
export type Place = readonly number[];

/** All that is in the folder of this file traces; a stack names modules by URL. */
export const home: string = new URL(".", import.meta.url).href;

/** How many askers are remembered beside the stack itself. */
const mostLinks = 2;
/** Different stacks; a program has some hundred that make anything. */
const mostStacks = 20_000;

/** Every stack once, and which stack the code now running was asked for by. */
export class Places {
  readonly #stacks: (readonly TracedFrame[])[] = [[]];
  readonly #numbers = new Map<string, number>();
  readonly #askers = new WeakMap<object, Place>();

  /** The place of the running code. */
  here(asker: Place | undefined = this.asker()): Place {
    return [this.#number(captureCalls()), ...(asker ?? [])].slice(0, 1 + mostLinks);
  }

  /** The place that made the resource in whose callback we are. */
  asker(): Place | undefined {
    return this.#askers.get(executionAsyncResource());
  }

  of(resource: object): Place | undefined {
    return this.#askers.get(resource);
  }

  /** Whatever is made in the callbacks of `resource` was asked for at `place`. */
  remember(resource: object, place: Place): void {
    this.#askers.set(resource, place);
  }

  /** The frames of a place, innermost first. */
  frames(place: Place): TracedFrame[] {
    return place.flatMap((number) => this.#stacks[number] ?? []);
  }

  #number(calls: readonly NodeJS.CallSite[]): number {
    if (calls.length === 0) return 0;
    const key = keyOf(calls);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    if (this.#stacks.length >= mostStacks) return 0;
    this.#numbers.set(key, this.#stacks.length);
    return this.#stacks.push(framesOf(calls, home)) - 1;
  }
}
