import { describe, expect, it } from "vitest";
import { plantNames, plants } from "../../../src/gateway/plants/index.js";
import { parsePlant } from "../../../src/gateway/plants/parse-plant.js";

describe("parsePlant", () => {
  it.each(plantNames)("knows %s and its default rate", (name) => {
    expect(parsePlant(name)).toEqual({ name, rate: plants[name].defaultRate });
    expect(plants[name].description).not.toBe("");
  });

  it("reads a rate", () => {
    expect(parsePlant("fd:0.1")).toEqual({ name: "fd", rate: 0.1 });
    expect(parsePlant("rare:.5")).toEqual({ name: "rare", rate: 0.5 });
  });

  it.each([
    ["zombi", "zombie"],
    ["halfclosed", "half-closed"],
    ["memry:1", "memory"],
    ["stuck", "stuck-wait"],
  ])("names the nearest plants for %s", (text, name) => {
    expect(parsePlant(text)).toContain(`did you mean ${name}`);
  });

  it("names none where none is near", () => {
    expect(parsePlant("nope")).toBe('there is no plant "nope"');
  });

  it.each(["fd:", "fd:0", "fd:2", "fd:-1", "fd:x", "fd:0.1:2", "fd:1e-1"])(
    "refuses the rate of %s",
    (text) => {
      expect(parsePlant(text)).toContain("rate above 0 and up to 1");
    },
  );

  it.each(["", "constructor", "__proto__"])("does not take %j for a plant", (text) => {
    expect(parsePlant(text)).toContain("there is no plant");
  });
});
