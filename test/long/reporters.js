// One failing run with every reporter at once; what each wrote is held against its schema, or read by a real consumer:
// Prometheus and an OpenTelemetry collector among them, built through the Go module proxy into a cache folder.
// Ready binaries: PROMETHEUS=…, PROMTOOL=…, OTELCOL=… of test/fixtures/long/collector.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import AjvDraft04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import MarkdownIt from "markdown-it";
import { validateXML } from "xmllint-wasm";
import { collect, pause, runTool, tempFolder } from "./lib.js";

const home = fileURLToPath(new URL("../..", import.meta.url));
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "watertight-reporters");
const prometheusVersion = "v0.316.0";
const folder = tempFolder();
const children = [];

function json(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

const read = (name) => readFileSync(join(folder, name), "utf8");

/** @returns the path of a program, built where there is none yet. */
function built(name, given, build) {
  if (given) return given;
  const path = join(cache, name);
  if (spawnSync(path, ["--version"]).status === 0) return path;
  console.log(`building ${name}, which takes some minutes`);
  mkdirSync(cache, { recursive: true });
  const { status } = build(path);
  if (status !== 0) throw new Error(`${name} could not be built`);
  return path;
}

function go(words, cwd) {
  return spawnSync("go", words, { cwd, stdio: "inherit" });
}

/** Its own module, for the programs of Prometheus cannot be installed by `go install`: replaces stand in their go.mod. */
function buildPrometheus(program) {
  return (path) => {
    const cwd = join(cache, "prometheus-module");
    mkdirSync(cwd, { recursive: true });
    writeFileSync(join(cwd, "go.mod"), "module prometheus\n\ngo 1.26\n");
    const name = `github.com/prometheus/prometheus/cmd/${program}`;
    const got = go(["get", `${name}@${prometheusVersion}`], cwd);
    return got.status === 0 ? go(["build", "-tags", "remove_all_sd,netgo", "-o", path, name], cwd) : got;
  };
}

function buildCollector(path) {
  return go(["build", "-o", path, "."], join(home, "test/fixtures/long/collector"));
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function start(program, words) {
  const child = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  return () => out() + err();
}

async function until(holds, what) {
  for (let looks = 0; looks < 600; looks++) {
    if (await holds()) return;
    await pause(100);
  }
  throw new Error(`never came: ${what()}`);
}

async function isUp(url) {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}

async function prometheusAt(port) {
  const config = join(folder, "prometheus.yml");
  writeFileSync(config, "global: {}\n");
  const words = [`--config.file=${config}`, `--storage.tsdb.path=${join(folder, "tsdb")}`];
  const program = built("prometheus", process.env.PROMETHEUS, buildPrometheus("prometheus"));
  start(program, [...words, "--web.enable-otlp-receiver", `--web.listen-address=127.0.0.1:${port}`]);
  await until(
    () => isUp(`http://127.0.0.1:${port}/-/ready`),
    () => "Prometheus",
  );
}

async function collectorAt(port) {
  const config = join(folder, "collector.yaml");
  const parts = {
    receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${port}` } } } },
    exporters: { debug: { verbosity: "detailed" } },
    service: {
      telemetry: { metrics: { level: "none" } },
      pipelines: {
        metrics: { receivers: ["otlp"], exporters: ["debug"] },
        traces: { receivers: ["otlp"], exporters: ["debug"] },
      },
    },
  };
  writeFileSync(config, JSON.stringify(parts));
  const said = start(built("collector", process.env.OTELCOL, buildCollector), [`--config=file:${config}`]);
  await until(
    () => said().includes("Everything is ready"),
    () => `the collector\n${said()}`,
  );
  return said;
}

const draft04 = new AjvDraft04({ strict: false });
addFormats(draft04);
const draft2020 = new Ajv2020({ allowUnionTypes: true, strictRequired: false });
draft2020.addSchema(json(join(home, "scenarios/report.schema.json")), "report.schema.json");

function fits(validate, document) {
  if (!validate(document)) throw new Error(JSON.stringify(validate.errors?.slice(0, 3)));
}

function must(condition, what) {
  if (!condition) throw new Error(what);
}

function accepted(program, words, input) {
  const { status, stdout, stderr, error } = spawnSync(program, words, { encoding: "utf8", input });
  must(status === 0, `${error ?? ""}${stdout}${stderr}`);
  return stdout.trim();
}

const openmetricsParser = `import sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse
print(len(list(parse(sys.stdin.read()))), "families")`;

/** What each reporter wrote, who reads it, and what must be in it. */
function checks({ ports, said }) {
  return [
    [
      "default",
      "its last line",
      ({ stdout }) => must(/^fail: files in .*repeat it: npx/m.test(stdout), "no last line"),
    ],
    [
      "json",
      "report.schema.json by ajv",
      () => fits(draft2020.getSchema("report.schema.json"), JSON.parse(read("r.json"))),
    ],
    [
      "ndjson",
      "events.schema.json by ajv",
      () => {
        const isEvent = draft2020.compile(json(join(home, "scenarios/events.schema.json")));
        const events = read("r.ndjson")
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line));
        for (const event of events) fits(isEvent, event);
        must(events.at(-1).exitCode === 1, "no end with 1");
        return `${events.length} events`;
      },
    ],
    [
      "html",
      "a page with a policy of its own",
      () => must(/Content-Security-Policy/.test(read("r.html")), "no policy"),
    ],
    [
      "junit",
      "junit-10.xsd by xmllint",
      async () => {
        const schema = {
          fileName: "j.xsd",
          contents: readFileSync(join(home, "test/fixtures/schemas/junit-10.xsd"), "utf8"),
        };
        const { errors } = await validateXML({ xml: { fileName: "r.xml", contents: read("r.xml") }, schema });
        must(errors.length === 0, JSON.stringify(errors));
        must(/<failure /.test(read("r.xml")), "no failure");
      },
    ],
    [
      "markdown",
      "tables by markdown-it",
      () => {
        const rows = new MarkdownIt({ html: true })
          .parse(read("r.md"), {})
          .filter(({ type }) => type === "tr_open");
        must(rows.length === 7, `${rows.length} rows`);
        must(read("r.md").includes("## watertight: fail"), "no verdict");
      },
    ],
    [
      "github",
      "commands by the runner's rules",
      () => must(/^::error file=[^:,]+,(line=\d+,)?.*title=[^:]+::.+\n/.test(read("r.txt")), read("r.txt")),
    ],
    [
      "sarif",
      "OASIS' schema by ajv",
      () => {
        const log = JSON.parse(read("r.sarif"));
        fits(draft04.compile(json(join(home, "test/fixtures/schemas/sarif-2.1.0.json"))), log);
        const [result] = log.runs[0].results;
        const { artifactLocation, region } = result.locations[0].physicalLocation;
        return `${artifactLocation.uri}:${region?.startLine}`;
      },
    ],
    [
      "openmetrics",
      "prometheus_client's parser",
      () => accepted("python3", ["-c", openmetricsParser], read("r.prom")),
    ],
    [
      "openmetrics",
      "promtool check metrics",
      () =>
        accepted(
          built("promtool", process.env.PROMTOOL, buildPrometheus("promtool")),
          ["check", "metrics"],
          read("r.prom"),
        ),
    ],
    [
      "otlp",
      "Prometheus, asked again",
      async () => {
        const query = encodeURIComponent('watertight_growth_per_operation{criterion="fds",bound="estimate"}');
        const asked = `http://127.0.0.1:${ports.prometheus}/api/v1/query?query=${query}`;
        const { data } = await (await fetch(asked)).json();
        const [found] = data.result;
        must(Number(found?.value[1]) > 0.5, JSON.stringify(data));
        return `${Number(found.value[1]).toFixed(2)} per operation`;
      },
    ],
    [
      "otlp",
      "an OpenTelemetry collector",
      async () => {
        await until(
          () => said().includes("watertight.exhaustion"),
          () => "metrics in the collector",
        );
        await until(
          () => /Name +: load/.test(said()),
          () => "spans in the collector",
        );
        return `${(said().match(/^ +Name +: /gm) ?? []).length} spans`;
      },
    ],
  ];
}

async function run() {
  const ports = { prometheus: await freePort(), collector: await freePort() };
  await prometheusAt(ports.prometheus);
  const said = await collectorAt(ports.collector);
  const files = ["json=r.json", "ndjson=r.ndjson", "html=r.html", "junit=r.xml", "markdown=r.md"];
  const others = ["github=r.txt", "sarif=r.sarif", "openmetrics=r.prom"];
  const asked = [...files, ...others].map((word) => word.replace("=", `=${folder}/`));
  const addresses = [
    `otlp=http://127.0.0.1:${ports.prometheus}/api/v1/otlp`,
    `otlp=http://127.0.0.1:${ports.collector}`,
  ];
  const words = [...asked, ...addresses].flatMap((word) => ["--reporter", word]);
  const ran = await runTool([
    "run",
    "connect-churn",
    "--quick",
    "--plant",
    "fd",
    "--why",
    "--out",
    join(folder, "out"),
    ...words,
  ]);
  must(ran.code === 1, `exit ${ran.code}: ${ran.stderr}`);
  must(!ran.stderr.includes("failed"), ran.stderr);
  const rows = [];
  for (const [reporter, validator, check] of checks({ ports, said })) {
    const result = await Promise.resolve()
      .then(() => check(ran))
      .then(
        (told) => ({ ok: true, told: told || "accepted" }),
        (error) => ({ ok: false, told: error.message.slice(0, 300) }),
      );
    rows.push({ reporter, validator, ...result });
    console.log(`${result.ok ? "ok " : "NOT"} ${reporter.padEnd(12)} ${validator.padEnd(34)} ${result.told}`);
  }
  const good = rows.filter(({ ok }) => ok).length;
  console.log(`${good} of ${rows.length} accepted what one run with all reporters wrote`);
  return good === rows.length;
}

try {
  process.exitCode = (await run()) ? 0 : 1;
} finally {
  for (const child of children) child.kill("SIGTERM");
  await pause(1000);
  rmSync(folder, { recursive: true, force: true });
}
