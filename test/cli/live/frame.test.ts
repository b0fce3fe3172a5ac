import { describe, expect, it } from "vitest";
import { Frame } from "../../../src/cli/live/frame.js";
import { fakeHost } from "../fake-host.js";

const up = (rows: number): string => (rows > 0 ? `\r\u001b[${rows}A` : "\r");

function drawn(columns: number, rows = 24) {
  const fake = fakeHost({ isTTY: true, columns, rows });
  const frame = new Frame(fake.host.stderr);
  let seen = 0;
  const written = (): string => {
    const text = fake.stderr().slice(seen);
    seen = fake.stderr().length;
    return text;
  };
  return { fake, frame, written };
}

describe("a frame", () => {
  it("draws its lines over those before, and hides the cursor meanwhile", () => {
    const { frame, written } = drawn(20);
    frame.draw(["one", "two"]);
    expect(written()).toBe("\u001b[?25l\rone\u001b[K\ntwo\u001b[K\n\u001b[J");
    frame.draw(["three"]);
    expect(written()).toBe(`\u001b[?25l${up(2)}three\u001b[K\n\u001b[J`);
    frame.erase();
    expect(written()).toBe(`${up(1)}\u001b[J\u001b[?25h`);
  });

  it("writes nothing where there is nothing to erase", () => {
    const { frame, written } = drawn(20);
    frame.erase();
    expect(written()).toBe("");
  });

  it("leaves the cursor in its last line where no row is left", () => {
    const { frame, written } = drawn(20, 2);
    frame.draw(["one", "two"]);
    expect(written()).toBe("\u001b[?25l\rone\u001b[K\ntwo\u001b[K\u001b[J");
    frame.erase();
    expect(written()).toBe(`${up(1)}\u001b[J\u001b[?25h`);
  });

  it("goes back over the lines that a narrower terminal has broken", () => {
    const { fake, frame, written } = drawn(20);
    frame.draw(["0123456789abcde", "two", "0123456789"]);
    written();
    fake.resize({ columns: 5, rows: 24 });
    frame.draw(["x"]);
    // Three, one and two rows: the cursor stands below them.
    expect(written()).toContain(up(6));
  });
});
