/**
 * Something that could not be read. A gap is named in the sample; it never
 * becomes a zero and never ends the run.
 */
export interface Gap {
  /** What was to be read, e.g. `/proc/4127/fd`. */
  readonly what: string;
  /** Why it could not, e.g. `EACCES`, `ESRCH`, `hidden`, `malformed`. */
  readonly why: string;
  readonly pid?: number | undefined;
}

/** The outcome of reading one thing: the value, or the gap that it left. */
export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly gap: Gap };

export function read<T>(value: T): Reading<T> {
  return { ok: true, value };
}

export function gap(what: string, why: string, pid?: number): Reading<never> {
  return { ok: false, gap: { what, why, ...(pid === undefined ? {} : { pid }) } };
}

/** The value of a reading, or undefined where there is a gap. */
export function valueOf<T>(reading: Reading<T>): T | undefined {
  return reading.ok ? reading.value : undefined;
}
