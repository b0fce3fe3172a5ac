/**
 * `0100007F:1F90` → `127.0.0.1:8080`; 32 hex digits → `[::1]:8080`. The kernel prints the address as
 * 32-bit words in the byte order of the machine (little-endian wherever Node runs today) and the port
 * as a number (Documentation/networking/proc_net_tcp.rst). Undefined where it is neither.
 */
export function parseAddress(text: string): string | undefined {
  const [, words, port] = /^((?:[0-9A-F]{8}){1,4}):([0-9A-F]{4})$/i.exec(text) ?? [];
  if (!words || !port) return undefined;
  const bytes = bytesOf(words);
  const portNumber = Number.parseInt(port, 16);
  if (bytes.length === 4) return `${bytes.join(".")}:${portNumber}`;
  return bytes.length === 16 ? `[${formatIpv6(bytes)}]:${portNumber}` : undefined;
}

function bytesOf(words: string): number[] {
  const bytes: number[] = [];
  for (let start = 0; start < words.length; start += 8) {
    const word = Number.parseInt(words.slice(start, start + 8), 16);
    bytes.push(word & 0xff, (word >> 8) & 0xff, (word >> 16) & 0xff, word >>> 24);
  }
  return bytes;
}

/** The text form of RFC 5952: lower case, no leading zeros, the longest run of zeros as `::`. */
export function formatIpv6(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0));
  if (isV4Mapped(groups)) return `::ffff:${bytes.slice(12).join(".")}`;
  const run = longestZeroRun(groups);
  const hex = groups.map((group) => group.toString(16));
  if (run.length < 2) return hex.join(":");
  return `${hex.slice(0, run.start).join(":")}::${hex.slice(run.start + run.length).join(":")}`;
}

function isV4Mapped(groups: readonly number[]): boolean {
  return groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
}

/** The first of the longest ones (RFC 5952, 4.2.3). */
function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let longest = { start: 0, length: 0 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > longest.length) longest = { start, length: index + 1 - start };
  }
  return longest;
}
