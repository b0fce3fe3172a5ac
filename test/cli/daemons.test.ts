import { join } from "node:path";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { pidsNaming } from "../target/launching.js";
import { cleanUpAfterEach, fixture, runJson, scenario, verdictsOf } from "./rig.js";

cleanUpAfterEach();

/** The run's marker is its own, so that what is left of it can be found by the port it was given. */
function leftOf(out: string): number[] {
  const [first = ""] = readFileSync(join(out, "record.ndjson"), "utf8").split("\n");
  const command: readonly string[] = JSON.parse(first).command;
  return pidsNaming(`${fixture("echoes.mjs").split(" ")[1]}\0${command[1]}`);
}

describe("a server that forks away", () => {
  it.each(["", " unmarked"])("is found, measured and stopped%s", async (how) => {
    const { code, report, out } = await runJson(scenario(`${fixture("daemonises.sh")}${how}`));
    expect(report.scenarios[0]?.broke).toBeNull();
    expect(verdictsOf(report)).toEqual({
      tasks: "pass",
      processes: "pass",
      fds: "pass",
      memory: "dropped",
      zombies: "pass",
      ptys: "pass",
    });
    expect(code).toBe(0);
    expect(report.scenarios[0]?.notes.join("\n")).toMatch(
      /the command exited with code 0 and left pid \d+ \(.*\) listening: that was followed/,
    );
    expect(leftOf(out)).toEqual([]);
  });

  it("leaves nothing behind: exit 4, with what to do", async () => {
    const { code, report } = await runJson(scenario(fixture("leaves-nothing.sh")));
    expect(code).toBe(4);
    expect(report.scenarios[0]?.broke).toMatch(
      /^the target exited with code 0 before it was ready: it left no process behind; to fix it: start the server itself, in the foreground/,
    );
    expect(report.scenarios[0]?.logTail).toEqual(["asked the service manager"]);
  });

  it("leaves one behind that never listens: exit 4, and it is named", async () => {
    const target = { command: fixture("leaves-a-deaf-child.sh"), ready: { port: true, within: "700ms" } };
    const { code, report } = await runJson(scenario("", { target }));
    expect(code).toBe(4);
    expect(report.scenarios[0]?.broke).toMatch(
      /not ready within 700 ms: ECONNREFUSED; its command exited with code 0 and left pid \d+ \(sleep\), of which none listens on port \d+; it printed nothing; to fix it: give it longer \(ready: \{within: 3s\}\)/,
    );
  });
});
