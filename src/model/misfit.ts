/** What is wrong with a value, beginning with where in it: `.processes[0].pid is no count`; undefined = nothing. */
export type Check = (value: unknown) => string | undefined;

const longestShown = 40;

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A check for one kind of value, named as in `is no count`. */
export function kind(name: string, fits: (value: unknown) => boolean): Check {
  return (value) => (fits(value) ? undefined : ` is no ${name}${found(value)}`);
}

/** JSON has no NaN, but 1e999 in it is read as Infinity. */
export const number: Check = kind("number", Number.isFinite);
/** A count is a whole number, 0 or more. */
export const count: Check = kind("count", (value) => Number.isSafeInteger(value) && Number(value) >= 0);
export const text: Check = kind("string", (value) => typeof value === "string");
export const flag: Check = kind("boolean", (value) => typeof value === "boolean");
export const list: Check = kind("array", Array.isArray);
/** Larger ones are not exact, and their squares could overflow. */
export const bytes: Check = kind("number of bytes", (value) => isWithin(value, 0));
export const positive: Check = kind("number above 0", (value) => isWithin(value, Number.MIN_VALUE));

function isWithin(value: unknown, least: number): boolean {
  return typeof value === "number" && value >= least && value <= Number.MAX_SAFE_INTEGER;
}

export function oneOf(names: readonly string[]): Check {
  const known = new Set<unknown>(names);
  return (value) => (known.has(value) ? undefined : ` is none of ${names.join(", ")}${found(value)}`);
}

/** Absent, null, or as the check says. */
export function maybe(check: Check): Check {
  return (value) => (value === undefined || value === null ? undefined : check(value));
}

/** An object whose fields are as their checks say; what else it has does not matter. */
export function object(fields: Readonly<Record<string, Check>>): Check {
  const entries = Object.entries(fields);
  return (value) => {
    if (!isObject(value)) return ` is no object${found(value)}`;
    for (const [name, check] of entries) {
      const misfit = check(value[name]);
      if (misfit !== undefined) return `.${name}${misfit}`;
    }
    return undefined;
  };
}

/** An array of which each member is as the check says. */
export function listOf(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return ` is no array${found(value)}`;
    for (let index = 0; index < value.length; index++) {
      const misfit = check(value[index]);
      if (misfit !== undefined) return `[${index}]${misfit}`;
    }
    return undefined;
  };
}

/** What was there in its place; nothing to say where nothing was. */
function found(value: unknown): string {
  if (value === undefined) return "";
  if (Array.isArray(value)) return " but an array";
  if (isObject(value)) return " but an object";
  return ` but ${shown(value)}`;
}

function shown(value: unknown): string {
  if (typeof value !== "string") return String(value);
  return JSON.stringify(value.length > longestShown ? `${value.slice(0, longestShown)}…` : value);
}
