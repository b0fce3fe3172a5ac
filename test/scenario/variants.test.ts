import { expect, test } from "vitest";
import { parseScenario } from "../../src/scenario/load.js";

const text = `
flows:
  goose-session:
    weight: 6
    variants:
      agent: {answers: [{send: hello}], fails: [{send: "hello @exit=1"}, {expect: sorry}]}
      ending: {close: [close], fin: [{drop: fin}], none: []}
    steps: [connect, {variant: agent}, {wait: 10ms}, {variant: ending}]
  held: {weight: 0, variants: {how: {a: [], b: [{wait: 1ms}]}}, steps: [connect, {variant: how}]}
  polite: {steps: [connect, close]}
stop: {whileOpen: {flow: held/b, sessions: 2}}
`;

const { flows } = parseScenario(text, "my.yaml");

test("a flow with variants becomes one for each combination of levels, which share its weight", () => {
  expect(flows.map(({ name, weight }) => `${name} ${weight}`)).toEqual([
    "goose-session/answers/close 1",
    "goose-session/answers/fin 1",
    "goose-session/answers/none 1",
    "goose-session/fails/close 1",
    "goose-session/fails/fin 1",
    "goose-session/fails/none 1",
    "held/a 0",
    "held/b 0",
    "polite 1",
  ]);
  expect(flows[4]?.variant).toEqual({ of: "goose-session", levels: { agent: "fails", ending: "fin" } });
  expect(flows.at(-1)).not.toHaveProperty("variant");
});

test("the steps of the level stand where the factor is named", () => {
  const kinds = flows.map(({ steps }) => steps.map(({ kind }) => kind).join(" "));
  expect(kinds.slice(0, 6)).toEqual([
    "connect send wait close",
    "connect send wait drop",
    "connect send wait",
    "connect send expect wait close",
    "connect send expect wait drop",
    "connect send expect wait",
  ]);
});

test("a factor may be named twice, and like what every object has", () => {
  const twice = `flows: {a: {variants: {constructor: {toString: [{wait: 1ms}]}},
    steps: [connect, {variant: constructor}, {variant: constructor}]}}`;
  const [flow] = parseScenario(twice, "my.yaml").flows;
  expect(flow?.name).toBe("a/toString");
  expect(flow?.steps).toHaveLength(3);
});

test("64 flows are not too many", () => {
  const levels = Array.from({ length: 8 }, (_, n) => `l${n}: []`).join(", ");
  const many = `flows: {a: {variants: {x: {${levels}}, y: {${levels}}}, steps: [connect, {variant: x}, {variant: y}]}}`;
  expect(parseScenario(many, "my.yaml").flows).toHaveLength(64);
});
