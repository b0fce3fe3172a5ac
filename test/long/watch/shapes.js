// Loads and servers of known truth. Durations in seconds, rates in sessions a second; time 0 is when the watch begins.

const minute = 60;
const hour = 3600;
const watch = { forSeconds: 30 * minute, everySeconds: 10 };

const exponential = (mean) => (random) => -mean * Math.log(1 - random.uniform());
const lognormal = (median, sigma) => (random) => median * Math.exp(sigma * random.normal());
/** Pareto: most are short, a few last for hours. */
const heavy = (least, alpha) => (random) =>
  Math.min(5 * hour, least * (1 - random.uniform()) ** (-1 / alpha));

const durations = [
  (random) => exponential(random.logBetween(0.2, 5 * minute)),
  (random) => lognormal(random.logBetween(1, 2 * minute), random.between(0.5, 1.5)),
  (random) => heavy(random.logBetween(1, 20), random.between(1.1, 1.8)),
];
const kinds = ["none", "file", "pipes", "agent"];

/** Open sessions on average: what the mean duration makes of the rate. */
function steady(random, over = {}) {
  const duration = (over.durations ?? random.pick(durations))(random);
  const mean = meanOf(duration, random);
  const open = random.logBetween(0.5, 80);
  const most = Math.min(3, open / mean);
  const use = random.pick(kinds);
  const linger = random.chance(0.3) ? random.logBetween(1, 2 * minute) : 0;
  return {
    ...watch,
    ageSeconds: Math.min(6 * hour, Math.max(hour, 5 * mean)),
    duration,
    most,
    rate: () => most,
    uses: random.chance(0.5) ? use : (draw) => (draw.chance(0.5) ? use : "none"),
    lingerSeconds: linger > 0 ? exponential(linger) : () => 0,
    garbageBytes: random.chance(0.5) ? random.logBetween(2 ** 10, 2 ** 16) : 0,
    collectEvery: random.logBetween(5, 5 * minute),
    sessionBytes: random.pick([0, 2 ** 15, 2 ** 18]),
    ...over,
  };
}

function meanOf(duration, random) {
  let sum = 0;
  for (let i = 0; i < 400; i++) sum += duration(random);
  return sum / 400;
}

/** As `steady`, with a load that goes by `shape`, at most 1. */
function loaded(random, shape) {
  const plan = steady(random);
  return { ...plan, rate: (at) => plan.most * shape(at) };
}

const clean = { label: "healthy", criteria: [] };

export const shapes = [
  { name: "steady", ...clean, plan: (random) => steady(random) },
  { name: "at rest", ...clean, plan: (random) => ({ ...steady(random), rate: () => 0, garbageBytes: 0 }) },
  { name: "rising", ...clean, plan: (random) => loaded(random, ramp(random)) },
  { name: "starts in the watch", ...clean, plan: (random) => loaded(random, step(random.between(0, 900))) },
  { name: "stops in the watch", ...clean, plan: (random) => loaded(random, fall(random.between(300, 1500))) },
  { name: "daily wave", ...clean, plan: (random) => loaded(random, wave(random, 24 * hour)) },
  {
    name: "short waves",
    ...clean,
    plan: (random) => loaded(random, wave(random, random.logBetween(240, 2 * hour))),
  },
  { name: "bursts", ...clean, plan: (random) => loaded(random, bursts(random)) },
  {
    name: "long sessions",
    ...clean,
    plan: (random) => steady(random, { durations: (r) => exponential(r.logBetween(10 * minute, 2 * hour)) }),
  },
  {
    name: "heavy tails",
    ...clean,
    plan: (random) => steady(random, { durations: (r) => heavy(r.logBetween(1, 60), r.between(1.05, 1.5)) }),
  },
  {
    name: "just deployed",
    ...clean,
    plan: (random) => ({ ...steady(random), ageSeconds: random.logBetween(5, 10 * minute) }),
  },
  { name: "pool fills", ...clean, plan: (random) => ({ ...steady(random), ...filling(random) }) },
  { name: "cache warms", ...clean, plan: (random) => ({ ...steady(random), ...warming(random) }) },
  {
    name: "worker restarts",
    ...clean,
    plan: (random) => ({ ...steady(random), restartEvery: random.between(400, 4000) }),
  },
  {
    name: "reaps now and then",
    ...clean,
    plan: (random) => ({ ...steady(random), uses: "agent", reapEvery: random.logBetween(5, 10 * minute) }),
  },
  {
    name: "slow collector",
    ...clean,
    plan: (random) => ({
      ...steady(random),
      garbageBytes: random.logBetween(2 ** 12, 2 ** 18),
      collectEvery: random.logBetween(minute, 2 * hour),
    }),
  },
  byTime("fd by time", ["fds"], (random) => ({ leaksPerHour: random.logBetween(5, 3600) })),
  byTime("pipe by time", ["fds"], (random) => ({
    leaksPerHour: random.logBetween(5, 3600),
    leakKind: "pipe",
  })),
  byTime("task by time", ["tasks"], (random) => ({
    leaksPerHour: random.logBetween(5, 3600),
    leakKind: "task",
  })),
  byTime("fd under rising load", ["fds"], (random, plan) => ({
    leaksPerHour: random.logBetween(60, 3600),
    rate: scaled(plan, ramp(random)),
  })),
  byTime("fd after a deploy", ["fds"], (random) => ({
    leaksPerHour: random.logBetween(60, 3600),
    ageSeconds: random.logBetween(5, 600),
  })),
  bySession("fd by session", ["fds"], { uses: "file", leaks: "fd" }),
  bySession("PTY by session", ["ptys", "fds"], { uses: "agent", leaks: "pty" }),
  bySession("process by session", ["processes", "ptys"], { uses: "agent", leaks: "process" }),
  bySession("zombie by session", ["zombies"], { uses: "agent", leaks: "zombie" }),
  bySession("CLOSE_WAIT by session", ["fds"], { leaks: "closeWait" }),
  bySession("connection by session", ["fds"], { leaks: "connection" }),
  bySession("task by session", ["tasks"], { leaks: "task" }),
  {
    name: "memory by session",
    label: "leak",
    criteria: ["memory"],
    plan: (random) => ({
      ...steady(random),
      leaks: { memory: 1, bytes: random.logBetween(2 ** 10, 2 ** 20) },
    }),
    rateOf: ({ most, leaks }) => most * leaks.bytes,
  },
];

function byTime(name, criteria, over) {
  const plan = (random) => {
    const base = steady(random);
    return { ...base, ...over(random, base) };
  };
  return { name, label: "leak", criteria, plan, rateOf: ({ leaksPerHour }) => leaksPerHour / hour };
}

function bySession(name, criteria, { uses, leaks }) {
  const plan = (random) => ({
    ...steady(random),
    ...(uses === undefined ? {} : { uses }),
    leaks: { [leaks]: random.logBetween(0.02, 1) },
  });
  return { name, label: "leak", criteria, plan, rateOf: (made) => made.most * made.leaks[leaks] };
}

const scaled = (plan, shape) => (at) => plan.most * shape(at);

/** From a part of the load to all of it over the watch; before it as at its start. */
function ramp(random) {
  const low = random.between(0, 0.7);
  return (at) => low + (1 - low) * Math.min(1, Math.max(0, at / watch.forSeconds));
}

const step = (from) => (at) => (at < from ? 0.02 : 1);
const fall = (to) => (at) => (at < to ? 1 : 0.02);

function wave(random, period) {
  const phase = random.between(0, 2 * Math.PI);
  const depth = random.between(0.3, 0.5);
  return (at) => 1 - depth + depth * Math.sin((2 * Math.PI * at) / period + phase);
}

function bursts(random) {
  const period = random.logBetween(60, 1200);
  const share = random.between(0.05, 0.4);
  return (at) => ((((at / period) % 1) + 1) % 1 < share ? 1 : 0.05);
}

/** Within a quarter of the watch, counted from when it begins; what takes longer cannot be told from growth. */
function filling(random) {
  return {
    pool: { size: random.integer(5, 60), timeConstant: random.logBetween(20, 400) },
    ageSeconds: random.between(1, 120),
  };
}

function warming(random) {
  return {
    cache: { bytes: random.logBetween(2 ** 22, 2 ** 28), timeConstant: random.logBetween(20, 400) },
    ageSeconds: random.logBetween(5, 600),
  };
}
