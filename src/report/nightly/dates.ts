import { escapeHtml } from "../page/escape.js";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `2026-11-20` → `20 Nov`, of another year `20 Nov 2025`. What is no date stays as it is, made harmless. */
export function dayText(night: string, year: number): string {
  const [, ofYear, month = "", day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(night) ?? [];
  const name = months[Number(month) - 1];
  if (name === undefined) return escapeHtml(night);
  const short = `${Number(day)} ${name}`;
  return Number(ofYear) === year ? short : `${short} ${ofYear}`;
}

/** With the year, always. */
export function fullDay(night: string): string {
  return dayText(night, Number.NaN);
}
