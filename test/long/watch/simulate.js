// Plays a server under a load of known shape, and takes the looks of a watch at it.

import { randomOf } from "../calibrate/random.js";
import { Queue } from "./queue.js";
import { recordOf } from "./record.js";
import { Server, uses } from "./server.js";

/**
 * @param shape what the load and the server are like, see shapes.js
 * @returns the record of a watch, and how many units a second are left on average
 */
export function simulate(shape, words) {
  const random = randomOf(words);
  const plan = shape.plan(random);
  const world = new World(plan, random);
  const { forSeconds, everySeconds } = plan;
  const snapshots = [];
  const look = (phase, batch, at) => {
    world.runTo(at);
    snapshots.push(world.snapshot({ phase, batch, at }));
  };
  for (let i = 0; i < 3; i++) look("baseline", 0, 0.05 * i);
  let batch = 0;
  for (let at = everySeconds; at <= forSeconds; at += everySeconds) look("batch", ++batch, at + 0.1);
  for (let i = 0; i < 3; i++) look("drain", batch, forSeconds + 0.15 + 0.05 * i);
  return { record: recordOf({ snapshots, forSeconds, everySeconds }), ratePerSecond: shape.rateOf?.(plan) };
}

/** Long before the watch begins; the clock of the machine starts there. */
const bootSeconds = 10_000_000;

class World {
  constructor(plan, random) {
    this.plan = { leaks: {}, uses: "none", lingerSeconds: () => 0, ...plan };
    this.random = random;
    this.queue = new Queue();
    this.now = -plan.ageSeconds;
    this.server = new Server({ startTicks: this.ticks() });
    this.open = 0;
    this.garbage = 0;
    this.leakedBytes = 0;
    this.arrive();
    this.pool();
    this.restarts();
    this.clockLeaks();
    if (plan.collectEvery) this.queue.add(this.now, () => this.collect());
  }

  ticks() {
    return Math.round((this.now + bootSeconds) * 100);
  }

  runTo(at) {
    this.queue.runTo(at, (time) => (this.now = time));
    this.now = at;
  }

  after(seconds, deed) {
    this.queue.add(this.now + seconds, deed);
  }

  /** Thinning (Lewis and Shedler 1979): arrivals at the highest rate, of which some are none. */
  arrive() {
    const { most, rate } = this.plan;
    this.after(-Math.log(1 - this.random.uniform()) / most, () => {
      if (this.random.uniform() * most < rate(this.now)) this.begin();
      this.arrive();
    });
  }

  begin() {
    const { server, random, plan } = this;
    const session = { server, fds: [], connection: server.open("connection") };
    this.open++;
    for (const kind of uses[typeof plan.uses === "function" ? plan.uses(random) : plan.uses]) {
      session.fds.push(server.open(kind));
    }
    server.tasks += 3;
    const pts = session.fds.map((fd) => server.fds.get(fd)?.ptsNumber).find((pts) => pts !== undefined);
    if (pts !== undefined) session.pid = server.spawn(this.ticks(), pts);
    this.after(plan.duration(random), () => this.hangUp(session));
  }

  hangUp(session) {
    this.open--;
    const { server, plan } = this;
    if (this.isLeak("closeWait")) server.halfClose(session.connection);
    else if (!this.isLeak("connection")) server.close(session.connection);
    this.after(plan.lingerSeconds(this.random), () => this.end(session));
  }

  end({ server, fds, pid }) {
    const leaksPty = this.isLeak("pty");
    for (const fd of fds) {
      const isPty = server.fds.get(fd)?.ptsNumber !== undefined;
      if (isPty ? !leaksPty : !this.isLeak("fd")) server.close(fd);
    }
    server.tasks -= this.isLeak("task") ? 2 : 3;
    if (this.isLeak("memory")) this.leakedBytes += this.plan.leaks.bytes ?? 2 ** 16;
    this.garbage += this.plan.garbageBytes ?? 0;
    if (pid !== undefined) this.leave(server, pid);
  }

  leave(server, pid) {
    if (this.isLeak("process")) server.orphan(pid);
    else if (this.isLeak("zombie")) server.becomeZombie(pid);
    else if (this.plan.reapEvery) this.reapLater(server, pid);
    else server.exit(pid);
  }

  /** Its parent reaps only now and then. */
  reapLater(server, pid) {
    server.becomeZombie(pid);
    const every = this.plan.reapEvery;
    this.after(every - (((this.now % every) + every) % every), () => server.exit(pid));
  }

  isLeak(kind) {
    return this.now >= (this.plan.leaksFrom ?? -Infinity) && this.random.chance(this.plan.leaks[kind] ?? 0);
  }

  /** Connections to something behind the server, opened as they are needed, kept for good. */
  pool() {
    const { size, timeConstant } = this.plan.pool ?? { size: 0, timeConstant: 1 };
    for (let i = 0; i < size; i++) {
      this.after(-timeConstant * Math.log(1 - this.random.uniform()), () => {
        this.server.open("upstream");
        this.server.tasks += 1;
      });
    }
  }

  clockLeaks() {
    const perHour = this.plan.leaksPerHour ?? 0;
    if (perHour <= 0) return;
    this.after((-3600 * Math.log(1 - this.random.uniform())) / perHour, () => {
      if (this.now > 0) {
        if (this.plan.leakKind === "task") this.server.tasks++;
        else this.server.open(this.plan.leakKind ?? "/dev/null");
      }
      this.clockLeaks();
    });
  }

  restarts() {
    const every = this.plan.restartEvery;
    if (!every) return;
    this.after(every, () => {
      this.server = this.server.restart(this.ticks());
      this.open = 0;
      this.restarts();
    });
  }

  collect() {
    this.garbage = 0;
    this.after(this.plan.collectEvery * this.random.between(0.8, 1.2), () => this.collect());
  }

  bytes() {
    const { baseBytes = 100 * 2 ** 20, cache, sessionBytes = 0, noiseBytes = 2 ** 18 } = this.plan;
    const age = this.now + this.plan.ageSeconds;
    const warm = cache ? cache.bytes * (1 - Math.exp(-age / cache.timeConstant)) : 0;
    const noise = noiseBytes * Math.abs(this.random.normal());
    return baseBytes + warm + this.leakedBytes + this.garbage + this.open * sessionBytes + noise;
  }

  snapshot({ phase, batch, at }) {
    return {
      phase,
      batch,
      operations: Math.floor(at),
      atMs: startedAtMs + 1000 * at,
      quiet: true,
      processes: this.server.processes(this.bytes()),
      probes: [],
      gaps: [],
    };
  }
}

const startedAtMs = bootSeconds * 1000;
