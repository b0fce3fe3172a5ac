const durationUnits: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const byteUnits: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
};

/** `250ms`, `1.5s`, `10m`, `1h`, `1h30m` → milliseconds; undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) return undefined;
  const parts = text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g);
  return [...parts].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (durationUnits[unit ?? ""] ?? 0),
    0,
  );
}

/** `64MiB`, `1 GB`, `512B` → bytes; undefined when it is none. */
export function parseBytes(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB|KiB|MiB|GiB)$/.exec(text);
  if (!match) return undefined;
  return Math.round(Number(match[1]) * (byteUnits[match[2] ?? ""] ?? 0));
}

/** 1234567 → `1.2 MiB`; negative values keep their sign. */
export function formatBytes(bytes: number): string {
  const size = Math.abs(bytes);
  const unit = ["GiB", "MiB", "KiB"].find((name) => size >= (byteUnits[name] ?? 0)) ?? "B";
  const scaled = bytes / (byteUnits[unit] ?? 1);
  return `${formatNumber(scaled)} ${unit}`;
}

/** 950 → `950 ms`, 5400000 → `1.5 h`, 1e9 → `12 d`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const unit = ms < 120_000 ? "s" : ms < 7_200_000 ? "m" : ms < 172_800_000 ? "h" : "d";
  const names: Readonly<Record<string, string>> = { s: "s", m: "min", h: "h", d: "d" };
  return `${formatNumber(ms / (durationUnits[unit] ?? 1))} ${names[unit]}`;
}

/** At most three significant digits, no exponent: 0.00412 → `0.0041`, 1234.5 → `1235`. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value)) return String(Math.round(value));
  if (size >= 10) return trimZeros(value.toFixed(1));
  if (size >= 1) return trimZeros(value.toFixed(2));
  return trimZeros(value.toPrecision(2));
}

function trimZeros(text: string): string {
  return text.includes(".") && !text.includes("e") ? text.replace(/\.?0+$/, "") : text;
}
