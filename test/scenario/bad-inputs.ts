/** A scenario with one flow, and what is put into it. */
const flows = "flows: {a: {steps: [connect, close]}}";
const steps = (...lines: string[]): string =>
  ["flows:", "  a:", "    steps:", ...lines.map((line) => `      - ${line}`)].join("\n");

const variants = (list: string): string =>
  `flows: {a: {variants: {ending: {close: [close], fin: [{drop: fin}]}}, steps: ${list}}}`;

/** Wrong scenario files, by what is wrong with them. */
export const badInputs: Readonly<Record<string, string>> = {
  // The text is no YAML, or says nothing.
  "empty file": "",
  "nothing but comments": "# later\n",
  "only a word": "hello",
  "a list": "- connect\n- close\n",
  "unclosed bracket": "flows: {a: {steps: [connect, close]}\n",
  "unclosed quote": 'about: "half\nflows: {}\n',
  "tab as indent": "flows:\n\ta:\n",
  "key twice": `${flows}\nload: {batch: 1, batch: 2}\n`,
  "two documents": `${flows}\n---\n${flows}\n`,
  "alias without anchor": "flows: *nowhere\n",
  "unclosed bracket, then more": `${flows.slice(0, -1)}\nload: {batch: 10}\n`,
  "alias within its own anchor": "flows: &f {a: *f}\n",
  "no YAML at all": "flows: {a: b: c}\n: :\n",
  "endless alias in a frame": steps("connect", "send: &frame {again: *frame}"),
  "a hundred aliases": `a: &a 1\nb: [${Array(100).fill("*a").join(", ")}]\n`,
  "alias bomb": aliasBomb(),
  "lists nested too deep": "- ".repeat(20_000),
  "mappings nested too deep": `flows: ${"{a: ".repeat(5000)}`,
  "nested too deep": `flows: ${"[".repeat(20_000)}`,

  // Unknown words.
  "unknown key at the top": `${flows}\nflow: {}\n`,
  "unknown key in load": `${flows}\nload:\n  operations: 100\n  concurency: 5\n`,
  "key that JavaScript keeps for itself": `${flows.replace("a:", "__proto__:")}\n`,
  "key that objects inherit": `${flows}\nconstructor: 1\n`,
  "a merge key": `x: &x {weight: 2}\nflows: {a: {<<: *x, steps: [connect]}}\n`,
  "unknown key without a near one": `${flows}\nload: {xyzzyplugh: 5}\n`,
  "two unknown keys": `${flows}\nload: {opertions: 5, bacth: 1}\n`,
  "upper case key": `${flows}\nLoad: {}\n`,
  "unknown step": steps("conect"),
  "unknown step with a value": steps("connect", "snd: hello"),
  "unknown drop": steps("connect", "drop: resett"),
  "unknown signal": `${flows}\nstop: {signal: SIGTEM}\n`,
  "signal that cannot be caught": `${flows}\nstop: {signal: SIGKILL}\n`,
  "unknown criterion": `${flows}\ncriteria: {zombie: {allow: 1}}\n`,
  "field of another criterion": `${flows}\ncriteria: {memory: {peakShare: 50%}}\n`,
  "unknown key under expect json": steps("connect", "expect: {json: {type: content}, withn: 5s}"),
  "within beside the fields of a frame": steps("connect", "expect: {type: content, within: 5s}"),
  "unknown key under connect": steps("connect: {pth: /ws}"),
  "unknown key under http": steps("http: {path: /x, statu: 200}"),
  "unknown key under ready": `${flows}\ntarget: {ready: {ur: "http://127.0.0.1/"}}\n`,

  // Missing.
  "no flows": "about: Nothing.\n",
  "empty flows": "flows: {}\n",
  "flows without content": "flows:\n",
  "flow without steps": "flows:\n  a:\n    weight: 2\n",
  "flow with an empty list of steps": "flows:\n  a:\n    steps: []\n",
  "http without a path": steps("http: {method: POST}"),
  "whileOpen without sessions": `${flows}\nstop: {whileOpen: {flow: a}}\n`,

  // Values of the wrong kind.
  "duration without a unit": `${flows}\ndrain: 3\n`,
  "duration with a space": `${flows}\ndrain: 3 s\n`,
  "duration with an unknown unit": `${flows}\ndrain: 3sec\n`,
  "duration of zero": `${flows}\nsettle: {quiet: 0s}\n`,
  "duration too long for a timer": `${flows}\nsettle: {within: 25d}\n`,
  "negative duration": `${flows}\ndrain: -3s\n`,
  "bytes without a unit": `${flows}\ntarget: {limits: {memory: 64}}\n`,
  "bytes in an unknown unit": `${flows}\ntarget: {limits: {memory: 64M}}\n`,
  "share over 100": `${flows}\nload: {maxFailed: 150%}\n`,
  "share as a number": `${flows}\nload: {maxFailed: 0.01}\n`,
  "zero batch": `${flows}\nload: {batch: 0}\n`,
  "negative operations": `${flows}\nload: {operations: -5}\n`,
  "half an operation": `${flows}\nload: {operations: 100.5}\n`,
  "operations as text": `${flows}\nload: {operations: "100"}\n`,
  "operations without end": `${flows}\nload: {operations: .inf}\n`,
  "negative weight": "flows: {a: {weight: -1, steps: [connect, close]}}\n",
  "steps as text": "flows: {a: {steps: connect}}\n",
  "steps as a mapping": "flows:\n  a:\n    steps:\n      connect: /ws\n",
  "a number as a step": steps("connect", "5"),
  "an empty step": steps("connect", "", "close"),
  "a step that needs a value": steps("connect", "drop"),
  "connect without a slash": steps("connect: ws"),
  "connect without a value": steps("connect:"),
  "a list under send": steps("connect", "send: [1, 2]"),
  "a number under expect": steps("connect", "expect: 5"),
  "wait without a unit": steps("wait: 50"),
  "close with an impossible code": steps("connect", "close: {code: 99}"),
  "drop for a wrong time": steps("connect", "drop: {how: silence, within: 5}"),
  "two steps in one": steps("connect: /ws\n        close: {}"),
  "flow name with a space": "flows: {a b: {steps: [connect, close]}}\n",
  "name with a slash": `name: a/b\n${flows}\n`,
  "url of another kind": `${flows}\ntarget: {url: "wss://127.0.0.1:{port}"}\n`,
  "port false": `${flows}\ntarget: {ready: {port: false}}\n`,
  "two ways of being ready": `${flows}\ntarget: {ready: {log: up, url: "http://127.0.0.1/"}}\n`,
  "command as a number": `${flows}\ntarget: {command: 5}\n`,
  "empty command": `${flows}\ntarget: {command: ""}\n`,
  "command of no words": `${flows}\ntarget: {command: []}\n`,
  "env as true": `${flows}\ntarget: {env: {DEBUG: true}}\n`,
  "env as a number": `${flows}\ntarget: {env: {PORT: 80}}\n`,
  "probe switched on": `${flows}\nprobes: {node: on}\n`,
  "unknown probe": `${flows}\nprobes: {promtheus: /metrics}\n`,
  "metrics page without a slash": `${flows}\nprobes: {prometheus: metrics}\n`,
  "metrics page without a path": `${flows}\nprobes: {prometheus: {tasks: my_tasks}}\n`,
  "a metric that is none": `${flows}\nprobes: {prometheus: {path: /metrics, tasks: "rate(x[1m])"}}\n`,
  "unknown quantity of a metrics page": `${flows}\nprobes: {prometheus: {path: /metrics, heap: x}}\n`,
  "pprof at an unknown place": `${flows}\nprobes: {go: "localhost:6060"}\n`,
  "threads switched on": `${flows}\nprobes: {threads: yes}\n`,
  "probe named like another": `${flows}\nprobes: {commands: {node: node-stats}}\n`,
  "probe name with a space": `${flows}\nprobes: {commands: {my queue: stats}}\n`,
  "probe without a command": `${flows}\nprobes: {commands: {queue: }}\n`,
  "probe of no words": `${flows}\nprobes: {commands: {queue: []}}\n`,
  "probe with a wrong time": `${flows}\nprobes: {commands: {queue: {command: stats, within: 5}}}\n`,
  "probe with an unknown key": `${flows}\nprobes: {commands: {queue: {comand: stats}}}\n`,
  "quote without a partner in a probe": `${flows}\nprobes:\n  commands:\n    queue: "stats --name 'a b"\n`,
  "quote without a partner in a probe with a time": `${flows}\nprobes: {commands: {queue: {command: "stats 'a b", within: 5s}}}\n`,
  "detect as a fraction": `${flows}\ndetect: 1/250\n`,
  "detect as a number": `${flows}\ncriteria: {fds: {detect: 0.004}}\n`,
  "detect of nothing": `${flows}\ncriteria: {fds: {detect: 0 per 250 operations}}\n`,
  "detect of memory as a count": `${flows}\ncriteria: {memory: {detect: 1 per 250 operations}}\n`,
  "detect beside drop": `${flows}\ncriteria: {fds: {drop: why, detect: 1 per 250 operations}}\n`,
  "used of zombies": `${flows}\ncriteria: {zombies: {used: true}}\n`,
  "used: false": `${flows}\ncriteria: {ptys: {used: false}}\n`,
  "drop without a reason": `${flows}\ncriteria: {ptys: {drop: ""}}\n`,
  "control characters in a value": `${flows}\ndrain: "\\e[31mred\\u202e"\n`,
  "a very long value": `${flows}\ndrain: ${"9".repeat(300)}x\n`,

  // Fields that do not agree with each other.
  "operations and duration": `${flows}\nload: {operations: 1000, duration: 1h}\n`,
  "too few batches": `${flows}\nload:\n  operations: 500\n  batch: 100\n`,
  "too few operations": `${flows}\nload: {operations: 5}\n`,
  "too few batches in quick": `${flows}\nquick: {operations: 100, batch: 50}\n`,
  "quick operations under the batch of the load": `${flows}\nload: {operations: 1000, batch: 100}\nquick: {operations: 200}\n`,
  "more sessions than operations": `${flows}\nload: {operations: 20, batch: 2, concurrency: 25}\n`,
  "going on to less than planned": `${flows}\nload: {operations: 600, maxOperations: 500}\n`,
  "going on to less than the default": `${flows}\nload: {maxOperations: 500}\n`,
  "going on for less than planned": `${flows}\nload: {duration: 1h, maxDuration: 30m}\n`,
  "maxDuration of a number of operations": `${flows}\nload: {operations: 600, maxDuration: 30m}\n`,
  "maxOperations of a duration": `${flows}\nload: {duration: 1h, maxOperations: 5000}\n`,
  "going on to less in quick": `${flows}\nquick: {operations: 200, batch: 25, maxOperations: 100}\n`,
  "going on to less, which quick takes over": `${flows}\nload: {maxOperations: 500}\nquick: {warmup: 10}\n`,
  "maxDuration of a quick number of operations": `${flows}\nload: {duration: 1h}\nquick: {operations: 200, batch: 25, maxDuration: 1m}\n`,
  "no room for batches under power": `${flows}\ndetect: 1 per 250 operations\nload: {batch: 50, maxOperations: 200}\n`,
  "quick power without any": `${flows}\nquick: {detect: 1 per 50 operations}\n`,
  "whileOpen of an unknown flow": `${flows.replace("a:", "held:")}\nstop: {whileOpen: {flow: hold, sessions: 5}}\n`,
  "a flow that never runs": "flows:\n  a: {steps: [connect]}\n  b: {weight: 0, steps: [connect]}\n",
  "whileOpen of a flow that has variants": `${variants("[connect, {variant: ending}]")}\nstop: {whileOpen: {flow: a, sessions: 5}}\n`,
  "an unknown factor": variants("[connect, {variant: endign}]"),
  "a variant of a flow without variants": steps("connect", "variant: ending"),
  "a factor that no step uses": variants("[connect, close]"),
  "a factor without levels": "flows: {a: {variants: {ending: {}}, steps: [connect, {variant: ending}]}}\n",
  "a level that is no list":
    "flows: {a: {variants: {ending: {close: close}}, steps: [connect, {variant: ending}]}}\n",
  "a variant within a level":
    "flows: {a: {variants: {ending: {close: [{variant: ending}]}}, steps: [connect, {variant: ending}]}}\n",
  "a level's name with a slash":
    "flows: {a: {variants: {ending: {a/b: [close]}}, steps: [connect, {variant: ending}]}}\n",
  "a step of a level without a connection":
    "flows: {a: {variants: {ending: {none: [], late: [close]}}, steps: [connect, close, {variant: ending}]}}\n",
  "a wrong step within a level":
    "flows: {a: {variants: {ending: {close: [{drop: resett}]}}, steps: [connect, {variant: ending}]}}\n",
  "levels that leave no step":
    "flows: {a: {variants: {all: {none: [], some: [connect]}}, steps: [{variant: all}]}}\n",
  "too many variants": manyVariants(),
  "too many flows": `flows: {${Array.from({ length: 65 }, (_, n) => `f${n}: {steps: [connect]}`).join(", ")}}\n`,
  "a flow with the name of a variant": `${variants("[connect, {variant: ending}]").slice(0, -1)}, a/close: {steps: [connect]}}\n`,
  "no flow that runs": `flows: {a: {weight: 0, steps: [connect]}}\nstop: {whileOpen: {flow: a, sessions: 1}}\n`,
  "send before connect": steps("send: hello", "connect", "close"),
  "expect after close": steps("connect", "close", "expect: {any: true}"),
  "close twice": steps("connect", "close", "close"),
  "unquoted placeholder": steps("connect", "send: {sessionID: {session}}"),
  "wrong regular expression": `${flows}\ntarget: {ready: {log: "listening on ("}}\n`,
  "allowance without a reason": `${flows}\nallow:\n  - fd: ^/var/log\n`,
  "allowance of two kinds": `${flows}\nallow:\n  - {fd: ^/var, peer: ":80$", reason: both}\n`,
  "allowance of no kind": `${flows}\nallow:\n  - reason: because\n`,
  "allowance of an unknown kind": `${flows}\nallow:\n  - {comand: ^ssh, reason: an agent}\n`,
  "allowance for nothing at all": `${flows}\nallow:\n  - {fd: ^/var, count: 0, reason: none}\n`,
  "allowances as a mapping": `${flows}\nallow: {fd: ^/var, reason: the log}\n`,
  "allowance with an empty pattern": `${flows}\nallow:\n  - {fd: "", reason: all}\n`,
  "allowance with too long a pattern": `${flows}\nallow:\n  - {fd: ${"x".repeat(201)}, reason: long}\n`,
  "allowance with a wrong pattern": `${flows}\nallow:\n  - reason: the log\n    fd: "/var/log/(app"\n`,
  "allowance with a look-ahead": `${flows}\nallow:\n  - {fd: "^/var(?!/tmp)", reason: the log}\n`,
  "allowance with a back-reference": `${flows}\nallow:\n  - {fd: '(a)\\1', reason: twice}\n`,
  "allowance with a time": `${flows}\nallow:\n  - {fd: ^/var, until: 2027-01-31T10:00Z, reason: the log}\n`,
  "allowance with a day that never comes": `${flows}\nallow:\n  - {fd: ^/var, until: 2027-02-30, reason: the log}\n`,
  "quote without a partner": `${flows}\ntarget: {command: "node server.js --name 'a b"}\n`,
  "quote within a word": steps("exec: client --name='a b'"),
  "gateway in the middle": `${flows}\ntarget: {command: "nice {gateway}"}\n`,
  "twelve mistakes": `${flows}\n${Array.from({ length: 12 }, (_, index) => `wrong${index}: 1`).join("\n")}\n`,
};

function aliasBomb(): string {
  const levels = Array.from({ length: 9 }, (_, index) =>
    index === 0
      ? `a0: &a0 [x, x]`
      : `a${index}: &a${index} [${Array(9)
          .fill(`*a${index - 1}`)
          .join(", ")}]`,
  );
  return `${levels.join("\n")}\n`;
}

function manyVariants(): string {
  const levels = Array.from({ length: 5 }, (_, n) => `l${n}: []`).join(", ");
  const factors = ["x", "y", "z"].map((factor) => `${factor}: {${levels}}`).join(", ");
  return `flows: {a: {variants: {${factors}}, steps: [connect, {variant: x}, {variant: y}, {variant: z}]}}\n`;
}
