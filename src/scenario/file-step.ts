import type { DropWay, Framing } from "../model/scenario.js";

/** A command as the file has it: one line, or a list of words. */
export type FileCommand = string | readonly string[];

export interface FileConnect {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly protocols?: readonly string[] | undefined;
  readonly within: string;
}

type Fields = Readonly<Record<string, unknown>>;

export interface FileEvents {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Fields | undefined;
  readonly within: string;
}

export interface FileTcp {
  readonly host?: string | undefined;
  readonly port?: string | number | undefined;
  readonly framing: Framing;
  readonly within: string;
}

export interface FileUnix {
  readonly path: string;
  readonly framing: Framing;
  readonly within: string;
}

export interface FileStdio {
  readonly command: FileCommand;
  readonly framing: Framing;
  readonly within: string;
}

export type FileBinary = { readonly base64: string } | { readonly hex: string };

/** What may stand beside each way to say which frame is meant. */
type FileAwaited = {
  readonly event?: string | undefined;
  /** `json a.b`, `header NAME` or `regex PATTERN`, by the name of the variable. */
  readonly capture?: Readonly<Record<string, string>> | undefined;
  readonly within: string;
};

export type FileExpect =
  | string
  | ({ readonly any: true } & FileAwaited)
  | ({ readonly contains: string } & FileAwaited)
  | ({ readonly text: string } & FileAwaited)
  | ({ readonly matches: string } & FileAwaited)
  | ({ readonly json: Fields } & FileAwaited)
  | Fields;

export interface FileClose {
  readonly code: number;
  readonly while?: "receiving" | undefined;
  readonly within: string;
}

export interface FileDrop {
  readonly how: DropWay;
  readonly while?: "receiving" | undefined;
  readonly within: string;
}

export interface FileExec {
  readonly command: FileCommand;
  readonly exit: number;
  readonly output?: string | undefined;
  readonly within: string;
}

export interface FileHttp {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | Fields | undefined;
  readonly form?: Readonly<Record<string, string>> | undefined;
  readonly status: number | readonly number[];
  readonly match?: string | undefined;
  readonly capture?: Readonly<Record<string, string>> | undefined;
  readonly within: string;
}

/** A step as it stands in the file: a bare word, or a mapping with one key. */
export type FileStep =
  | "connect"
  | "tcp"
  | "close"
  | { readonly connect: string | FileConnect }
  | { readonly events: string | FileEvents }
  | { readonly tcp: FileTcp }
  | { readonly unix: string | FileUnix }
  | { readonly stdio: FileCommand | FileStdio }
  | { readonly send: string | { readonly binary: FileBinary } | Fields }
  | { readonly expect: FileExpect }
  | { readonly wait: string }
  | { readonly close: FileClose }
  | { readonly drop: DropWay | FileDrop }
  | { readonly exec: FileCommand | FileExec }
  | { readonly spawn: FileCommand }
  | { readonly http: string | FileHttp };
