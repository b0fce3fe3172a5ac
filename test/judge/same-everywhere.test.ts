import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { account } from "../../src/ledger/account.js";
import { seriesOfCriterion } from "../../src/judge/series-of-criterion.js";
import { recordVersion } from "../../src/model/record.js";
import { parseRecord } from "../../src/model/record-reader.js";
import { criterionIds } from "../../src/model/verdict.js";
import { renderJson, reportDocument } from "../../src/report/json.js";

const home = join(import.meta.dirname, "../..");

function stored(version: number): string {
  return readFileSync(join(home, `test/fixtures/records/version-${version}.ndjson`), "utf8");
}

function reportOf(text: string): string {
  const record = parseRecord(text);
  return renderJson(reportDocument({ results: [account(record)], records: [record], exitCode: 0 }));
}

const versions = Array.from({ length: recordVersion }, (_, index) => index + 1);

describe("a stored record", () => {
  it.each(versions)("of version %d is judged as it was on any other machine", async (version) => {
    await expect(reportOf(stored(version))).toMatchFileSnapshot(`golden/version-${version}.json`);
  });

  it.each(versions)("of version %d gives a curve for each criterion", async (version) => {
    const record = parseRecord(stored(version));
    const curves = criterionIds.map((id) => JSON.stringify(seriesOfCriterion(record, id)));
    await expect(`${curves.join("\n")}\n`).toMatchFileSnapshot(`golden/curves-${version}.ndjson`);
  });

  it("of another kernel and runtime is judged the same", () => {
    const criteria = (text: string) => account(parseRecord(text)).criteria;
    const elsewhere = stored(2).replace(
      '"kernel":"6.18","node":"v20"',
      '"kernel":"5.4-aarch64","node":"v26"',
    );
    expect(elsewhere).not.toBe(stored(2));
    expect(criteria(elsewhere)).toEqual(criteria(stored(2)));
  });
});

/**
 * What would differ between machines: locales, clocks, chance, and the trigonometric functions, for which
 * the engine can be built with the C library's own. Its other functions, `atan` among them, are its own port
 * of fdlibm.
 */
const differing =
  /\.toLocale\w*\(|\.localeCompare\(|\bIntl\.|\bDate\b|\bperformance\.|\bprocess\.\w|Math\.(?:random|a?sinh?|a?cosh?|tanh?|atanh|atan2)\b/;

describe("nothing that judges asks the machine that it runs on", () => {
  const files = ["judge", "stats"].flatMap((room) =>
    readdirSync(join(home, "src", room), { encoding: "utf8", recursive: true })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(home, "src", room, name)),
  );

  it.each(files.map((file) => [file.slice(home.length + 1), file]))("%s", (_, file) => {
    expect(readFileSync(file, "utf8").match(differing)?.[0]).toBeUndefined();
  });

  it("which this check would notice", () => {
    for (const code of ["a.localeCompare(b)", "Math.tan(x)", "Date.now()", "new Intl.NumberFormat()"])
      expect(differing.test(code)).toBe(true);
    expect(differing.test("Math.log(x) + Math.abs(y)")).toBe(false);
  });
});
