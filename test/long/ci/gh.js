import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Stands in for GitHub's command line: `api` counts the branches of the history, `run list` and `run download` know the
 * artifacts in the store, and all words are noted.
 * @returns the environment that finds it.
 */
export function fakeGh({ temp, store, origin }, notes) {
  const folder = join(temp, "bin");
  mkdirSync(folder, { recursive: true });
  const script = `#!/bin/sh
printf '%s\\n' "$@" >> '${notes}'
case "$1 $2" in
  "api "*) git ls-remote '${origin}' "refs/heads/$HISTORY_BRANCH" | wc -l ;;
  "run list") if [ -d '${store}/site' ]; then echo 1; fi ;;
  "run download") cp -R '${store}/site' "$7" ;;
esac
`;
  writeFileSync(join(folder, "gh"), script, { mode: 0o755 });
  return { PATH: `${folder}:${process.env.PATH}` };
}
