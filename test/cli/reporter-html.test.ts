import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cleanUpAfterEach, fixture, scenario, scenarioFile, tempFolder, tool } from "./rig.js";

cleanUpAfterEach();

describe("the report as a page", () => {
  it("is in the folder of each run, and can be made again from its record", async () => {
    const cwd = tempFolder();
    scenarioFile(cwd, scenario(fixture("echoes.mjs")));
    const ran = await tool(["run", "small.yaml", "--no-progress", "--out", "out"], { cwd });
    expect(ran.code).toBe(0);
    const page = readFileSync(join(cwd, "out", "report.html"), "utf8");
    expect(page).toContain("<h1>No leak seen in <bdi>small</bdi>.</h1>");

    const again = await tool(["report", "out", "--reporter", "html=page.html"], { cwd });
    expect(again).toMatchObject({ code: 0, stderr: "html: wrote page.html\n" });
    expect(again.stdout).toContain("small: pass");
    expect(readFileSync(join(cwd, "page.html"), "utf8").length).toBeGreaterThan(50_000);

    rmSync(join(cwd, "out", "report.html"));
    await tool(["report", "out", "--reporter", "html"], { cwd });
    expect(existsSync(join(cwd, "out", "report.html"))).toBe(true);
  });

  it("that cannot be written costs neither the verdict nor the other reports", async () => {
    const cwd = tempFolder();
    scenarioFile(cwd, scenario(fixture("echoes.mjs")));
    mkdirSync(join(cwd, "out", "report.html"), { recursive: true });
    const { code, stderr, stdout } = await tool(["run", "small.yaml", "--no-progress", "--out", "out"], {
      cwd,
    });
    expect(code).toBe(0);
    expect(stderr).toContain("warning: no report.html");
    expect(stdout).toContain("small: pass");
    expect(existsSync(join(cwd, "out", "report.json"))).toBe(true);
  });
});
