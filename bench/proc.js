// Rows 1 and 2: counting and listing the fds of a process that has 10,000.
import { readdirSync, readlinkSync, statSync } from "node:fs";
import { once } from "node:events";
import { Bench } from "tinybench";
import { countFds } from "../dist/proc/fd-count.js";
import { readFds } from "../dist/proc/fd.js";
import { end, start } from "./lib.js";

const fds = 10_000;

function bareLoop(pid) {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).map((fd) => readlinkSync(`${folder}/${fd}`));
}

async function ratio(ours, bare, options) {
  const bench = new Bench({ warmup: true, ...options });
  bench.add("ours", ours).add("bare", bare);
  await bench.run();
  const [a, b] = bench.tasks.map((task) => task.result.latency.p50);
  return a / b;
}

export async function procRows() {
  const holder = start("holds-fds.js", fds);
  await once(holder.stdout, "data");
  const { pid } = holder;
  const counted = await ratio(
    () => countFds("/proc", pid),
    () => statSync(`/proc/${pid}/fd`),
    { time: 1000 },
  );
  const listed = await ratio(
    () => readFds("/proc", pid),
    () => bareLoop(pid),
    { time: 5000 },
  );
  await end(holder);
  return [
    {
      work: "count the fds of a process that has 10,000, against one bare stat",
      value: counted,
      limit: 3,
      unit: "×",
    },
    {
      work: "identity snapshot of 10,000 fds, against readdir + readlink",
      value: listed,
      limit: 1.5,
      unit: "×",
    },
  ];
}
