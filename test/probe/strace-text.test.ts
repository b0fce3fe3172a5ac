import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StraceText } from "../../src/probe/strace-text.js";

/** As strace 6.1 prints it, shortened. */
const printed = `17360 openat(AT_FDCWD, ""..., O_RDONLY|O_CLOEXEC) = 3
 > /usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2(_dl_catch_error+0x869d) [0x20b1d]
17360 openat(AT_FDCWD, ""..., O_RDONLY) = 3
 > /usr/lib/x86_64-linux-gnu/libc.so.6(__open64+0x51) [0xf8011]
 > /srv/l(leaky+0x1a) [0x11a3]
 > /srv/l(main+0x9) [0x11c4]
17360 openat(AT_FDCWD, ""..., O_RDONLY|O_CLOEXEC) = -1 ENOENT (No such file or directory)
 > /srv/l(main+0x9) [0x11c4]
17360 clone3({flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD, child_tid=0x7f49, exit_signal=0} <unfinished ...>
17361 openat(AT_FDCWD, ""..., O_RDONLY <unfinished ...>
17360 <... clone3 resumed> => {parent_tid=[17361]}, 88) = 17361
 > /usr/lib/x86_64-linux-gnu/libc.so.6(__xmknodat+0x229) [0x1098d9]
17361 <... openat resumed>)             = 4
 > /srv/l(std::vector<int, std::allocator<int> >::push_back(int const&)+0x1a) [0x11a3]
 > /srv/l(th+0x9) [0x11b1]
17360 pipe2([5, 6], O_CLOEXEC)          = 0
 > /srv/l() [0x1200]
17360 fcntl(3, F_SETFD, FD_CLOEXEC)     = 0
 > /srv/l(main+0x20) [0x11d0]
17360 fcntl(3, F_DUPFD_CLOEXEC, 0)      = 7
 > /srv/l(main+0x24) [0x11d4]
17360 clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x7f49) = 17362
 > /usr/lib/x86_64-linux-gnu/libc.so.6(_Fork+0x23) [0xd4353]
 > /srv/l(main+0x38) [0x11f3]
17362 openat(AT_FDCWD, ""..., O_RDONLY) = 8
 > /srv/l(leaky+0x1a) [0x11a3]
 > [vdso](__vdso_time+0x1) [0x1]
17362 exit_group(0)                     = ?
 > /srv/l(main+0x41) [0x11fc]
`;

function read(pieces: readonly string[]): StraceText {
  const text = new StraceText();
  for (const piece of pieces) text.push(piece);
  return text;
}

/** `pid/fd: names of the frames` or `child pid: …`. */
function told(text: StraceText): string[] {
  const groups = text.groups(() => true);
  const lines = groups.flatMap(({ kind, pid, ids = [], stack }) => {
    const names = stack.map(({ name, file }) => name ?? file).join(" ");
    return ids.map((id) => `${kind === "fd" ? `${pid}/${id}` : `child ${id}`}: ${names}`);
  });
  return lines.sort();
}

const everything = [
  "17360/3: __open64 leaky main",
  "17360/4: std::vector<int, std::allocator<int> >::push_back(int const&) th",
  "17360/5: /srv/l",
  "17360/6: /srv/l",
  "17360/7: main",
  // What was open at the fork was opened by the parent.
  "17362/3: __open64 leaky main",
  "17362/4: std::vector<int, std::allocator<int> >::push_back(int const&) th",
  "17362/5: /srv/l",
  "17362/6: /srv/l",
  "17362/7: main",
  "17362/8: leaky __vdso_time",
  "child 17362: _Fork main",
];

describe("what strace prints", () => {
  it("is read into who opened what", () => {
    expect(told(read([printed]))).toEqual(everything);
  });

  it("however it comes in pieces", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(printed.length), { maxLength: 20 }), (cuts) => {
        const ends = [0, ...cuts.sort((a, b) => a - b), printed.length];
        const pieces = ends.slice(1).map((end, index) => printed.slice(ends[index], end));
        expect(told(read(pieces))).toEqual(everything);
      }),
    );
  });

  it("of processes that are there only", () => {
    const groups = read([printed]).groups((pid) => pid === 17_360);
    expect(new Set(groups.map(({ pid }) => pid))).toEqual(new Set([17_360]));
  });

  it("with the address that addr2line takes", () => {
    const [frame] = read([printed]).groups(() => true)[0]?.stack ?? [];
    expect(frame).toEqual({
      name: "__open64",
      file: "/usr/lib/x86_64-linux-gnu/libc.so.6",
      address: 0xf8011,
    });
  });
});

describe("what nobody would print in good faith", () => {
  it("is passed over", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 30 }), (lines) => {
        expect(told(read([lines.join("\n")]))).toEqual([]);
      }),
    );
  });

  it("a line without end is not kept, and what follows is read", () => {
    const text = new StraceText();
    for (let i = 0; i < 100; i++) text.push("x".repeat(100_000));
    text.push(`\n${printed}`);
    expect(told(text)).toEqual(everything);
  });

  it("a number that is used anew is of the last call", () => {
    const again = Array.from({ length: 1000 }, () => printed).join("");
    expect(told(read([again]))).toEqual(everything);
  });
});
