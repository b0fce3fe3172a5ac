import { PeriodicTask } from "./periodic-task.js";
import { type CountedResource, type ResourceUsage, type UsageSource, usageOfSelf } from "./resource-usage.js";
import { Threshold } from "./threshold.js";

/** New work is refused from these counts on; absent = no limit. */
export type ResourceLimits = { readonly [resource in CountedResource]?: number | undefined };

export interface ThresholdEvent {
  readonly resource: "tasks" | "fds";
  readonly change: "crossed" | "recovered";
  readonly value: number;
  readonly threshold: number;
}

export type AdmissionAnswer = { readonly ok: true } | { readonly ok: false; readonly reason: string };

export interface ResourceMonitorOptions {
  /** Warn above; default 1000 tasks, and 800 fds or half the soft limit, whichever is smaller. */
  readonly thresholds?:
    | { readonly tasks?: number | undefined; readonly fds?: number | undefined }
    | undefined;
  readonly limits?: ResourceLimits | undefined;
  /** Told once when a threshold is crossed, and once when the value is back below 90% of it. */
  readonly onThreshold?: ((event: ThresholdEvent) => void) | undefined;
  /** Gets the same as one line of text, for a log. */
  readonly log?: ((line: string) => void) | undefined;
  /** Default: this process. */
  readonly source?: UsageSource | undefined;
}

/** What each kind of new work takes. */
const taken = {
  process: ["processes", "fds", "tasks"],
  connection: ["fds", "tasks"],
  pty: ["ptys", "fds"],
} as const;

const wording = { crossed: "above the threshold of", recovered: "back below 90% of" } as const;

const defaultTasks = 1000;
const defaultFds = 800;

/** Watches what this process holds: samples, warns, and refuses new work over a limit. */
export class ResourceMonitor {
  readonly #options: ResourceMonitorOptions;
  readonly #source: UsageSource;
  readonly #thresholds: Readonly<Record<ThresholdEvent["resource"], Threshold>>;
  #task: PeriodicTask | undefined;

  constructor(options: ResourceMonitorOptions = {}) {
    this.#options = options;
    this.#source = options.source ?? usageOfSelf("/proc");
    const halfOfLimit = (this.#source.fdLimit() ?? Number.POSITIVE_INFINITY) / 2;
    const { tasks = defaultTasks, fds = Math.min(defaultFds, halfOfLimit) } = options.thresholds ?? {};
    this.#thresholds = { tasks: new Threshold(tasks), fds: new Threshold(fds) };
  }

  /** Reads everything, and compares it with the thresholds. */
  sample(): ResourceUsage {
    const usage = this.#source.usage();
    this.#compare("tasks", usage.tasks);
    this.#compare("fds", usage.fds);
    return usage;
  }

  /** Samples every `intervalMs` until `stop`. Does nothing while it is started. */
  start(intervalMs: number): void {
    this.#task ??= new PeriodicTask({ intervalMs, task: () => void this.sample() });
    this.#task.start();
  }

  async stop(): Promise<void> {
    const task = this.#task;
    this.#task = undefined;
    await task?.stop();
  }

  /** Says whether there is room for one more. A count that cannot be read refuses nothing. */
  admit(kind: keyof typeof taken): AdmissionAnswer {
    for (const resource of taken[kind]) {
      const limit = this.#options.limits?.[resource];
      const count = limit === undefined ? undefined : this.#source.count(resource);
      if (limit !== undefined && count !== undefined && count >= limit) {
        return { ok: false, reason: `${count} ${resource} are held; the limit is ${limit}` };
      }
    }
    return { ok: true };
  }

  #compare(resource: ThresholdEvent["resource"], value: number | undefined): void {
    const { limit } = this.#thresholds[resource];
    const change = value === undefined ? undefined : this.#thresholds[resource].observe(value);
    if (value === undefined || change === undefined) return;
    this.#options.onThreshold?.({ resource, change, value, threshold: limit });
    this.#options.log?.(`${resource}: ${value}, ${wording[change]} ${limit}`);
  }
}
