import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** What becomes of the commands that the pages show: words after `npx watertight`, or the whole of another command. */
export interface Accounts {
  /** Run by a test, with what they exit with. */
  readonly executed?: Readonly<Record<string, number>>;
  /** Run by a test, with an output that is the page's word by word. */
  readonly told?: readonly string[];
  /** Not run here, with the reason; their options and scenarios are checked all the same. */
  readonly tooLong?: Readonly<Record<string, string>>;
  /** Run by another test, which is named. */
  readonly elsewhere?: Readonly<Record<string, string>>;
}

const folder = join(import.meta.dirname, "accounts");

/** Those of all pages; each group of pages has a file of its own in `accounts/`. */
export async function allAccounts(): Promise<Required<Accounts>> {
  const names = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  const modules: { readonly default: Accounts }[] = await Promise.all(
    names.map((name) => import(pathToFileURL(join(folder, name)).href)),
  );
  const accounts = modules.map((module) => module.default);
  return {
    executed: Object.assign({}, ...accounts.map(({ executed }) => executed)),
    told: accounts.flatMap(({ told = [] }) => told),
    tooLong: Object.assign({}, ...accounts.map(({ tooLong }) => tooLong)),
    elsewhere: Object.assign({}, ...accounts.map(({ elsewhere }) => elsewhere)),
  };
}
