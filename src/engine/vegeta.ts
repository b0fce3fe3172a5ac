import { countAt, fieldAt, jsonIn } from "./json.js";
import type { Said, Tally } from "./said.js";

/**
 * Requests ("hits") of vegeta: `vegeta report -type=json`, or its text.
 * Source: https://github.com/tsenart/vegeta#report-command, as vegeta 12.13 prints it.
 */
export function vegetaTally({ stdout, report }: Said): Tally | undefined {
  return fromJson(jsonIn(report)) ?? fromJson(jsonIn(stdout)) ?? fromText(stdout);
}

function fromJson(report: unknown): Tally | undefined {
  const all = countAt(report, "requests");
  const share = fieldAt(report, "success");
  if (all === undefined || typeof share !== "number") return undefined;
  return divided(all, share);
}

function fromText(text: string): Tally | undefined {
  const all = /^Requests +\[total, rate, throughput\] +(\d+),/m.exec(text)?.[1];
  const percent = /^Success +\[ratio\] +([\d.]+)%/m.exec(text)?.[1];
  if (all === undefined || percent === undefined) return undefined;
  return divided(Number(all), Number(percent) / 100);
}

function divided(all: number, share: number): Tally {
  const landed = Math.min(all, Math.max(0, Math.round(all * share)));
  return { landed, failed: all - landed };
}
