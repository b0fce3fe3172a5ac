import { inertJson } from "../inert.js";

/** For machines; what is not known is null. */
export function renderHistoryJson(document: object): string {
  const text = JSON.stringify({ version: 1, ...document }, (_, value: unknown) => value ?? null, 2);
  return `${inertJson(text)}\n`;
}
