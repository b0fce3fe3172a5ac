/**
 * Compares two heap snapshots, in a thread of its own: their text comes from the target, and must not be able to keep
 * the tool busy for ever, to fill its memory or to end it. Takes `{ chunk }` and `{ end: true }` for the one, then for
 * the other; says `taken` once the first is read, and tells the growth after the second.
 */
import { parentPort } from "node:worker_threads";
import { diffFromStreams, type HeapSnapshot } from "heap-snapshot-toolkit";
import { growthOf, type HeapGrowth } from "./heap-growth.js";

type Message = { readonly chunk: string } | { readonly end: true };

const texts = [text(), text()] as const;
let current = 0;

parentPort?.on("message", (message: Message) => {
  const writer = texts[current]?.writer;
  if ("chunk" in message) writer?.enqueue(message.chunk);
  else {
    writer?.close();
    current += 1;
  }
});

let last: HeapSnapshot | undefined;
for await (const step of diffFromStreams(texts[0].stream, texts[1].stream)) {
  if (step.type === "start") tell("taken");
  else if (step.type === "end") last = step.result;
  else if (last) tell(growthOf(last, step.result));
}
parentPort?.close();

function tell(what: "taken" | readonly HeapGrowth[]): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(what);
}

function text(): {
  readonly stream: ReadableStream<string>;
  readonly writer: ReadableStreamDefaultController<string>;
} {
  const made: { writer?: ReadableStreamDefaultController<string> } = {};
  const stream = new ReadableStream<string>({
    start(controller) {
      made.writer = controller;
    },
  });
  if (!made.writer) throw new Error("a stream calls start at once");
  return { stream, writer: made.writer };
}
