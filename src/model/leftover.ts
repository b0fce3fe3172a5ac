import type { FdEntry, ProcessEntry, PtyHold } from "./resource.js";

interface Born {
  /** Number of the batch since which it has been there; undefined = it came during the drain, or is not known. */
  readonly bornBatch: number | undefined;
}

/** One thing with an identity that was not there at the baseline and is there after the drain. */
export type Leftover =
  | (Born & { readonly kind: "fd"; readonly holder: ProcessEntry; readonly entry: FdEntry })
  | (Born & { readonly kind: "process" | "zombie"; readonly entry: ProcessEntry })
  | (Born & { readonly kind: "pty"; readonly hold: PtyHold });
