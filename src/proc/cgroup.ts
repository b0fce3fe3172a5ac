import type { Reading } from "../model/reading.js";
import { readKernelFile } from "./kernel-file.js";

/** A line of /proc/PID/cgroup (cgroups(7)). */
export interface CgroupMembership {
  /** 0 for the unified hierarchy, cgroup v2. */
  readonly hierarchy: number;
  /** `memory`, `cpu,cpuacct` split, `name=systemd`; none for cgroup v2. */
  readonly controllers: readonly string[];
  /** Relative to the root of the reader's cgroup namespace. */
  readonly path: string;
}

/** Undefined where a line is malformed. */
export function parseCgroup(text: string): CgroupMembership[] | undefined {
  const memberships = text.split("\n").filter(Boolean).map(parseLine);
  const whole = memberships.filter((membership) => membership !== undefined);
  return whole.length === memberships.length ? whole : undefined;
}

function parseLine(line: string): CgroupMembership | undefined {
  const [, hierarchy, controllers = "", path = ""] = /^(\d+):([^:]*):(\/.*)$/.exec(line) ?? [];
  if (hierarchy === undefined) return undefined;
  return { hierarchy: Number(hierarchy), controllers: controllers.split(",").filter(Boolean), path };
}

/** Readable for everyone; empty on a kernel without cgroups. */
export function readCgroup(root: string, pid: number): Reading<CgroupMembership[]> {
  return readKernelFile({ path: `${root}/${pid}/cgroup`, pid, parse: parseCgroup });
}

/** The path in cgroup v2 (`0::/path`), undefined where only v1 is mounted. */
export function unifiedPath(memberships: readonly CgroupMembership[]): string | undefined {
  return memberships.find(({ hierarchy, controllers }) => hierarchy === 0 && controllers.length === 0)?.path;
}
