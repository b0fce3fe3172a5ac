import { isIPv6 } from "node:net";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { valueOf } from "../../src/model/reading.js";
import { formatIpv6, parseAddress } from "../../src/proc/socket-address.js";
import { parseTcp, parseUnix, readSockets } from "../../src/proc/sockets.js";
import { frozen } from "./frozen.js";

const ipv6Bytes = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 255 })), {
  minLength: 16,
  maxLength: 16,
});

/** As the kernel of a little-endian machine prints it. */
function kernelHex(bytes: readonly number[]): string {
  const word = (start: number): number => Buffer.from(bytes).readUInt32LE(start);
  return bytes
    .flatMap((_, index) => (index % 4 === 0 ? [word(index).toString(16).padStart(8, "0")] : []))
    .join("")
    .toUpperCase();
}

describe("parseAddress", () => {
  it.each([
    ["0100007F:1F90", "127.0.0.1:8080"],
    ["00000000:0000", "0.0.0.0:0"],
    ["0E01A8C0:FFFF", "192.168.1.14:65535"],
    ["00000000000000000000000001000000:1F90", "[::1]:8080"],
    ["00000000000000000000000000000000:0000", "[::]:0"],
    ["0000000000000000FFFF00000100007F:1F90", "[::ffff:127.0.0.1]:8080"],
    ["B80D0120000000000000000001000000:01BB", "[2001:db8::1]:443"],
    ["B80D0120000001000000010001000000:01BB", "[2001:db8:1:0:1::1]:443"],
  ])("%s → %s", (text, expected) => {
    expect(parseAddress(text)).toBe(expected);
  });

  it.each(["", "0100007F", "0100007F:1F9", "0100007G:1F90", "0100007F0100007F:1F90", "100007F:1F90"])(
    "takes %j for no address",
    (text) => {
      expect(parseAddress(text)).toBeUndefined();
    },
  );

  it("gives back every IPv4 address and port", () => {
    const bytes = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(bytes, fc.integer({ min: 0, max: 65535 }), (bytes, port) => {
        const text = `${kernelHex(bytes)}:${port.toString(16).padStart(4, "0")}`;
        expect(parseAddress(text)).toBe(`${bytes.join(".")}:${port}`);
      }),
    );
  });

  it("writes every IPv6 address as the URL standard does", () => {
    fc.assert(
      fc.property(ipv6Bytes, (bytes) => {
        const text = formatIpv6(bytes);
        expect(isIPv6(text)).toBe(true);
        const canonical = new URL(`http://[${text}]/`).hostname;
        if (!text.includes(".")) expect(`[${text}]`).toBe(canonical);
        expect(parseAddress(`${kernelHex(bytes)}:0050`)).toBe(`[${text}]:80`);
      }),
    );
  });
});

describe("parseTcp", () => {
  const header =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
  const line = (state: string): string =>
    `   0: 0100007F:1F90 0100007F:D431 ${state} 00000000:00000000 00:00000000 00000000  1000        0 1701 1 0\n`;

  it.each([
    ["01", "ESTABLISHED"],
    ["02", "SYN_SENT"],
    ["03", "SYN_RECV"],
    ["04", "FIN_WAIT1"],
    ["05", "FIN_WAIT2"],
    ["07", "CLOSE"],
    ["08", "CLOSE_WAIT"],
    ["09", "LAST_ACK"],
    ["0A", "LISTEN"],
    ["0B", "CLOSING"],
    ["0C", "NEW_SYN_RECV"],
  ])("state %s is %s", (hex, name) => {
    expect(parseTcp(header + line(hex), "tcp")?.map((socket) => socket.state)).toEqual([name]);
  });

  it("leaves out TIME_WAIT, and what has no inode", () => {
    const orphaned = line("04").replace(" 1701 ", " 0 ");
    const text = header + line("06") + line("01") + orphaned;
    expect(parseTcp(text, "tcp")?.map((socket) => socket.state)).toEqual(["ESTABLISHED"]);
  });

  it("takes an empty table for no sockets, but no table for malformed", () => {
    expect(parseTcp(header, "tcp")).toEqual([]);
    expect(parseTcp("", "tcp")).toBeUndefined();
    expect(parseTcp(header + line("FF"), "tcp")).toBeUndefined();
    expect(parseTcp(header + line("01").slice(0, 60), "tcp")).toBeUndefined();
  });
});

describe("parseUnix", () => {
  it("is malformed without its header", () => {
    expect(parseUnix("")).toBeUndefined();
  });
});

describe("readSockets", () => {
  const root = frozen("malformed");

  it("joins the three tables by inode, without those that nobody holds", () => {
    expect([...(valueOf(readSockets(frozen("server"), 4242))?.values() ?? [])]).toEqual([
      {
        protocol: "tcp6",
        inode: 1702,
        state: "ESTABLISHED",
        local: "[::ffff:127.0.0.1]:8080",
        peer: "[::ffff:127.0.0.1]:54323",
      },
      { protocol: "tcp6", inode: 1703, state: "LISTEN", local: "[2001:db8::1]:443", peer: "[::]:0" },
      { protocol: "unix", inode: 1661, state: "CONNECTED", local: "", peer: "" },
      { protocol: "unix", inode: 20115, state: "LISTEN", local: "/run/chat room.sock", peer: "" },
      { protocol: "unix", inode: 20116, state: "UNCONNECTED", local: "@abstract", peer: "" },
      { protocol: "tcp", inode: 1665, state: "LISTEN", local: "127.0.0.1:8080", peer: "0.0.0.0:0" },
      { protocol: "tcp", inode: 1701, state: "CLOSE_WAIT", local: "127.0.0.1:8080", peer: "127.0.0.1:54321" },
    ]);
  });

  it("does without tcp6 and unix where the kernel has none", () => {
    const sockets = valueOf(readSockets(root, 4244));
    expect([...(sockets?.keys() ?? [])]).toEqual([1665, 1701]);
  });

  it("names a malformed table, and a missing one", () => {
    expect(readSockets(root, 4242)).toMatchObject({ gap: { what: `${root}/4242/net/tcp` } });
    expect(readSockets(root, 4243)).toMatchObject({ gap: { why: "malformed: ?\n" } });
    expect(readSockets(root, 5)).toMatchObject({ gap: { what: `${root}/5/net/tcp`, why: "ENOENT" } });
  });
});
