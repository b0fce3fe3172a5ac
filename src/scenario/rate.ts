import { byteCount } from "./units.js";

/** How every rate of the file ends: `… per operation`, `… per 250 operations`. */
const perOperations = "per (operation|[1-9]\\d{0,8} operations)$";

/** `1 per 250 operations` */
export const countRatePattern: RegExp = new RegExp(`^[1-9]\\d{0,8} ${perOperations}`);
/** `20KiB per operation` */
export const byteRatePattern: RegExp = new RegExp(
  `^(?=[\\d.]*[1-9])\\d+(\\.\\d+)?\\s*(B|KB|MB|GB|KiB|MiB|GiB) ${perOperations}`,
);

/** Units left per operation, of a text that the schema has let pass. */
export function countRate(text: string): number {
  const { amount, operations } = partsOf(text);
  return Number(amount) / operations;
}

/** Bytes left per operation, of a text that the schema has let pass. */
export function byteRate(text: string): number {
  const { amount, operations } = partsOf(text);
  return byteCount(amount) / operations;
}

function partsOf(text: string): { readonly amount: string; readonly operations: number } {
  const [amount = "", tail = ""] = text.split(" per ");
  return { amount, operations: tail === "operation" ? 1 : Number.parseInt(tail, 10) };
}
