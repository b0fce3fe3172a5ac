import { executionAsyncResource } from "node:async_hooks";
import { captureStack } from "./stack.js";

/** Where something was made: the number of its stack, then those of what asked for it, nearest first. */
export type Place = readonly number[];

/** How many askers are remembered beside the stack itself. */
const mostLinks = 2;
/** Different stacks; a program has some hundred that make anything. */
const mostStacks = 20_000;

/** Every stack once, and which stack the code now running was asked for by. */
export class Places {
  readonly #stacks: string[] = [""];
  readonly #numbers = new Map<string, number>([["", 0]]);
  readonly #askers = new WeakMap<object, Place>();

  /** The place of the running code. */
  here(asker: Place | undefined = this.asker()): Place {
    return [this.#number(captureStack()), ...(asker ?? [])].slice(0, 1 + mostLinks);
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

  /** The stacks of a place as V8 prints them, innermost first. */
  stacks(place: Place): string[] {
    return place.flatMap((number) => this.#stacks[number] || []);
  }

  #number(stack: string): number {
    const known = this.#numbers.get(stack);
    if (known !== undefined) return known;
    if (this.#stacks.length >= mostStacks) return 0;
    this.#numbers.set(stack, this.#stacks.length);
    return this.#stacks.push(stack) - 1;
  }
}
