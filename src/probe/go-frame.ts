import type { StackFrame } from "../model/origin.js";

/**
 * The frame of a function line and its place, as an unrecovered panic prints them:
 * `main.(*hub).work(0xc000012, {0x1, ...})` and `/src/main.go:39 +0x1d`.
 */
export function frameOfDump(call: string, place: string): StackFrame {
  const open = call.endsWith(")") ? call.lastIndexOf("(") : -1;
  return { name: open > 0 ? call.slice(0, open) : call, ...placeOf(place.replace(/ \+0x[\da-f]+$/, "")) };
}

/**
 * The frame of a line of a profile with debug=1: `#\t0x68ee50\tmain.(*hub).work+0x30\t\t/src/main.go:39`, where the
 * columns are padded with tabs. Undefined for an address without a symbol.
 */
export function frameOfProfile(line: string): StackFrame | undefined {
  const [, , symbol, place] = line.split("\t").filter((part) => part !== "");
  if (symbol === undefined || place === undefined) return undefined;
  return { name: symbol.replace(/\+0x[\da-f]+$/, ""), ...placeOf(place) };
}

function placeOf(text: string): Pick<StackFrame, "file" | "line"> {
  const colon = text.lastIndexOf(":");
  const line = Number(text.slice(colon + 1));
  return colon > 0 && Number.isInteger(line) ? { file: text.slice(0, colon), line } : { file: text };
}

/** First elements of the import paths of the standard library (go list std, Go 1.26). */
const standard = new Set(
  `archive bufio bytes cmp compress container context crypto database debug embed encoding errors expvar flag fmt go
  hash html image index internal io iter log maps math mime net os path plugin reflect regexp runtime slices sort
  strconv strings structs sync syscall testing text time unicode unique unsafe vendor weak`.split(/\s+/),
);

/** True for a function of the standard library, e.g. `net/http.(*conn).serve`. */
export function isStandard({ name = "" }: StackFrame): boolean {
  const [first = ""] = name.split("/");
  return standard.has(first === name ? (name.split(".")[0] ?? "") : first);
}

/** `main.(*hub).serve at main.go:30`. */
export function frameText({ name = "a function without a name", file, line }: StackFrame): string {
  const base = file.slice(file.lastIndexOf("/") + 1);
  return `${name} at ${base}${line === undefined ? "" : `:${line}`}`;
}
