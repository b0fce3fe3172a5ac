/**
 * A name for a file of a history that no other process on any machine has.
 * @param random at least 8 hexadecimal digits
 */
export function segmentFileName(nowMs: number, random: string): string {
  const stamp = new Date(nowMs).toISOString().replaceAll(/[-:]/g, "").replace("T", "-").slice(0, 15);
  return `${stamp}-${random}.ndjson`;
}
