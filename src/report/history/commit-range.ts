import type { Since } from "../../model/history.js";
import { inert } from "../inert.js";

/** As many characters of a commit as git shows of it. */
const shown = 9;

/** `a1b2c3d..d4e5f60`; empty where neither end is known. */
export function commitRange({ afterCommit, upToCommit }: Omit<Since, "night">): string {
  if (afterCommit === undefined && upToCommit === undefined) return "";
  if (afterCommit === upToCommit) return `${short(upToCommit)}, no other commit`;
  return `${short(afterCommit)}..${short(upToCommit)}`;
}

/** What a commit is called in a table. */
export function short(commit: string | undefined): string {
  if (commit === undefined) return "?";
  return inert(/^[0-9a-f]{40,}$/.test(commit) ? commit.slice(0, shown) : commit);
}
