import type { NightResult } from "../../model/history.js";
import { relativeHref } from "../page/escape.js";
import { dayText } from "./dates.js";
import { kindOf, kindWords, type NightKind } from "./night-kind.js";

const step = 10;
const height = 24;
/** As wide as a thumb hits, and never wider than the page. */
const stepPx = 18;
const mostPx = 720;
/** So many stretches are told; the table of nights has the others. */
const mostStretches = 12;

/** A shape for each kind, 8 wide and from 0 to 24 high, so that colour is not needed: drawn at the pen's place. */
const shapes: Readonly<Record<NightKind, string>> = {
  p: "m0 16h8v8h-8z",
  f: "h8v24h-8z",
  u: "m0 8h8v5h-8zm0 11h8v5h-8z",
  b: "h8v24h-8zm2 4v16h4v-16z",
  q: "m8 0v24h-8z",
  g: "m2 21h4v3h-4z",
};

/** The nights of one row, told in what year the page is read. */
export interface Nights {
  readonly axis: readonly string[];
  readonly results: readonly (NightResult | undefined)[];
  readonly year: number;
}

/** A picture for the eye and the mouse; `stripWords` and the table of nights say the same to everybody. */
export function strip(nights: Nights): string {
  const width = nights.axis.length * step;
  const size = `width="${Math.min(nights.axis.length * stepPx, mostPx)}" height="${height}"`;
  const cells = nights.axis.map((_, index) => cell(nights, index)).join("");
  return `<svg class="strip" ${size} viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" aria-hidden="true">${cells}</svg>`;
}

/** One shape, for the legend. */
export function sample(kind: NightKind): string {
  return `<svg class="key" width="10" height="16" viewBox="0 0 8 24" preserveAspectRatio="none" aria-hidden="true">${shape(kind, 0)}</svg>`;
}

function cell(nights: Nights, index: number): string {
  const result = nights.results[index];
  const inside = `<title>${titleOf(nights, index)}</title>${shape(kindOf(result), index * step + 1)}`;
  if (result?.report === undefined) return `<g>${inside}</g>`;
  return `<a href="${relativeHref(result.report)}" tabindex="-1">${inside}</a>`;
}

function shape(kind: NightKind, x: number): string {
  return `<path class="${kind}" d="M${x} 0${shapes[kind]}"/>`;
}

function titleOf({ axis, results, year }: Nights, index: number): string {
  const result = results[index];
  const leaks = new Set(result?.findings.map(({ criterion }) => criterion));
  const of = leaks.size === 0 ? "" : ` (${[...leaks].join(", ")})`;
  return `${dayText(axis[index] ?? "", year)}: ${kindWords(result)}${of}`;
}

/** `1 Nov to 19 Nov pass, 20 Nov to 26 Nov leak, 27 Nov to 30 Nov pass` */
export function stripWords({ axis, results, year }: Nights): string {
  const stretches = stretchesOf(results.map(kindWords));
  const told = stretches.slice(-mostStretches).map(({ from, to, kind }) => {
    const [first, last] = [axis[from] ?? "", axis[to] ?? ""].map((night) => dayText(night, year));
    return from === to ? `${first} ${kind}` : `${first} to ${last} ${kind}`;
  });
  return [...(told.length < stretches.length ? ["before that see the table"] : []), ...told].join(", ");
}

interface Stretch {
  readonly from: number;
  to: number;
  readonly kind: string;
}

function stretchesOf(kinds: readonly string[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const [index, kind] of kinds.entries()) {
    const open = stretches.at(-1);
    if (open?.kind === kind) open.to = index;
    else stretches.push({ from: index, to: index, kind });
  }
  return stretches;
}
