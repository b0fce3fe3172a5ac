/** What a watch is of, at its beginning. */
export interface Watched {
  readonly pid: number;
  readonly command: string;
  readonly uid: number | undefined;
  readonly ageMs: number | undefined;
  readonly processes: number;
  /** Sum over the processes whose count could be read. */
  readonly fds: number | undefined;
  /** The lowest soft RLIMIT_NOFILE of any of them. */
  readonly softFdLimit: number | undefined;
  /** TCP ports that it listens on, as far as its fds can be read. */
  readonly ports: readonly number[];
  /** Whose fds are not readable. */
  readonly unreadable: { readonly processes: number; readonly uids: readonly number[] };
}

/** Where a watch is. */
export interface Watching {
  readonly elapsedMs: number;
  readonly forMs: number;
  readonly processes: number;
  readonly fds: number | undefined;
  readonly ptys: number | undefined;
  readonly rssBytes: number | undefined;
  readonly cpuPercent: number | undefined;
}

/** A resource of which there is more from look to look: said while it lasts, and no verdict. */
export interface Growth {
  readonly what: "fds" | "processes" | "threads" | "memory" | "zombies" | "ptys";
  readonly unit: "count" | "bytes";
  readonly from: number;
  readonly to: number;
  readonly overMs: number;
  /** What there is more of, most first: `/dev/null (186)`. */
  readonly kinds: readonly { readonly label: string; readonly more: number }[];
}
