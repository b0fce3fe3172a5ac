import type { OriginGroup, StackFrame } from "../model/origin.js";
import { field } from "./field.js";
import { pathOf } from "./origins.js";

/** Mean bytes between two samples: the memory of a leak of 1 MB is seen at some 30 moments. */
export const samplingInterval: number = 32 * 1024;

const mostGroups = 500;
const mostFrames = 64;
const mostDepth = 128;
const mostNodes = 200_000;

interface Visit {
  readonly node: unknown;
  readonly stack: readonly StackFrame[];
}

/**
 * An answer of `HeapProfiler.getSamplingProfile`: what is alive on the heap by the stack that allocated it, those with
 * the most bytes. Lines are those at which the functions begin. Frames of Node and of the files below `hidden` are
 * left out.
 *
 * Source: https://chromedevtools.github.io/devtools-protocol/tot/HeapProfiler/#type-SamplingHeapProfileNode
 */
export function readSampledHeap(answer: unknown, hidden: string): OriginGroup[] {
  const groups = new Map<string, { stack: readonly StackFrame[]; bytes: number; count: number }>();
  for (const { node, stack } of visits(field(field(answer, "profile"), "head"), hidden)) {
    const bytes = ofHidden(node, hidden) ? 0 : size(field(node, "selfSize"));
    if (bytes === 0 || stack.length === 0) continue;
    const key = stack.map(({ file, line, column }) => `${file}:${line}:${column}`).join();
    const group = groups.get(key) ?? { stack, bytes: 0, count: 0 };
    groups.set(key, { ...group, bytes: group.bytes + bytes, count: group.count + 1 });
  }
  return [...groups.values()]
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, mostGroups)
    .map((group) => ({ kind: "memory", ...group, stack: group.stack.slice(0, mostFrames) }));
}

/** Every node with its stack, itself included; no deeper and no more than is bearable. */
function* visits(head: unknown, hidden: string): Generator<Visit> {
  const left: Visit[] = [{ node: head, stack: [] }];
  for (let seen = 0; seen < mostNodes; seen++) {
    const next = left.pop();
    if (!next) return;
    const stack = framesAt(field(next.node, "callFrame"), { stack: next.stack, hidden });
    yield { node: next.node, stack };
    const children: unknown = field(next.node, "children");
    if (!Array.isArray(children) || stack.length >= mostDepth) continue;
    for (const child of children as unknown[]) left.push({ node: child, stack });
  }
}

function framesAt(
  frame: unknown,
  { stack, hidden }: { readonly stack: readonly StackFrame[]; readonly hidden: string },
): readonly StackFrame[] {
  const [url, name] = [field(frame, "url"), field(frame, "functionName")];
  const [line, column] = [field(frame, "lineNumber"), field(frame, "columnNumber")];
  if (typeof url !== "string" || typeof line !== "number" || typeof column !== "number") return stack;
  if (url === "" || url.startsWith("node:") || url.startsWith(hidden)) return stack;
  const place = { file: pathOf(url), line: line + 1, column: column + 1 };
  return [typeof name === "string" && name !== "" ? { ...place, name } : place, ...stack];
}

/** Made by the tracing itself. */
function ofHidden(node: unknown, hidden: string): boolean {
  const url = field(field(node, "callFrame"), "url");
  return typeof url === "string" && url.startsWith(hidden);
}

function size(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : 0;
}
