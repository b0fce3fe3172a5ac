import { describe, expect, it } from "vitest";
import { sendWebhook } from "../../src/cli/nightly/webhook.js";
import { hook } from "./hook.js";

const stop = new AbortController().signal;
const sending = { body: '{"text":"hello"}', env: {}, stop, tool: "watertight 0.1.0" };

describe("a webhook", () => {
  it.each([
    { name: "hangs", answer: () => "never" as const, withinMs: 200, why: "no answer within 0.2 s", tries: 2 },
    { name: "answers 500", answer: () => 500, withinMs: 5000, why: "it answered 500", tries: 2 },
    { name: "answers 404", answer: () => 404, withinMs: 5000, why: "it answered 404", tries: 1 },
    { name: "sends elsewhere", answer: () => 302, withinMs: 5000, why: "it answered 302", tries: 1 },
    { name: "answers at once", answer: () => 204, withinMs: 5000, why: undefined, tries: 1 },
    {
      name: "answers the second time",
      answer: (request: number) => (request === 1 ? 503 : 200),
      withinMs: 5000,
      why: undefined,
      tries: 2,
    },
  ])("that $name: $why", async ({ answer, withinMs, why, tries }) => {
    const { url, bodies } = await hook(answer);
    const webhook = { url, headers: {}, withinMs, retries: 1 };
    expect(await sendWebhook({ ...sending, webhook })).toBe(why);
    expect(bodies).toEqual(Array.from({ length: tries }, () => sending.body));
  });

  it("that is not there is told without its address", async () => {
    const webhook = { url: "http://127.0.0.1:1/secret", headers: {}, withinMs: 5000, retries: 0 };
    const why = await sendWebhook({ ...sending, webhook });
    expect(why).toBeDefined();
    expect(why).not.toMatch(/secret|127/);
  });

  it("takes its address and its headers from the environment", async () => {
    const { url, headers } = await hook(() => 200);
    const webhook = {
      url: "${HOOK}",
      headers: { Authorization: "Bearer ${KEY}" },
      withinMs: 5000,
      retries: 0,
    };
    expect(await sendWebhook({ ...sending, webhook, env: { HOOK: url, KEY: "k" } })).toBeUndefined();
    expect(headers[0]).toMatchObject({
      authorization: "Bearer k",
      "content-type": "application/json",
      "user-agent": "watertight/0.1.0",
    });
  });

  it.each([
    { env: {}, why: "not set in the environment: HOOK, KEY" },
    {
      env: { HOOK: "secret", KEY: "k" },
      why: "its url, with the environment filled in, is no http or https URL",
    },
  ])("whose variables are wrong: $why", async ({ env, why }) => {
    const webhook = { url: "${HOOK}", headers: { key: "${KEY}" }, withinMs: 5000, retries: 0 };
    expect(await sendWebhook({ ...sending, webhook, env })).toBe(why);
  });
});
