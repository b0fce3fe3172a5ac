import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Scenario } from "../../src/model/scenario.js";
import { parseScenario } from "../../src/scenario/load.js";
import { withSize } from "../../src/scenario/size.js";
import { writeScenario } from "../../src/scenario/write.js";

const folder = join(import.meta.dirname, "../../scenarios");
const shipped = readdirSync(folder).filter((name) => name.endsWith(".yaml"));

/** As it is run: neither its name nor its place is in the text. */
function read(text: string): Omit<Scenario, "name" | "path"> {
  const { name: _, path: __, ...scenario } = withSize(parseScenario(text, "x/y.yaml"), {});
  return scenario;
}

describe("a scenario that is written", () => {
  it.each(shipped)("%s is read as the same", (name) => {
    const scenario = withSize(parseScenario(readFileSync(join(folder, name), "utf8"), "x/y.yaml"), {});
    expect(read(writeScenario(scenario, "again"))).toEqual(read(readFileSync(join(folder, name), "utf8")));
  });

  it("keeps what is unlike the defaults", () => {
    const text = `
target:
  command: ["node", "server.js", "a word with spaces", "{port}"]
  env: {LOG: "1"}
  ready: {log: "listening on \\\\d+", within: 90s}
  limits: {fds: 100, memory: 64MiB}
  url: https://127.0.0.1:{port}
  tls: {verify: false}
flows:
  held: {steps: [connect]}
  every-step:
    weight: 3
    steps:
      - connect: {path: /chat, headers: {x: "{session}"}, within: 1s}
      - send: hello
      - send: {type: "stop"}
      - send: '{"type" : "with spaces"}'
      - expect: welcome
      - expect: {any: true, within: 2s}
      - expect: {contains: "ok", within: 5s}
      - expect: {json: {text: "a", n: [1, {b: null}]}, within: 250ms}
      - expect: {type: content}
      - wait: 1500ms
      - close: {code: 1001, within: 2s}
      - exec: {command: "true it is", exit: 1, within: 3s}
      - spawn: ["sh", "-c", "sleep 1"]
      - http: {method: POST, path: /x, body: {a: 1}, status: 201, within: 1s}
      - http: /healthz
      - connect
      - drop: silence
      - connect: {protocols: [tty, b]}
      - send: {binary: {hex: "00ff"}}
      - send: {binary: {base64: AQID}}
      - expect: {matches: 'id=(?<id>\\d+)', capture: {n: json a.0, m: 'regex x(.)'}, within: 2s}
      - close: {while: receiving}
      - events: /sse
      - expect: {event: ping}
      - expect: {json: {event: ping}}
      - expect: {json: {event: ping, id: 1}, event: tick}
      - drop: stall
      - events: {method: POST, path: /mcp, headers: {a: b}, body: {id: 1}, within: 1s}
      - drop: {how: half-close, while: receiving, within: 1s}
      - tcp
      - drop: fin
      - tcp: {host: localhost, port: 6379, framing: raw, within: 1s}
      - close
      - unix: /run/x.sock
      - close
      - unix: {path: "{socket}", framing: raw}
      - close
      - stdio: cat -u
      - close
      - stdio: {command: [cat, "a b"], framing: raw, within: 1s}
      - drop: reset
      - exec: {command: client, output: 'PONG'}
      - http: {path: /x, headers: {a: b}, form: {u: "{n}"}, status: [200, 302], match: ok, capture: {t: header x-t}}
load: {duration: 90s, batch: 7, concurrency: 3, maxFailed: 2.5%, ramp: 20ms, warmup: 0}
stop: {signal: SIGINT, within: 2s, whileOpen: {flow: held, sessions: 2}}
production: {sessionsPerHour: 7}
criteria:
  memory: {budget: 10MiB, detect: 20KiB per operation}
  fds: {peakShare: 20%, allow: 3, detect: 1 per 77 operations, used: true}
  ptys: {drop: none here}
probes: {node: "off"}
`;
    const scenario = withSize(parseScenario(text, "x/y.yaml"), {});
    expect(read(writeScenario(scenario, "all\nof it"))).toEqual(read(text));
  });
});
