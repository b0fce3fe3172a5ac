/** A folder as setup sees it: what was read, and who listens from within it. */
export interface Project {
  /** Of the folder. */
  readonly name: string;
  /** Texts by their path in the folder, with `/`. */
  readonly files: ReadonlyMap<string, string>;
  /** Names that are there, but were not read: `node_modules`, `.venv`. */
  readonly folders: ReadonlySet<string>;
  readonly listeners: readonly Listener[];
}

/** A process that listens, and was started in the folder. */
export interface Listener {
  readonly port: number;
  readonly pid: number;
  readonly words: readonly string[];
}

/** How a server is told its port, or which one it takes by itself. */
export type PortWay =
  | { readonly kind: "variable"; readonly name: string }
  /** Words that are added to the command, with `{port}` in them. */
  | { readonly kind: "words"; readonly words: string }
  | { readonly kind: "fixed"; readonly port: number }
  /** The command has `{port}` in it already. */
  | { readonly kind: "inside" };

/** A way in which the project may be started. */
export interface Start {
  readonly language: "node" | "go" | "python" | "compose" | "other";
  /** As a scenario has it; empty = it is started by somebody else. */
  readonly command: string;
  /** Where that was seen: `package.json, scripts.start`. */
  readonly from: string;
  /** Undefined = nothing was seen of it. */
  readonly port: PortWay | undefined;
  /** What has to be done first here, e.g. `npm install`. */
  readonly missing: readonly string[];
  /** It has to be compiled first, so that it takes its time. */
  readonly slow?: boolean;
  /** Of Compose: the service. */
  readonly service?: string;
}

/** What a session does. */
export type Session =
  | {
      readonly kind: "websocket";
      readonly path: string;
      readonly says: "text" | "json" | "socket.io" | "nothing";
    }
  | { readonly kind: "events"; readonly path: string }
  | { readonly kind: "http"; readonly paths: readonly string[]; readonly status?: number }
  | { readonly kind: "tcp" };
