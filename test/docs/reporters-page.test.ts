import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { askedReporters } from "../../src/cli/reporters/asked.js";
import { builtInNames } from "../../src/cli/reporters/built-in.js";
import { Reporting } from "../../src/cli/reporters/reporting.js";
import { fakeHost } from "../cli/fake-host.js";
import { reported } from "../report/reported.js";
import { leaking } from "../report/samples.js";
import { blocksOf, home, readPage } from "./pages.js";

const page = readPage("reference/reporters.md");

it("the page tells of every reporter", () => {
  for (const name of builtInNames) expect(page).toContain(`| \`${name}\` |`);
});

it("the page tells of every measure", () => {
  const measures = readFileSync("test/report/golden/openmetrics.prom", "utf8").matchAll(/^# TYPE (\S+)/gm);
  const untold = [...measures].map(([, name = ""]) => name).filter((name) => !page.includes(name));
  expect(untold.filter((name) => !/^watertight_(held|limit|growth_bytes)_/.test(name))).toEqual([]);
});

it("its own reporter is the example's file, and does what is said", async () => {
  const example = readFileSync(`${home}/docs/examples/one-line.mjs`, "utf8");
  const shown = blocksOf(page).filter(({ language }) => language === "js");
  expect(shown.map(({ text }) => text)).toEqual([example]);
  const fake = fakeHost({ cwd: home });
  const asked = askedReporters(["./docs/examples/one-line.mjs"], fake.host.cwd());
  const reporting = await Reporting.open(asked, fake.host);
  reporting.event({ type: "start", atMs: 1, scenario: "error-storm" });
  expect(await reporting.end(reported([leaking()]))).toBe(1);
  expect(fake.stdout()).toBe("error-storm …\nerror-storm: fail fds (/tmp/session-N.log)\n");
});
